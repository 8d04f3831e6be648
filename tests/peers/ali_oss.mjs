// Calls ali-oss for the tests: reads one JSON object a line, answers each with one.
//
//   {"client": {...options}, "method": "put", "arguments": [...]}  ->  {"result": ...} or {"error": {...}}
//
// Bytes travel as {"$bytes": "<base64>"}. The argument is the folder in which ali-oss is installed.
import http from 'node:http';
import {createRequire} from 'node:module';
import path from 'node:path';
import readline from 'node:readline';

const OSS = createRequire(path.join(process.argv[2], 'package.json'))('ali-oss');

// Names such as BUCKET.oss-REGION.aliyuncs.com lead to this machine, as an entry in /etc/hosts would have it.
const agent = new http.Agent({
  keepAlive: true,
  lookup: (name, options, done) =>
    options.all ? done(null, [{address: '127.0.0.1', family: 4}]) : done(null, '127.0.0.1', 4),
});

function decoded(value) {
  if (Array.isArray(value)) return value.map(decoded);
  if (value === null || typeof value !== 'object') return value;
  if (typeof value.$bytes === 'string') return Buffer.from(value.$bytes, 'base64');
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, decoded(item)]));
}

function encoded(value) {
  if (Buffer.isBuffer(value)) return {$bytes: value.toString('base64')};
  if (Array.isArray(value)) return value.map(encoded);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'res')
    .map(([name, item]) => [name, encoded(item)]));
}

for await (const line of readline.createInterface({input: process.stdin})) {
  const call = decoded(JSON.parse(line));
  let answer;
  try {
    const client = new OSS({...call.client, agent});
    const result = await client[call.method](...call.arguments);
    answer = {result: encoded(result ?? null), status: result?.res?.status, headers: result?.res?.headers};
  } catch (error) {
    answer = {error: {name: error.name, code: error.code, status: error.status, message: error.message,
      request_id: error.requestId}};
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
agent.destroy();

// The log of requests, as they come.

import {button, bytes, guarded, h, poll, select, visible} from './dom.js';
import {control} from './oss.js';

const MOST = 500;
const SECRET_HEADERS = new Set(['x-oss-security-token', 'cookie', 'x-oss-server-side-encryption-customer-key']);
const SECRET_PARAMS = new Set(['signature', 'x-oss-signature', 'security-token', 'x-oss-security-token']);
const CLOCK = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3});

export function requests(area) {
  let seen = new Map();
  let cleared = 0;
  let isPaused = false;
  const open = new Set();
  const rows = h('tbody');
  const status = h('p', {class: 'status', role: 'status'});
  const text = h('input', {type: 'search', 'aria-label': 'Bucket, key, operation or request id', placeholder: 'Bucket, key, operation or id', spellcheck: 'false'});
  const method = select([['', 'Any method'], 'GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS'], '', {'aria-label': 'Method'});
  const outcome = select([['', 'Any status'], ['2', '2xx'], ['3', '3xx'], ['4', '4xx'], ['5', '5xx'], ['-', 'no answer']], '', {'aria-label': 'Status'});
  const pause = button('Pause', () => {
    isPaused = !isPaused;
    pause.replaceChildren(...button(isPaused ? 'Resume' : 'Pause', () => {}, {symbol: isPaused ? 'play' : 'pause'}).childNodes);
    pause.ariaPressed = String(isPaused);
    if (!isPaused) return load();
    return null;
  }, {symbol: 'pause'});
  for (const one of [text, method, outcome]) one.addEventListener('input', () => render());
  area.append(h('div', {class: 'head'}, h('h1', {}, 'Requests')),
    h('div', {class: 'toolbar'}, text, method, outcome, h('span', {class: 'spring'}), pause,
      button('Clear', async () => {
        await control('DELETE', 'requests');
        await load();
      }, {symbol: 'trash'})),
    h('div', {class: 'scroll'}, h('table', {class: 'log'}, h('caption', {class: 'unseen'}, 'Requests, the newest first'), h('thead', {}, h('tr', {},
      ['Time', 'Method', 'Bucket and key', 'Operation', 'Status', 'Took'].map((name) => h('th', {scope: 'col'}, name)))), rows)), status);

  async function load() {
    const running = [...seen.values()].filter((one) => one.seconds === null).map((one) => one.index);
    const since = running.length ? Math.min(...running) : seen.size && Math.max(...seen.keys()) + 1;
    const answer = await control('GET', `requests?since=${since}`);
    if ((answer.cleared !== cleared || answer.next < since) && seen.size) {
      cleared = answer.cleared;
      seen = new Map();
      open.clear();
      rows.replaceChildren();
      await load();
      return;
    }
    cleared = answer.cleared;
    for (const one of answer.requests) seen.set(one.index, one);
    for (const index of [...seen.keys()].sort((first, second) => second - first).slice(MOST * 4)) seen.delete(index);
    if (answer.requests.length || !seen.size) render();
  }

  function render() {
    const wanted = text.value.trim().toLowerCase();
    const found = [...seen.values()].filter((one) => (!method.value || one.method === method.value)
      && (!outcome.value || (outcome.value === '-' ? one.status === null : String(one.status)[0] === outcome.value))
      && (!wanted || [`${one.bucket}/${one.key}`, one.operation, one.request_id, one.code].some((part) => part.toLowerCase().includes(wanted))))
      .sort((first, second) => second.index - first.index);
    const focused = document.activeElement?.dataset?.index;
    rows.replaceChildren(...found.slice(0, MOST).flatMap(row));
    if (focused) rows.querySelector(`button[data-index="${focused}"]`)?.focus();
    status.textContent = found.length ? `${found.length} request${found.length === 1 ? '' : 's'}${found.length > MOST ? `, the last ${MOST} are shown` : ''}`
      : seen.size ? 'None matches.' : 'No request yet. Those of this page that only look things up are not logged.';
  }

  function row(one) {
    const isOpen = open.has(one.index);
    const target = `/${one.bucket}${one.key ? `/${visible(one.key)}` : ''}`;
    const line = h('tr', {class: isOpen ? 'open' : '', data: {operation: one.operation}}, h('td', {class: 'time'}, CLOCK.format(new Date(one.time * 1000))),
      h('td', {}, h('span', {class: `method ${one.method}`}, one.method)),
      h('td', {class: 'name'}, h('button', {type: 'button', class: 'link', 'aria-expanded': String(isOpen), data: {index: one.index}, onclick: guarded(() => {
        if (!open.delete(one.index)) open.add(one.index);
        render();
      })}, target)),
      h('td', {}, one.operation || '-'), h('td', {}, outcomeOf(one)), h('td', {class: 'number'}, one.seconds === null ? '…' : `${(one.seconds * 1000).toFixed(1)} ms`));
    return isOpen ? [line, h('tr', {class: 'more'}, h('td', {colspan: '6'}, more(one)))] : [line];
  }

  return poll(async () => {
    if (!isPaused) await load();
  }, 1000);
}

function outcomeOf(one) {
  if (one.status === null) return h('span', {class: 'badge'}, one.seconds === null ? 'running' : 'no answer');
  const kind = one.status < 300 ? 'on' : one.status < 400 ? '' : one.status < 500 ? 'warn' : 'bad';
  return [h('span', {class: `badge ${kind}`}, String(one.status)), one.code && h('span', {class: 'code'}, one.code)];
}

function more(one) {
  return h('div', {class: 'columns'}, h('div', {},
    part('Request', [['Request id', one.request_id], ['Client', `${one.client[0]}:${one.client[1]}`], ['Body', bytes(one.received)],
      ['Begun', new Date(one.time * 1000).toISOString()]]),
    part('Parameters', Object.entries(one.params).map(([name, value]) => [name, SECRET_PARAMS.has(name.toLowerCase()) ? MASK : visible(value)]))),
    part('Headers', Object.entries(one.headers).map(([name, value]) => [name, masked(name, value)])));
}

function part(title, rows) {
  return h('section', {}, h('h3', {}, title), rows.length ? h('dl', {}, rows.map(([name, value]) => [h('dt', {}, visible(name)), h('dd', {}, h('code', {}, value))]))
    : h('p', {class: 'hint'}, 'none'));
}

const MASK = '••••••••';

/** A header's value without what would let others sign or act. */
function masked(name, value) {
  if (SECRET_HEADERS.has(name)) return MASK;
  if (name !== 'authorization') return visible(value);
  return visible(value).replace(/(Signature[=:])[^,\s]+/i, `$1${MASK}`).replace(/^(OSS [^:]+:).+$/, `$1${MASK}`);
}

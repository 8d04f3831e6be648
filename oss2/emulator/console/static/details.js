// One object: what OSS says of it, and its links.

import {button, bytes, dialog, h, time, visible} from './dom.js';
import {copyUrl, downloadUrl, versionOf} from './objects.js';
import {look, lookXml} from './oss.js';

const PLAIN = {'content-length': 'Size', 'content-type': 'Content type', etag: 'ETag', 'last-modified': 'Modified',
  'x-oss-object-type': 'Type', 'x-oss-storage-class': 'Storage class', 'x-oss-hash-crc64ecma': 'CRC-64',
  'content-md5': 'Content-MD5', 'x-oss-version-id': 'Version'};
const NOT_OF_THE_OBJECT = new Set(['server', 'date', 'connection', 'cache-control', 'x-content-type-options', 'referrer-policy',
  'cross-origin-resource-policy', 'content-security-policy', 'accept-ranges', 'vary']);

export async function details(bucket, entry) {
  const version = versionOf(entry);
  const [head, acl, tags, url] = await Promise.all([
    look(bucket, entry.key, version, 'HEAD'), lookXml(bucket, entry.key, {acl: '', ...version}),
    lookXml(bucket, entry.key, {tagging: '', ...version}), downloadUrl(bucket, entry)]);
  const rows = [['Key', h('code', {class: 'key'}, visible(entry.key))]];
  const headers = new Map(head.headers);
  for (const [name, label] of Object.entries(PLAIN)) {
    const value = headers.get(name);
    headers.delete(name);
    if (!value) continue;
    if (name === 'content-length') rows.push([label, `${bytes(Number(value))} (${value} bytes)`]);
    else rows.push([label, name === 'last-modified' ? time(value) : h('code', {}, value)]);
  }
  rows.push(['Access', acl.textOf('AccessControlList/Grant')]);
  const tagSet = tags.all('TagSet').flatMap((set) => set.all('Tag'));
  for (const tag of tagSet) rows.push([`Tag ${tag.textOf('Key')}`, tag.textOf('Value')]);
  for (const [name, value] of headers) if (!NOT_OF_THE_OBJECT.has(name)) rows.push([name, h('code', {}, value)]);
  await dialog(visible(entry.key.split('/').filter(Boolean).at(-1) || entry.key), [
    h('dl', {class: 'details'}, rows.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])),
    h('div', {class: 'row'}, h('a', {class: 'button primary', href: url, download: ''}, 'Download'),
      button('Signed URL', () => copyUrl(bucket, entry), {symbol: 'link'}))], {wide: true});
}

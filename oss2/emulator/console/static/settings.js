// What a bucket is set to.

import {button, bytes, field, guarded, h, select, time, toast} from './dom.js';
import {control, lookXml, send, setVersioning} from './oss.js';

const LABELS = {lifecycle: 'Lifecycle', cors: 'CORS', policy: 'Policy', website: 'Website', logging: 'Logging', referer: 'Referer',
  encryption: 'Encryption', tagging: 'Tags', requestPayment: 'Who pays', worm: 'Retention', replication: 'Replication',
  inventory: 'Inventory', style: 'Image styles', cname: 'Domain names', httpsConfig: 'TLS versions',
  transferAcceleration: 'Transfer acceleration', accessmonitor: 'Access monitor', publicAccessBlock: 'Public access block',
  resourceGroup: 'Resource group', bucketArchiveDirectRead: 'Direct reading of archives'};

export function settings(area, bucket, params, emulator) {
  guarded(async () => {
    const [info, stat, found] = await Promise.all([lookXml(bucket, '', {bucketInfo: ''}), lookXml(bucket, '', {stat: ''}),
      control('GET', `settings/${encodeURIComponent(bucket)}`)]);
    area.replaceChildren(h('div', {class: 'cards'}, about(info.all('Bucket')[0]), counts(stat), access(bucket, info.all('Bucket')[0]),
      documents(found.settings), danger(bucket, emulator)));
  })();
}

function about(info) {
  return h('section', {class: 'card'}, h('h2', {}, 'Bucket'), list([
    ['Created', time(info.textOf('CreationDate'))], ['Location', info.textOf('Location')], ['Owner', info.textOf('Owner/ID')],
    ['Storage class', info.textOf('StorageClass')], ['Redundancy', info.textOf('DataRedundancyType')],
    ['Encryption', info.textOf('ServerSideEncryptionRule/SSEAlgorithm')], ['Resource group', info.textOf('ResourceGroupId')]]));
}

function counts(stat) {
  return h('section', {class: 'card'}, h('h2', {}, 'Contents'), list([
    ['Objects', stat.textOf('ObjectCount')], ['Size', bytes(Number(stat.textOf('Storage')))],
    ['Delete markers', stat.textOf('DeleteMarkerCount')], ['Multipart uploads', stat.textOf('MultipartUploadCount')],
    ['Live channels', stat.textOf('LiveChannelCount')]]));
}

function access(bucket, info) {
  const acl = select(['private', 'public-read', 'public-read-write'], info.textOf('AccessControlList/Grant'));
  acl.addEventListener('change', guarded(async () => {
    await send('PUT', bucket, '', {params: {acl: ''}, headers: {'x-oss-acl': acl.value}});
    toast('Access changed');
  }));
  const now = info.textOf('Versioning');
  const versioning = select([...(now ? [] : [['', 'never enabled']]), 'Enabled', 'Suspended'], now);
  versioning.addEventListener('change', guarded(async () => {
    await setVersioning(bucket, versioning.value);
    toast('Versioning changed');
  }));
  return h('section', {class: 'card'}, h('h2', {}, 'Access and versions'), field('ACL', acl), field('Versioning', versioning,
    'Once enabled it can be suspended, but not switched off'));
}

function documents(found) {
  return h('section', {class: 'card wide'}, h('h2', {}, 'Settings'), found.map((setting) => {
    const label = LABELS[setting.name] || setting.name;
    return h('details', {data: {setting: setting.name}}, h('summary', {}, label, setting.is_set ? h('span', {class: 'badge on'}, 'set')
      : setting.error && h('span', {class: 'badge'}, 'not set')), setting.error ? h('p', {class: 'hint'}, setting.error)
      : h('pre', {tabindex: '0', 'aria-label': label}, indented(setting.document)));
  }));
}

function indented(text) {
  return text.startsWith('{') ? JSON.stringify(JSON.parse(text), null, 2) : text.replace(/^<\?xml.*?\?>\s*/, '');
}

function danger(bucket, emulator) {
  return h('section', {class: 'card wide'}, h('h2', {}, 'Delete'), h('div', {class: 'tool'},
    h('p', {class: 'hint'}, 'A bucket must be empty: no objects, versions, uploads or live channels.'),
    button('Delete bucket', () => emulator.removeBucket(bucket), {kind: 'danger', symbol: 'trash'})));
}

function list(rows) {
  return h('dl', {}, rows.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
}

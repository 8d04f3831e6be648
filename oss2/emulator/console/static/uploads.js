// Multipart uploads that have begun and are neither complete nor aborted.

import {button, bytes, confirm, guarded, h, iconButton, time, toast, visible} from './dom.js';
import {lookXml, send} from './oss.js';

const PAGE = 1000;

export function uploads(area, bucket) {
  let found = [];
  const rows = h('tbody');
  const status = h('p', {class: 'status', role: 'status'});
  const all = button('Abort all', () => abort(found), {kind: 'danger', symbol: 'trash', disabled: true});
  area.append(
    h('div', {class: 'toolbar'}, h('p', {class: 'hint'}, 'Uploads in parts that have begun and are neither complete nor aborted.'),
      h('span', {class: 'spring'}), all, iconButton('Refresh', 'refresh', () => load())),
    h('div', {class: 'scroll'}, h('table', {}, h('caption', {class: 'unseen'}, `Multipart uploads of ${bucket}`), h('thead', {}, h('tr', {},
      ['Key', 'Upload id', 'Begun', 'Parts'].map((name) => h('th', {scope: 'col'}, name)),
      h('th', {scope: 'col'}, h('span', {class: 'unseen'}, 'Actions')))), rows)), status);

  async function load() {
    const answer = await lookXml(bucket, '', {uploads: '', 'encoding-type': 'url', 'max-uploads': String(PAGE)});
    found = answer.all('Upload').map((node) => ({key: node.keyOf('Key'), id: node.textOf('UploadId'), begun: node.textOf('Initiated')}));
    rows.replaceChildren(...found.map(row));
    all.disabled = !found.length;
    const more = answer.textOf('IsTruncated') === 'true' ? `, the first ${PAGE}` : '';
    status.textContent = found.length ? `${found.length} upload${found.length === 1 ? '' : 's'}${more}` : 'No upload is under way.';
  }

  function row(upload) {
    const name = visible(upload.key);
    const parts = h('td', {}, button('Show', async () => parts.replaceChildren(await describeParts(bucket, upload)),
      {kind: 'small', 'aria-label': `Show the parts of ${name}`}));
    return h('tr', {data: {key: upload.key}}, h('td', {class: 'name'}, name),
      h('td', {class: 'version'}, h('code', {title: upload.id}, upload.id)), h('td', {class: 'time'}, time(upload.begun)), parts,
      h('td', {class: 'actions'}, iconButton(`Abort the upload of ${name}`, 'trash', () => abort([upload]))));
  }

  async function abort(chosen) {
    const what = chosen.length === 1 ? `the upload of ${visible(chosen[0].key)}` : `${chosen.length} uploads`;
    const isDone = await confirm('Abort', `Abort ${what}? The parts that have arrived are lost.`, 'Abort', async () => {
      for (const {key, id} of chosen) await send('DELETE', bucket, key, {params: {uploadId: id}});
    });
    if (!isDone) return;
    toast(chosen.length === 1 ? 'Aborted' : `${chosen.length} aborted`);
    await load();
  }

  guarded(load)();
}

async function describeParts(bucket, upload) {
  const answer = await lookXml(bucket, upload.key, {uploadId: upload.id, 'encoding-type': 'url', 'max-parts': '1000'});
  const parts = answer.all('Part');
  if (!parts.length) return 'none yet';
  const total = parts.reduce((sum, part) => sum + Number(part.textOf('Size')), 0);
  return h('details', {}, h('summary', {}, `${parts.length} (${bytes(total)})`), h('ul', {class: 'plain'},
    parts.map((part) => h('li', {}, `${part.textOf('PartNumber')}: ${bytes(Number(part.textOf('Size')))}`))));
}

// The objects of a bucket: folders, versions, pages, and what can be done with them.

import {button, bytes, confirm, copy, field, guarded, h, icon, iconButton, select, dialog, time, toast, visible} from './dom.js';
import {details} from './details.js';
import {lookXml, send, signed} from './oss.js';
import {chooseFiles, takeDrops} from './upload.js';

const SIZES = ['25', '100', '1000'];

export function objects(area, bucket, params) {
  const view = {bucket, prefix: params.get('prefix') || '', versions: params.has('versions'), size: params.get('size') || '100',
    page: null, pages: [], entries: [], selected: new Set()};
  const rows = h('tbody');
  const status = h('p', {class: 'status', role: 'status'});
  const pager = h('div', {class: 'pager'});
  const selection = button('Delete selected', () => removeSelected(), {kind: 'danger', symbol: 'trash', disabled: true});
  const all = h('input', {type: 'checkbox', 'aria-label': 'Select all on this page', onchange: () => selectAll(all.checked)});
  const filter = h('input', {type: 'search', 'aria-label': 'Prefix', placeholder: 'Prefix', value: view.prefix, spellcheck: 'false'});
  const table = h('table', {class: 'objects'}, h('caption', {class: 'unseen'}, `Objects of ${bucket}`), h('thead', {}, h('tr', {},
    h('th', {scope: 'col', class: 'tick'}, all), h('th', {scope: 'col'}, 'Name'), h('th', {scope: 'col', class: 'number'}, 'Size'),
    h('th', {scope: 'col'}, 'Modified'), h('th', {scope: 'col'}, 'Class'),
    view.versions && h('th', {scope: 'col'}, 'Version'), h('th', {scope: 'col'}, h('span', {class: 'unseen'}, 'Actions')))), rows);
  const drop = h('div', {class: 'drop'}, h('div', {class: 'scroll'}, table), status);
  area.append(
    crumbs(view),
    h('div', {class: 'toolbar'},
      h('form', {class: 'row', role: 'search', onsubmit: (event) => {
        event.preventDefault();
        go(view, {prefix: filter.value});
      }}, filter, h('button', {class: 'button'}, 'Go')),
      h('label', {class: 'check'}, h('input', {type: 'checkbox', checked: view.versions, role: 'switch',
        onchange: (event) => go(view, {versions: event.target.checked})}), 'Show versions'),
      h('span', {class: 'spring'}), selection,
      iconButton('Refresh', 'refresh', () => load()),
      button('Upload', () => chooseFiles(bucket, view.prefix, load), {kind: 'primary', symbol: 'upload'})),
    drop, pager);
  takeDrops(drop, (files) => chooseFiles(bucket, view.prefix, load, files));
  let isOver = false;

  async function load() {
    const found = await list(view);
    if (isOver) return;
    Object.assign(view, found);
    view.selected.clear();
    render();
  }

  function render() {
    const up = view.prefix && !view.pages.length ? [parentRow(view)] : [];
    rows.replaceChildren(...up, ...view.entries.map((entry) => (entry.folder ? folderRow(view, entry) : objectRow(entry))));
    const count = view.entries.length;
    const found = view.versions ? 'version' : 'item';
    status.textContent = count ? `${count} ${found}${count === 1 ? '' : 's'}${view.next ? ', more follow' : ''}`
      : 'Nothing here. Drop files to upload them.';
    pager.replaceChildren(
      button('Previous', () => turn(-1), {disabled: !view.pages.length}), h('span', {}, `Page ${view.pages.length + 1}`),
      button('Next', () => turn(1), {disabled: !view.next}), h('span', {class: 'spring'}),
      h('label', {class: 'check'}, 'Per page', select(SIZES, view.size, {onchange: (event) => go(view, {size: event.target.value})})));
    showSelection();
  }

  function turn(direction) {
    if (direction > 0) view.pages.push(view.page);
    view.page = direction > 0 ? view.next : view.pages.pop();
    return load();
  }

  function objectRow(entry) {
    const name = visible(below(view, entry.key) || entry.key);
    const tick = h('input', {type: 'checkbox', 'aria-label': `Select ${name}`, onchange: () => {
      if (tick.checked) view.selected.add(entry);
      else view.selected.delete(entry);
      showSelection();
    }});
    entry.tick = tick;
    return h('tr', {class: entry.marker ? 'marker' : '', data: {key: entry.key}}, h('td', {class: 'tick'}, tick),
      h('td', {class: 'name'}, icon('file'), entry.marker ? h('span', {}, name)
        : h('button', {type: 'button', class: 'link', onclick: guarded(() => details(bucket, entry, load))}, name),
      entry.marker && h('span', {class: 'badge warn'}, 'delete marker'), view.versions && entry.latest && h('span', {class: 'badge'}, 'latest')),
      h('td', {class: 'number', title: entry.marker ? '' : `${entry.size} bytes`}, entry.marker ? '' : bytes(entry.size)),
      h('td', {class: 'time'}, time(entry.modified)), h('td', {}, entry.storageClass),
      view.versions && h('td', {class: 'version'}, h('code', {title: entry.version}, entry.version)),
      h('td', {class: 'actions'}, !entry.marker && [iconButton(`Download ${name}`, 'download', () => download(bucket, entry)),
        iconButton(`Copy a signed URL of ${name}`, 'link', () => copyUrl(bucket, entry))],
      iconButton(`Delete ${name}`, 'trash', () => remove([entry]))));
  }

  function selectAll(isWanted) {
    view.selected.clear();
    for (const entry of view.entries) {
      if (entry.folder) continue;
      entry.tick.checked = isWanted;
      if (isWanted) view.selected.add(entry);
    }
    showSelection();
  }

  function showSelection() {
    const count = view.selected.size;
    selection.disabled = !count;
    selection.lastChild.textContent = count ? `Delete selected (${count})` : 'Delete selected';
    all.checked = count > 0 && count === view.entries.filter((entry) => !entry.folder).length;
    all.indeterminate = count > 0 && !all.checked;
  }

  const removeSelected = () => remove([...view.selected]);

  async function remove(entries) {
    const what = entries.length === 1 ? `${visible(entries[0].key)}${entries[0].version ? `, version ${entries[0].version}` : ''}`
      : `${entries.length} ${view.versions ? 'versions' : 'objects'}`;
    const isDone = await confirm('Delete', `Delete ${what}?`, 'Delete', async () => {
      for (const entry of entries) {
        await send('DELETE', bucket, entry.key, {params: versionOf(entry)});
      }
    });
    if (!isDone) return;
    toast(entries.length === 1 ? 'Deleted' : `${entries.length} deleted`);
    await load();
  }

  guarded(load)();
  return () => {
    isOver = true;
  };
}

/** Shows the same bucket in another way. */
function go(view, change) {
  const next = {prefix: view.prefix, versions: view.versions, size: view.size, ...change};
  location.hash = address(view.bucket, next);
}

function address(bucket, {prefix = '', versions = false, size = '100'}) {
  const params = new URLSearchParams();
  if (prefix) params.set('prefix', prefix);
  if (versions) params.set('versions', '');
  if (size !== '100') params.set('size', size);
  return `#/bucket/${encodeURIComponent(bucket)}/objects${String(params) && `?${params}`}`;
}

function crumbs(view) {
  const items = [h('li', {}, h('a', {href: address(view.bucket, {...view, prefix: ''})}, view.bucket))];
  let prefix = '';
  for (const folder of view.prefix.split(/(?<=\/)/).filter(Boolean)) {
    prefix += folder;
    items.push(h('li', {}, folder.endsWith('/') ? h('a', {href: address(view.bucket, {...view, prefix})}, visible(folder.slice(0, -1) || '/'))
      : h('span', {}, `${visible(folder)}*`)));
  }
  items.at(-1).firstChild.setAttribute('aria-current', 'location');
  return h('nav', {'aria-label': 'Folder', class: 'crumbs'}, h('ol', {}, items));
}

/** A key without the folders that the prefix names. */
function below(view, key) {
  return key.slice(view.prefix.lastIndexOf('/') + 1);
}

function parentRow(view) {
  const parent = view.prefix.slice(0, view.prefix.replace(/\/$/, '').lastIndexOf('/') + 1);
  return folderRow({...view, prefix: parent}, {folder: parent}, '..');
}

function folderRow(view, entry, label = null) {
  return h('tr', {class: 'folder', data: {prefix: entry.folder}}, h('td', {class: 'tick'}), h('td', {class: 'name'}, icon('folder'),
    h('a', {href: address(view.bucket, {...view, prefix: entry.folder}), 'aria-label': label && 'Parent folder'},
      label || visible(below(view, entry.folder)))), h('td', {colspan: view.versions ? 5 : 4}));
}

/** A page of a bucket's listing: its entries in order, and where the next page begins, null if there is none. */
async function list(view) {
  const params = {'encoding-type': 'url', delimiter: '/', prefix: view.prefix, 'max-keys': view.size, ...view.page};
  if (view.versions) params.versions = '';
  else params['list-type'] = '2';
  const answer = await lookXml(view.bucket, '', params);
  const entries = [];
  for (const node of answer.children()) {
    if (node.name === 'CommonPrefixes') entries.push({folder: node.keyOf('Prefix'), order: node.keyOf('Prefix')});
    if (!['Contents', 'Version', 'DeleteMarker'].includes(node.name)) continue;
    entries.push({key: node.keyOf('Key'), order: node.keyOf('Key'), size: Number(node.textOf('Size')), modified: node.textOf('LastModified'),
      storageClass: node.textOf('StorageClass'), version: node.textOf('VersionId'), latest: node.textOf('IsLatest') === 'true',
      marker: node.name === 'DeleteMarker'});
  }
  let next = null;
  if (answer.textOf('IsTruncated') === 'true') {
    next = view.versions ? {'key-marker': answer.keyOf('NextKeyMarker'), 'version-id-marker': answer.textOf('NextVersionIdMarker')}
      : {'continuation-token': answer.textOf('NextContinuationToken')};
  }
  return {entries: entries.sort(byFolder), next};
}

/** Folders first, as people expect them; what is equal stays in OSS's order. */
function byFolder(first, second) {
  return Number(Boolean(second.folder)) - Number(Boolean(first.folder));
}

export function versionOf(entry) {
  return entry.version ? {versionId: entry.version} : {};
}

/** A signed URL that makes a browser save the object rather than show it. */
export function downloadUrl(bucket, entry, expires = 900) {
  const name = entry.key.replace(/\/$/, '').split('/').at(-1);
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  return signed('GET', bucket, entry.key, {expires, params: {...versionOf(entry),
    'response-content-disposition': `attachment; filename*=UTF-8''${encoded}`}});
}

async function download(bucket, entry) {
  h('a', {href: await downloadUrl(bucket, entry), download: ''}).click();
}

export async function copyUrl(bucket, entry) {
  const expires = select([['900', '15 minutes'], ['3600', '1 hour'], ['86400', '1 day'], ['604800', '7 days']], '3600');
  const method = select(['GET', 'PUT', 'HEAD', 'DELETE'], 'GET');
  const shown = h('textarea', {readonly: true, rows: '5', spellcheck: 'false'});
  const update = guarded(async () => {
    shown.value = await signed(method.value, bucket, entry.key, {expires: Number(expires.value), params: versionOf(entry)});
  });
  expires.addEventListener('change', update);
  method.addEventListener('change', update);
  await update();
  await dialog('Signed URL', [h('p', {class: 'hint'}, visible(entry.key)), h('div', {class: 'row'}, field('Method', method),
    field('Good for', expires)), field('URL', shown)], {accept: 'Copy', wide: true, submit: () => copy(shown.value, 'URL')});
}

// The frame of the page: which view is shown, and the list of buckets beside it.

import {confirm, dialog, field, guarded, h, icon, poll, select, toast} from './dom.js';
import {control, send, setVersioning} from './oss.js';
import {faults} from './faults.js';
import {home} from './home.js';
import {objects} from './objects.js';
import {requests} from './requests.js';
import {settings} from './settings.js';
import {uploads} from './uploads.js';

const TABS = [['objects', 'Objects', objects], ['uploads', 'Multipart uploads', uploads], ['settings', 'Settings', settings]];
const main = document.getElementById('main');
const side = document.getElementById('side');

/** What views may use: the emulator's state as it was last seen, and how to refresh it. */
const emulator = {state: null, refresh: refreshState, removeBucket};
let dispose = null;
let shown = '';

/** The place in the hash: `#/bucket/<name>/<tab>?<params>` or `#/<view>`. */
function place() {
  const [path, query = ''] = location.hash.slice(2).split('?');
  const [view = '', bucket = '', tab = 'objects'] = path.split('/').map(decodeURIComponent);
  return {view: view || 'home', bucket, tab, params: new URLSearchParams(query)};
}

function show() {
  const {view, bucket, tab, params} = place();
  const name = view === 'bucket' ? `${bucket} ${tab}` : view;
  const isSame = name === shown;
  dispose?.();
  shown = name;
  side.classList.remove('open');
  document.getElementById('menu').ariaExpanded = 'false';
  main.replaceChildren();
  const views = {home, requests, faults};
  if (view === 'bucket' && bucket) {
    main.append(h('div', {class: 'head'}, h('h1', {}, icon('bucket'), bucket)),
      h('nav', {class: 'tabs', 'aria-label': 'Bucket'}, TABS.map(([id, label]) => h('a', {
        href: `#/bucket/${encodeURIComponent(bucket)}/${id}`, 'aria-current': id === tab ? 'page' : null}, label))));
    const [, label, render] = TABS.find(([id]) => id === tab) || TABS[0];
    document.title = `${bucket} - ${label} - OSS emulator`;
    dispose = start((area) => render(area, bucket, params, emulator));
  } else {
    const render = views[view] || home;
    document.title = `${{requests: 'Requests - ', faults: 'Faults - '}[view] || ''}OSS emulator`;
    dispose = start((area) => render(area, emulator));
  }
  markPlace();
  if (!isSame) main.scrollTo(0, 0);
  if (document.activeElement === document.body) main.focus({preventScroll: true});
}

function start(render) {
  const area = h('div', {class: 'view'});
  main.append(area);
  return render(area) || null;
}

function markPlace() {
  const {view, bucket} = place();
  for (const link of side.querySelectorAll('a')) {
    const isHere = view === 'bucket' ? link.dataset.bucket === bucket : link.dataset.view === view;
    if (isHere) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

async function refreshState() {
  const connection = document.getElementById('connection');
  try {
    const state = await control('GET', 'state');
    connection.textContent = '';
    const isNew = JSON.stringify(state) !== JSON.stringify(emulator.state);
    emulator.state = state;
    if (isNew) {
      document.getElementById('endpoint').textContent = state.endpoint;
      document.getElementById('region').textContent = state.region;
      showBuckets();
    }
  } catch (error) {
    connection.textContent = error.status ? error.message : 'The emulator does not answer';
    throw error;
  }
}

function showBuckets() {
  const {buckets} = emulator.state;
  const filter = document.getElementById('bucket-filter');
  filter.hidden = buckets.length < 8 && !filter.value;
  const names = buckets.filter((name) => name.includes(filter.value.trim()));
  const list = document.getElementById('buckets');
  const focused = document.activeElement?.dataset?.bucket;
  list.replaceChildren(...names.map((name) => h('li', {}, h('a', {
    href: `#/bucket/${encodeURIComponent(name)}/objects`, title: name, data: {bucket: name}}, icon('bucket'), h('span', {}, name)))));
  if (!names.length) list.append(h('li', {class: 'empty'}, buckets.length ? 'None matches' : 'There is none yet'));
  if (focused) list.querySelector(`a[data-bucket="${CSS.escape(focused)}"]`)?.focus();
  markPlace();
}

async function createBucket() {
  const name = h('input', {required: true, pattern: '[a-z0-9][a-z0-9\\-]{1,61}[a-z0-9]', autocomplete: 'off', spellcheck: 'false',
    title: '3 to 63 lower-case letters, digits and hyphens'});
  const acl = select(['private', 'public-read', 'public-read-write'], 'private');
  const versioning = h('input', {type: 'checkbox'});
  const isDone = await dialog('Create a bucket', [
    field('Name', name, '3 to 63 lower-case letters, digits and hyphens; no hyphen at either end'),
    field('Access', acl), h('label', {class: 'check'}, versioning, 'Keep versions of objects')], {
    accept: 'Create',
    submit: async () => {
      if (emulator.state?.buckets.includes(name.value)) throw new Error('There is a bucket of that name already');
      await send('PUT', name.value, '', {headers: {'x-oss-acl': acl.value}});
      if (versioning.checked) await setVersioning(name.value, 'Enabled');
    },
  });
  if (!isDone) return;
  await refreshState();
  toast(`Bucket ${name.value} created`);
  location.hash = `#/bucket/${name.value}/objects`;
}

async function removeBucket(bucket) {
  const isDone = await confirm('Delete the bucket', `Delete the bucket ${bucket}? It must be empty.`, 'Delete bucket',
    () => send('DELETE', bucket));
  if (!isDone) return;
  await refreshState();
  toast(`Bucket ${bucket} deleted`);
  location.hash = '#/';
}

document.getElementById('new-bucket').addEventListener('click', guarded(createBucket));
document.getElementById('bucket-filter').addEventListener('input', showBuckets);
document.getElementById('menu').addEventListener('click', (event) => {
  event.currentTarget.ariaExpanded = String(side.classList.toggle('open'));
});
window.addEventListener('hashchange', show);
await refreshState().catch(() => {});
show();
poll(refreshState, 2000);

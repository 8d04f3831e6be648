// Uploads from this page: by a form whose policy is signed, or by a signed URL.

import {bytes, dialog, field, guarded, h, icon, select, toast, visible} from './dom.js';
import {control, describe, signed} from './oss.js';

const LARGEST_FORM = 5 * 1024 * 1024;
const AT_ONCE = 3;
const tray = document.getElementById('tray');

/** Lets files be dropped on an element. */
export function takeDrops(element, take) {
  let depth = 0;
  const mark = (change) => {
    depth = Math.max(0, depth + change);
    element.classList.toggle('dropping', depth > 0);
  };
  element.addEventListener('dragenter', () => mark(1));
  element.addEventListener('dragleave', () => mark(-1));
  element.addEventListener('dragover', (event) => event.preventDefault());
  element.addEventListener('drop', guarded((event) => {
    event.preventDefault();
    mark(-depth);
    const files = [...event.dataTransfer.files];
    return files.length ? take(files) : null;
  }));
}

/** Asks which files to upload, and how, and begins to upload them; `refresh` is called when all are through. */
export async function chooseFiles(bucket, prefix, refresh, files = null) {
  const chosen = h('input', {type: 'file', multiple: true, required: !files});
  const folder = h('input', {value: prefix, spellcheck: 'false', autocomplete: 'off'});
  const way = select([['auto', 'Form up to 5 MiB, signed URL above'], ['form', 'POST form with a signed policy'], ['put', 'PUT by a signed URL']], 'auto');
  const acl = select([['', 'as the bucket'], 'private', 'public-read', 'public-read-write'], '');
  const isDone = await dialog('Upload', [
    files ? h('p', {}, files.length === 1 ? visible(files[0].name) : `${files.length} files`) : field('Files', chosen),
    field('Prefix', folder, 'Comes before the names of the files'), field('How', way), field('Access', acl)], {accept: 'Upload'});
  if (!isDone) return;
  const queue = [...(files || chosen.files)].map((file) => new Upload(bucket, folder.value + file.name, file, way.value, acl.value));
  const work = async () => {
    for (let upload = queue.shift(); upload; upload = queue.shift()) await upload.run();
  };
  // Not awaited, so that more can be chosen while these go.
  guarded(async () => {
    await Promise.all(Array.from({length: AT_ONCE}, work));
    await refresh();
  })();
}

class Upload {
  constructor(bucket, key, file, way, acl) {
    Object.assign(this, {bucket, key, file, acl, isAborted: false, request: null});
    this.isForm = way === 'form' || (way === 'auto' && file.size <= LARGEST_FORM);
    this.bar = h('progress', {max: '1', value: '0', 'aria-label': `Upload of ${visible(key)}`});
    this.note = h('span', {class: 'hint'}, `${bytes(file.size)}, ${this.isForm ? 'form' : 'signed URL'}`);
    this.end = h('button', {type: 'button', class: 'icon-button', 'aria-label': `Abort the upload of ${visible(key)}`,
      onclick: () => this.abort()}, icon('close'));
    this.line = h('div', {class: 'upload', data: {key}}, h('div', {class: 'name'}, visible(key)), this.end, this.bar, this.note);
    tray.append(this.line);
    tray.hidden = false;
  }

  async run() {
    if (this.isAborted) return;
    try {
      await (this.isForm ? this.post() : this.put());
      this.line.classList.add('done');
      this.note.textContent = 'Done';
      setTimeout(() => this.remove(), 4000);
    } catch (error) {
      this.line.classList.add('failed');
      this.note.textContent = error.message;
      if (!this.isAborted) toast(`${visible(this.key)}: ${error.message}`, true);
    }
    this.end.ariaLabel = 'Dismiss';
  }

  async post() {
    const type = this.file.type || 'application/octet-stream';
    const {url, fields} = await control('POST', 'form', {bucket: this.bucket, key: this.key,
      fields: {'Content-Type': type, success_action_status: '200', ...(this.acl && {'x-oss-object-acl': this.acl})},
      conditions: [['content-length-range', 0, this.file.size]]});
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', this.file);
    await this.transfer('POST', url, {}, form);
  }

  async put() {
    const headers = {'Content-Type': this.file.type || 'application/octet-stream', ...(this.acl && {'x-oss-object-acl': this.acl})};
    await this.transfer('PUT', await signed('PUT', this.bucket, this.key, {headers, expires: 3600}), headers, this.file);
  }

  /** XMLHttpRequest, because fetch tells nothing of how far an upload is. */
  transfer(method, url, headers, body) {
    return new Promise((resolve, reject) => {
      const request = this.request = new XMLHttpRequest();
      request.open(method, url);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.addEventListener('progress', (event) => {
        if (event.lengthComputable) this.bar.value = event.loaded / event.total;
      });
      request.addEventListener('load', () => {
        if (request.status < 300) resolve();
        else reject(describe(request.status, request.responseText));
      });
      request.addEventListener('error', () => reject(new Error('The connection broke')));
      request.addEventListener('abort', () => reject(new Error('Aborted')));
      request.send(body);
    });
  }

  abort() {
    if (this.line.matches('.done, .failed')) {
      this.remove();
      return;
    }
    this.isAborted = true;
    if (this.request) this.request.abort();
    else this.remove();
  }

  remove() {
    this.line.remove();
    tray.hidden = !tray.childElementCount;
  }
}

// Talking to the emulator. What a person does goes as a signed request through OSS's own API, where the log and faults
// see it; what the page only looks up goes past them.

const policy = window.trustedTypes?.createPolicy('xml', {createHTML: (text) => text});

/** A call of the control API; the document it answers with, null if there is none. */
export async function control(method, path, body = undefined) {
  const answer = await fetch(`api/${path}`, {
    method,
    headers: body === undefined ? {} : {'Content-Type': 'application/json'},
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw await problem(answer);
  return answer.status === 204 ? null : answer.json();
}

/** What OSS answers to a GET; bucket and key may be ''. */
export async function look(bucket, key = '', params = {}, method = 'GET') {
  const query = new URLSearchParams(params).toString().replace(/\+/g, '%20');
  const answer = await fetch(`api/oss/${bucket ? `${bucket}/` : ''}${encodeURIComponent(key)}${query && `?${query}`}`, {method});
  if (!answer.ok) throw await problem(answer);
  return answer;
}

export async function lookXml(bucket, key = '', params = {}) {
  return xml(await (await look(bucket, key, params)).text());
}

/** A signed URL; `expires` in seconds. */
export async function signed(method, bucket, key = '', {params = {}, headers = {}, expires = 900} = {}) {
  return (await control('POST', 'sign', {method, bucket, key, params, headers, expires})).url;
}

/** A request to OSS, signed. */
export async function send(method, bucket, key = '', {params = {}, headers = {}, body = undefined} = {}) {
  const answer = await fetch(await signed(method, bucket, key, {params, headers}), {method, headers, body});
  if (!answer.ok) throw await problem(answer);
  return answer;
}

/** `status` is Enabled or Suspended. */
export function setVersioning(bucket, status) {
  return send('PUT', bucket, '', {params: {versioning: ''},
    body: new Blob([`<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`])});
}

async function problem(answer) {
  return describe(answer.status, await answer.text());
}

/** The error that an answer of the control API or of OSS tells of. */
export function describe(status, text) {
  let error = null;
  if (text.startsWith('{')) {
    const document = JSON.parse(text);
    error = new Error(document.code ? `${document.code}: ${document.error}` : document.error);
    error.code = document.code || '';
  } else if (text.startsWith('<?xml')) {
    const document = xml(text);
    error = new Error(`${document.textOf('Code')}: ${document.textOf('Message')}`);
    error.code = document.textOf('Code');
  } else {
    error = new Error(`The emulator answered ${status}`);
    error.code = '';
  }
  error.status = status;
  return error;
}

export function xml(text) {
  const document = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, 'text/xml');
  return new Node(document.documentElement);
}

/** An element of an answer of OSS. */
class Node {
  constructor(element) {
    this.element = element;
    this.name = element.localName;
  }

  all(name) {
    return [...this.element.children].filter((child) => child.localName === name).map((child) => new Node(child));
  }

  children() {
    return [...this.element.children].map((child) => new Node(child));
  }

  /** The text of an element below, '' if it is absent; `path` as in `Owner/ID`. */
  textOf(path) {
    let [node] = [this];
    for (const name of path.split('/')) [node = null] = node ? node.all(name) : [];
    return node ? node.element.textContent : '';
  }

  /** The text of an element that an answer with `encoding-type=url` encodes. */
  keyOf(path) {
    return decodeURIComponent(this.textOf(path));
  }

  get text() {
    return this.element.textContent;
  }
}

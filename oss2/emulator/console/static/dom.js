// Making elements. Text only ever becomes text nodes and attributes, so nothing an object is called can be markup.

/** An element: `h('a', {class: 'x', href: url, onclick: f}, 'text', child, ...)`; null and false are left out. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value') element.value = value;
    else if (name === 'data') Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

export function button(label, onclick, {kind = '', symbol = null, ...rest} = {}) {
  return h('button', {type: 'button', class: `button ${kind}`, onclick: guarded(onclick), ...rest}, symbol && icon(symbol), label);
}

/** A button that shows only an icon. */
export function iconButton(label, symbol, onclick, rest = {}) {
  return h('button', {type: 'button', class: 'icon-button', 'aria-label': label, title: label, onclick: guarded(onclick), ...rest},
    icon(symbol));
}

export function field(label, control, hint = null) {
  const id = control.id || `f${++count}`;
  control.id = id;
  if (hint) control.setAttribute('aria-describedby', `${id}-hint`);
  return h('div', {class: 'field'}, h('label', {for: id}, label), control,
    hint && h('p', {class: 'hint', id: `${id}-hint`}, hint));
}

export function select(options, value, properties = {}) {
  return h('select', properties, options.map((option) => {
    const [key, text] = Array.isArray(option) ? option : [option, option];
    return h('option', {value: key, selected: key === value}, text);
  }));
}

let count = 0;

/** A function that shows what goes wrong in another, and keeps the button it came from from being pressed twice. */
export function guarded(action) {
  return async (event) => {
    const source = event?.currentTarget;
    if (source?.ariaBusy === 'true') return;
    if (source) source.ariaBusy = 'true';
    try {
      await action(event);
    } catch (error) {
      toast(error.message, true);
    } finally {
      if (source) source.ariaBusy = null;
    }
  };
}

export function toast(message, isError = false) {
  const line = h('div', {class: isError ? 'toast error' : 'toast', role: isError ? 'alert' : null}, h('span', {}, message),
    h('button', {type: 'button', class: 'icon-button', 'aria-label': 'Dismiss', onclick: () => line.remove()}, icon('close')));
  document.getElementById('toasts').append(line);
  setTimeout(() => line.remove(), isError ? 12000 : 4000);
}

/**
 * A modal dialog.
 * @param accept the text of the button that accepts, null for a dialog that only shows
 * @param submit called when it is accepted; what it throws is shown in the dialog, which stays open
 */
export function dialog(title, content, {accept = null, kind = 'primary', submit = () => {}, wide = false} = {}) {
  return new Promise((resolve) => {
    const problem = h('p', {class: 'problem', role: 'alert', hidden: true});
    const form = h('form', {}, h('header', {}, h('h2', {id: 'dialog-title'}, title),
      iconButton('Close', 'close', () => element.close())), h('div', {class: 'content'}, content, problem));
    if (accept) {
      form.append(h('footer', {}, button('Cancel', () => element.close()),
        h('button', {class: `button ${kind}`}, accept)));
    }
    const element = h('dialog', {'aria-labelledby': 'dialog-title', class: wide ? 'wide' : ''}, form);
    let accepted = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      problem.hidden = true;
      try {
        await submit();
        accepted = true;
        element.close();
      } catch (error) {
        problem.textContent = error.message;
        problem.hidden = false;
      }
    });
    element.addEventListener('close', () => {
      element.remove();
      resolve(accepted);
    });
    document.body.append(element);
    element.showModal();
  });
}

export function confirm(title, text, accept, submit) {
  return dialog(title, h('p', {}, text), {accept, kind: 'danger', submit});
}

export async function copy(text, what) {
  // Browsers have no clipboard for pages that come over plain HTTP from another address than the loopback one.
  if (!navigator.clipboard) throw new Error('The browser lets this page copy nothing: mark the text and copy it by hand');
  await navigator.clipboard.writeText(text);
  toast(`${what} copied`);
}

/** A key as it can be shown: characters that have no look of their own, or turn text around, are written as escapes. */
export function visible(text) {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (one) => SHORT[one] || `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const SHORT = {'\n': '\\n', '\r': '\\r', '\t': '\\t'};

export function bytes(count) {
  if (count < 1024) return `${count} B`;
  const power = Math.min(4, Math.floor(Math.log2(count) / 10));
  return `${(count / 1024 ** power).toFixed(count / 1024 ** power < 10 ? 2 : 1)} ${' KMGT'[power]}iB`;
}

const TIME = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'medium'});

/** A `<time>` for a date as OSS writes it, or for Unix seconds. */
export function time(moment) {
  const date = new Date(typeof moment === 'number' ? moment * 1000 : moment);
  return Number.isNaN(date.getTime()) ? String(moment)
    : h('time', {datetime: date.toISOString(), title: date.toISOString()}, TIME.format(date));
}

/** Calls a function now and again after it is done, while the page can be seen; returns what ends it. */
export function poll(action, milliseconds) {
  let timer = null;
  let ended = false;
  const run = async () => {
    if (!document.hidden) {
      try {
        await action();
      } catch {
        // The connection's state is shown at the top of the page.
      }
    }
    if (!ended) timer = setTimeout(run, milliseconds);
  };
  run();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}

// The overview: where the emulator is, how to reach it, and what can be done to it as a whole.

import {button, confirm, copy, dialog, field, h, iconButton, toast} from './dom.js';
import {control} from './oss.js';

export function home(area, emulator) {
  const state = emulator.state;
  if (!state) {
    area.append(h('p', {class: 'empty'}, 'The emulator does not answer.'));
    return;
  }
  const python = `import oss2

auth = oss2.AuthV4('${state.access_key_id}', '...')
bucket = oss2.Bucket(auth, '${state.endpoint}', 'my-bucket',
                     region='${state.region}')`;
  area.append(
    h('div', {class: 'head'}, h('h1', {}, 'Overview')),
    h('div', {class: 'cards'},
      h('section', {class: 'card'}, h('h2', {}, 'Connection'), h('dl', {},
        row('Endpoint', state.endpoint), row('Region', state.region), row('Access key id', state.access_key_id),
        secret('Access key secret', state.access_key_secret))),
      h('section', {class: 'card'}, h('h2', {}, 'From Python'), h('pre', {tabindex: '0', 'aria-label': 'Python'}, python),
        h('div', {class: 'row'}, button('Copy', () => copy(python, 'Code'), {symbol: 'copy'}))),
      h('section', {class: 'card'}, h('h2', {}, 'Tools'),
        tool('Temporary credentials', 'An access key with a security token, as STS gives them.', 'Issue', issue),
        tool('Lifecycle', 'Do what the lifecycle rules of all buckets ask for.', 'Run', runLifecycle),
        tool('Reset', 'Forget all buckets, objects, faults and the log.', 'Reset', () => reset(emulator), 'danger'))));
}

function row(name, value) {
  return [h('dt', {}, name), h('dd', {}, h('code', {}, value), iconButton(`Copy ${name.toLowerCase()}`, 'copy', () => copy(value, name)))];
}

function secret(name, value) {
  const code = h('code', {}, '••••••••');
  const reveal = button('Show', () => {
    const isHidden = code.textContent !== value;
    code.textContent = isHidden ? value : '••••••••';
    reveal.lastChild.textContent = isHidden ? 'Hide' : 'Show';
  }, {kind: 'small'});
  return [h('dt', {}, name), h('dd', {}, code, reveal, iconButton(`Copy ${name.toLowerCase()}`, 'copy', () => copy(value, name)))];
}

function tool(title, text, label, action, kind = '') {
  return h('div', {class: 'tool'}, h('div', {}, h('h3', {}, title), h('p', {class: 'hint'}, text)), button(label, action, {kind}));
}

async function issue() {
  const minutes = h('input', {type: 'number', min: '1', max: '10080', value: '60', required: true});
  let issued = null;
  const isDone = await dialog('Temporary credentials', field('Good for minutes', minutes), {accept: 'Issue', submit: async () => {
    issued = await control('POST', 'sts', {duration: Number(minutes.value) * 60});
  }});
  if (!isDone) return;
  await dialog('Temporary credentials', h('dl', {}, row('Access key id', issued.access_key_id),
    secret('Access key secret', issued.access_key_secret), secret('Security token', issued.security_token),
    row('Expiration', new Date(issued.expiration * 1000).toISOString())), {wide: true});
}

async function runLifecycle() {
  const when = h('input', {type: 'datetime-local', step: '1'});
  let done = [];
  const isDone = await dialog('Run lifecycle rules', field('As if it were', when, 'Empty means now'), {accept: 'Run', submit: async () => {
    ({done} = await control('POST', 'lifecycle', {now: when.value ? new Date(when.value).getTime() / 1000 : null}));
  }});
  if (!isDone) return;
  if (!done.length) {
    toast('No rule had anything to do');
    return;
  }
  await dialog('What the rules did', h('div', {class: 'scroll'}, h('table', {}, h('thead', {}, h('tr', {},
    ['Bucket', 'Key', 'Action', 'Rule'].map((name) => h('th', {scope: 'col'}, name)))), h('tbody', {}, done.map((one) => h('tr', {},
    h('td', {}, one.bucket), h('td', {}, one.key), h('td', {}, one.action), h('td', {}, one.rule)))))), {wide: true});
}

async function reset(emulator) {
  const isDone = await confirm('Reset the emulator', 'All buckets and objects, all faults and the log of requests are forgotten.', 'Reset',
    () => control('POST', 'reset'));
  if (!isDone) return;
  await emulator.refresh();
  toast('Everything is forgotten');
}

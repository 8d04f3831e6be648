// Faults: what goes wrong with the next requests that match.

import {button, field, guarded, h, iconButton, poll, select, toast} from './dom.js';
import {control} from './oss.js';

export function faults(area) {
  const rows = h('tbody');
  const status = h('p', {class: 'status', role: 'status'});
  const form = h('div', {class: 'card wide'});
  const all = button('Remove all', async () => {
    await control('DELETE', 'faults');
    await load();
  }, {kind: 'danger', symbol: 'trash', disabled: true});
  area.append(h('div', {class: 'head'}, h('h1', {}, 'Faults')),
    h('p', {class: 'hint'}, 'What goes wrong with the next requests that match. Requests of this page that only look things up are never hit.'),
    form, h('div', {class: 'toolbar'}, h('h2', {}, 'At work'), h('span', {class: 'spring'}), all),
    h('div', {class: 'scroll'}, h('table', {}, h('caption', {class: 'unseen'}, 'Faults'), h('thead', {}, h('tr', {},
      ['Fault', 'Hits requests', 'Left', 'Hits'].map((name) => h('th', {scope: 'col'}, name)),
      h('th', {scope: 'col'}, h('span', {class: 'unseen'}, 'Actions')))), rows)), status);
  let last = '';

  async function load() {
    const {faults: found} = await control('GET', 'faults');
    if (JSON.stringify(found) === last) return;
    last = JSON.stringify(found);
    const focused = document.activeElement?.dataset?.fault;
    rows.replaceChildren(...found.map(row));
    if (focused) rows.querySelector(`[data-fault="${focused}"]`)?.focus();
    all.disabled = !found.length;
    status.textContent = found.length ? '' : 'No fault: everything goes well.';
  }

  function row(fault) {
    const values = Object.entries(fault.values).filter(([, value]) => value !== null);
    const isSpent = fault.remaining === 0;
    return h('tr', {class: isSpent ? 'spent' : '', data: {kind: fault.kind}},
      h('td', {}, h('strong', {}, fault.kind), ' ', h('span', {class: 'hint'},
        values.map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`).join(', '))),
      h('td', {}, match(fault)), h('td', {class: 'left'}, fault.remaining === null ? 'all' : isSpent ? 'used up' : String(fault.remaining)),
      h('td', {class: 'hits'}, String(fault.hits)),
      h('td', {class: 'actions'}, iconButton(`Remove the fault ${fault.kind}`, 'trash', async () => {
        await control('DELETE', `faults/${fault.id}`);
        await load();
      }, {'data-fault': fault.id})));
  }

  guarded(async () => {
    const {kinds, operations} = await control('GET', 'kinds');
    form.replaceChildren(adder(kinds, operations, load));
  })();
  return poll(load, 1000);
}

function match(fault) {
  const parts = [fault.method, fault.operation, fault.key !== null && `key ${fault.key}`].filter(Boolean);
  return parts.length ? parts.join(', ') : 'any';
}

function adder(kinds, operations, added) {
  const kind = select(kinds.map((one) => one.kind), 'fail');
  const description = h('p', {class: 'hint', 'aria-live': 'polite'});
  const values = h('div', {class: 'row values'});
  const names = h('datalist', {id: 'operations'}, operations.map((name) => h('option', {value: name})));
  const operation = h('input', {list: 'operations', placeholder: 'any', spellcheck: 'false'});
  const method = select([['', 'any'], 'GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS'], '');
  const key = h('input', {placeholder: 'any', spellcheck: 'false'});
  const times = h('input', {type: 'number', min: '1', step: '1', value: '1', required: true});
  const always = h('input', {type: 'checkbox', onchange: () => {
    times.disabled = always.checked;
  }});
  let inputs = [];
  const change = () => {
    const chosen = kinds.find((one) => one.kind === kind.value);
    description.textContent = chosen.description.replaceAll('``', '');
    inputs = chosen.values.map((value) => [value, inputFor(value)]);
    values.replaceChildren(...inputs.map(([value, input]) => field(value.name, input)));
    values.hidden = !inputs.length;
  };
  kind.addEventListener('change', change);
  change();
  return h('form', {onsubmit: guarded(async (event) => {
    event.preventDefault();
    const filled = inputs.filter(([, input]) => input.value !== '').map(([value, input]) => [value.name, read(value, input.value)]);
    const fault = {kind: kind.value, values: Object.fromEntries(filled), times: always.checked ? null : Number(times.value)};
    for (const [name, input] of [['operation', operation], ['method', method], ['key', key]]) if (input.value) fault[name] = input.value;
    await control('POST', 'faults', fault);
    toast('Fault added');
    await added();
  })}, h('h2', {}, 'Add a fault'), h('div', {class: 'row'}, field('Kind', kind), field('Operation', operation), field('Method', method),
    field('Key pattern', key, 'With *, ? and [...]'), h('div', {}, field('Times', times), h('label', {class: 'check'}, always, 'All requests'))),
  description, values, names, h('div', {class: 'row'}, h('button', {class: 'button primary'}, 'Add fault')));
}

function inputFor(value) {
  const placeholder = value.default === null ? '' : String(value.default);
  if (value.type === 'integer' || value.type === 'number') {
    return h('input', {type: 'number', step: value.type === 'integer' ? '1' : 'any', placeholder, required: value.required});
  }
  return h('input', {placeholder: value.type === 'object' ? '{"retry-after": "1"}' : placeholder, required: value.required, spellcheck: 'false'});
}

function read(value, text) {
  if (value.type === 'integer' || value.type === 'number') return Number(text);
  if (value.type !== 'object') return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${value.name} must be a JSON object`);
  }
}

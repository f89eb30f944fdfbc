'use strict';
(async () => {
  const app = document.getElementById('app');
  const blocks = new Map();
  const el = (tag, text, cls) => {
    const node = document.createElement(tag);
    if (text !== undefined && text !== null) tag === 'span' ? node.textContent = visible(String(text)) : fill(node, visible(String(text)));
    if (cls) node.className = cls;
    return node;
  };
  const visible = text => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g,
    c => '\\u' + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0'));
  // Long names of classes, methods and files may be broken between their words; not in spans, which keep to one line.
  const soft = /(?<=\S{2}[_./:=(,+])(?=[^\s_./:]\S{2})|(?<=\S{2}[a-z])(?=[A-Z]\S{2})/;
  const fill = (node, text) => {
    if (text.length > 20000 || !/\S{17}/.test(text)) { node.textContent = text; return; }
    node.replaceChildren(...text.split(/(\S{17,})/).flatMap(word => word.length < 17 ? [word] : word.split(soft).flatMap((part, i) => i ? [document.createElement('wbr'), part] : [part])));
  };
  const time = us => us < 1000 ? '< 1 ms' : us < 1e6 ? Math.floor(us / 1000) + ' ms' : us < 6e7 ? (us / 1e6).toFixed(1) + ' s' : Math.floor(us / 6e7) + ' min ' + Math.floor(us / 1e6 % 60) + ' s';
  const parsed = document.readyState === 'loading' ? new Promise(done => document.addEventListener('DOMContentLoaded', done)) : null;
  // Base64 in blocks of 64 KiB of characters: a multiple of four, so each decodes by itself.
  const inflate = async id => {
    if (blocks.has(id)) return blocks.get(id);
    // The chunks come after this script: a large page works before it is read to its end.
    if (!document.getElementById(id)) await parsed;
    const text = document.getElementById(id).textContent;
    const parts = [];
    if (Uint8Array.fromBase64) parts.push(Uint8Array.fromBase64(text));
    else
    for (let i = 0; i < text.length; i += 65536) {
      const raw = atob(text.substr(i, 65536));
      const bytes = new Uint8Array(raw.length);
      for (let j = 0; j < raw.length; j++) bytes[j] = raw.charCodeAt(j);
      parts.push(bytes);
    }
    const data = await new Response(new Blob(parts).stream().pipeThrough(new DecompressionStream('gzip'))).json();
    if (blocks.size > 8) blocks.delete(blocks.keys().next().value);
    blocks.set(id, data);
    return data;
  };
  app.hidden = false;
  if (typeof DecompressionStream === 'undefined') {
    app.append(el('p', 'This browser is too old to show the list of tests (it has no DecompressionStream). Everything is in report.json.'));
    return;
  }

  const ix = await inflate('ix');
  blocks.delete('ix');
  const total = ix.st.length;
  // All names are one text with a line each: cheaper to read, to lower-case and to search than a string per test.
  const linesOf = text => {
    const starts = new Int32Array(total + 1);
    for (let i = 1; i < total; i++) starts[i] = text.indexOf('\n', starts[i - 1]) + 1;
    starts[total] = text.length + 1;
    return starts;
  };
  const names = ix.names.join('\n');
  const lines = linesOf(names);
  const nameOf = i => names.slice(lines[i], lines[i + 1] - 1);
  const keyOf = i => ix.ids.substr(i * 10, 10);
  const findKey = id => {
    const key = id.length >= 13 ? id.substr(3, 10) : id.padEnd(10, '_').slice(0, 10);
    for (let at = ix.ids.indexOf(key); at >= 0; at = ix.ids.indexOf(key, at + 1)) if (at % 10 === 0) return at / 10;
    return -1;
  };
  const words = { p: 'passed', f: 'failed', e: 'error', s: 'skipped', n: 'not run' };
  const marks = { p: '✓', f: '✗', e: '!', s: '–', n: '○' };

  // Toolbar
  const bar = el('div', null, 'bar');
  const search = el('input');
  search.type = 'search';
  search.placeholder = 'Search tests ( / )';
  search.setAttribute('aria-label', 'Search tests by class and name');
  const chips = {};
  const count = el('span', '', 'n');
  count.setAttribute('aria-live', 'polite');
  count.id = 'count';
  const present = new Set(ix.st);
  const on = new Set();
  for (const s of 'feps' + 'n') {
    if (!present.has(s)) continue;
    const chip = el('button', words[s]);
    chip.type = 'button';
    chip.setAttribute('aria-pressed', 'false');
    chip.addEventListener('click', () => { on.has(s) ? on.delete(s) : on.add(s); chip.setAttribute('aria-pressed', String(on.has(s))); filter(); });
    chips[s] = chip;
    bar.append(chip);
  }
  const more = el('select');
  more.setAttribute('aria-label', 'Show only');
  const states = { '': 'all', flaky: 'flaky', slow: 'slowest first', n: 'new', r: 'regressed', f: 'fixed', s: 'still failing', c: 'changed failure' };
  for (const [value, label] of Object.entries(states)) {
    if (value.length === 1 && !ix.bs.includes(value) || value === 'flaky' && !ix.fl.includes('1')) continue;
    const option = el('option', label);
    option.value = value;
    more.append(option);
  }
  more.addEventListener('change', () => filter());
  bar.append(search, more, count);

  // List: only the rows in sight exist.
  const height = 28;
  const list = el('div');
  list.id = 'list';
  list.tabIndex = 0;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Tests; j and k move, Enter opens');
  const rows = el('div');
  rows.id = 'rows';
  list.append(rows);
  const one = el('div');
  one.id = 'one';
  one.hidden = true;
  one.setAttribute('role', 'region');
  one.setAttribute('aria-label', 'Test');
  app.append(bar, list, one);

  const everything = () => Array.from({ length: total }, (_, i) => i);
  let shown = [];
  let selected = -1;
  let lower = null;
  let lowerLines = null;
  let lowerClasses = null;
  // What all classes share says nothing in a list.
  const shared = ix.classes.reduce((a, b) => { let n = 0; while (n < a.length && a[n] === b[n]) n++; return a.slice(0, n); }, ix.classes[0] || '');
  const prefix = shared.lastIndexOf('.') + 1;
  const classOf = c => {
    const node = el('span', ix.classes[c].slice(prefix), 'cls');
    node.title = visible(ix.classes[c]);
    return node;
  };
  const draw = () => {
    const first = Math.max(0, Math.floor(list.scrollTop / height) - 5);
    const last = Math.min(shown.length, first + Math.ceil(list.clientHeight / height) + 10);
    const fresh = [];
    for (let at = first; at < last; at++) {
      const i = shown[at];
      const s = ix.st[i];
      const row = el('div', null, i === selected ? 'row on' : 'row');
      row.style.top = at * height + 'px';
      row.setAttribute('role', 'option');
      row.setAttribute('aria-selected', String(i === selected));
      row.id = 'r' + i;
      const dot = el('span', marks[s], 'dot ' + (s === 'n' ? 'n0' : s));
      dot.title = words[s];
      row.append(dot, el('span', nameOf(i), 'name'), classOf(ix.cls[i]), el('span', time(ix.us[i]), 't'));
      row.addEventListener('click', () => open(i));
      fresh.push(row);
    }
    rows.replaceChildren(...fresh);
    if (selected >= 0) list.setAttribute('aria-activedescendant', 'r' + selected);
  };
  const prepare = () => {
    if (lower !== null) return;
    lower = names.toLowerCase();
    // A few letters are longer in lower case.
    lowerLines = lower.length === names.length ? lines : linesOf(lower);
    lowerClasses = ix.classes.map(name => name.toLowerCase());
  };
  // A class is compared once for all its tests, the names in one pass; only a term with a dot may span class and name.
  const fitting = term => {
    const fits = new Uint8Array(total);
    const mark = (classes, name) => {
      if (classes.includes(true)) for (let i = 0; i < total; i++) if (classes[ix.cls[i]] && lower.startsWith(name, lowerLines[i])) fits[i] = 1;
    };
    mark(lowerClasses.map(name => name.includes(term)), '');
    for (let i = 0, at = lower.indexOf(term); at >= 0; at = lower.indexOf(term, lowerLines[i])) {
      while (lowerLines[i + 1] <= at) i++;
      fits[i++] = 1;
    }
    for (let dot = term.indexOf('.'); dot >= 0; dot = term.indexOf('.', dot + 1)) {
      mark(lowerClasses.map(name => name.endsWith(term.slice(0, dot))), term.slice(dot + 1));
    }
    return fits;
  };
  const filter = () => {
    const query = search.value.trim().toLowerCase();
    const state = more.value;
    if (query) prepare();
    const all = !query && !on.size && !state;
    const terms = query.split(/\s+/).filter(t => t).map(fitting);
    shown = [];
    if (all) shown = everything();
    else for (let i = 0; i < total; i++) {
      if (on.size && !on.has(ix.st[i])) continue;
      if (state === 'flaky' ? ix.fl[i] !== '1' : state.length === 1 && ix.bs[i] !== state) continue;
      let fits = true;
      for (const term of terms) if (!term[i]) { fits = false; break; }
      if (fits) shown.push(i);
    }
    if (state === 'slow') shown.sort((a, b) => ix.us[b] - ix.us[a]);
    rows.style.height = shown.length * height + 'px';
    list.style.height = Math.min(14, Math.max(2, shown.length)) * height + 'px';
    list.scrollTop = 0;
    count.textContent = shown.length === total ? total + ' tests' : shown.length + ' of ' + total + ' tests';
    draw();
  };

  const pre = (title, text) => { const box = el('div'); box.append(el('h4', title), el('pre', text)); return box; };
  const marked = (text, from, to) => {
    const node = el('pre', text.slice(0, from));
    if (to > from) node.append(el('mark', text.slice(from, to)));
    node.append(document.createTextNode(visible(text.slice(Math.max(from, to)))));
    return node;
  };
  const diff = (expected, actual) => {
    let a = 0;
    while (a < expected.length && a < actual.length && expected[a] === actual[a]) a++;
    let b = 0;
    while (b < expected.length - a && b < actual.length - a && expected[expected.length - 1 - b] === actual[actual.length - 1 - b]) b++;
    const box = el('div', null, 'diff');
    const left = el('div');
    left.append(el('h4', 'Expected'), marked(expected, a, expected.length - b));
    const right = el('div');
    right.append(el('h4', 'Actual'), marked(actual, a, actual.length - b));
    box.append(left, right);
    return box;
  };
  const wave = items => {
    const box = el('div', null, 'wave');
    const end = Math.max(1, ...items.map(i => i.startOffsetUs + i.durationUs));
    for (const item of items) {
      const line = el('div');
      const track = el('span', null, 'track');
      const block = el('i', null, item.kind);
      block.style.left = Math.min(99, Math.max(0, 100 * item.startOffsetUs / end)) + '%';
      block.style.width = Math.max(0, Math.min(100, 100 * item.durationUs / end)) + '%';
      track.append(block);
      const what = el('span', (item.origin === 'test' ? '(test) ' : '') + item.name + (item.outcome ? ' → ' + item.outcome : ''), 'what');
      what.title = visible(item.name);
      line.append(el('span', item.kind), what, el('span', time(item.durationUs)), track);
      box.append(line);
    }
    return box;
  };
  const errorOf = (error, depth) => {
    const box = el('div');
    if (error.expected !== undefined && error.actual !== undefined && !depth) box.append(diff(error.expected, error.actual));
    box.append(el('pre', error.type + ': ' + error.message + (error.stack ? '\n' + error.stack : '')));
    for (const inner of error.inner || []) box.append(errorOf(inner, 1));
    return box;
  };
  const show = test => {
    one.replaceChildren();
    const title = el('h3', test.name);
    const tag = el('span', test.rawStatus || test.status, 'tag ' + test.status);
    const facts = el('p', null, 'meta');
    facts.append(tag, document.createTextNode(' ' + time(test.durationUs) + (test.setupUs ? ', set up ' + time(test.setupUs) : '') + ' · '), el('code', test.testId));
    if (test.baseline) facts.append(document.createTextNode(' · ' + test.baseline.state.replace(/_/g, ' ') + (test.baseline.durationChange ? ', ' + test.baseline.durationChange + ' times as long as usual' : '')));
    if (test.suppressed) facts.append(document.createTextNode(' · known failure: ' + visible(test.suppressed.reason) + ' (' + visible(test.suppressed.by) + ')'));
    if (test.source) facts.append(document.createTextNode(' · ' + visible(test.source.path) + ':' + (test.source.line || '')));
    one.append(title, facts);
    for (const value of [].concat(test.workflowIds ? 'Workflow: ' + test.workflowIds.join(', ') : [], test.categories ? 'Categories: ' + test.categories.join(', ') : [],
      test.parameters ? 'Parameters: ' + test.parameters.map(p => p.name + ' = ' + p.value).join(', ') : [], test.reason ? 'Reason: ' + test.reason : [])) one.append(el('p', value));
    const command = "dotnet run -- -method '" + (test.methodName ? test.className + '.' + test.methodName : test.name).replace(/'/g, "'\\''") + "'";
    const copy = el('button', 'Copy the command that runs this test');
    copy.type = 'button';
    copy.title = command;
    copy.addEventListener('click', async () => {
      try { await navigator.clipboard.writeText(command); copy.textContent = 'Copied'; } catch { copy.replaceWith(el('code', command)); }
    });
    one.append(copy);
    if (test.error) one.append(errorOf(test.error, 0));
    for (const attempt of test.attempts || []) {
      const box = el('details');
      box.append(el('summary', 'Earlier attempt: ' + attempt.status + ', ' + time(attempt.durationUs)));
      if (attempt.error) box.append(errorOf(attempt.error, 1));
      one.append(box);
    }
    if (test.steps) { one.append(el('h4', 'Steps')); for (const step of test.steps) one.append(el('p', (step.status === 'passed' ? '✓ ' : '✗ ') + step.name + ' · ' + time(step.durationUs))); }
    if (test.interactions) {
      one.append(el('h4', 'Timeline: ' + test.interactions.count + ' interactions' + (test.interactions.dropped ? ', first ' + test.interactions.items.length + ' shown' : '')));
      one.append(wave(test.interactions.items));
    }
    for (const warning of test.warnings || []) one.append(el('p', 'Warning: ' + warning));
    if (test.output) one.append(pre('Output', test.output));
    for (const file of test.attachments || []) {
      const line = el('p');
      const safe = /^attachments\/[A-Za-z0-9._-]+$/.test(file.path);
      const link = el(safe ? 'a' : 'span', file.name);
      if (safe) link.href = file.path;
      line.append(link, document.createTextNode(' ' + visible(file.contentType) + ', ' + file.bytes + ' bytes'));
      one.append(line);
    }
    one.hidden = false;
  };
  const open = async (i, scroll) => {
    selected = i;
    const chunk = await inflate('d' + Math.floor(i / ix.chunk));
    const test = chunk[i % ix.chunk];
    if (selected !== i) return;
    show(test);
    history.replaceState(null, '', '#t=' + test.testId);
    const at = shown.indexOf(i);
    if (at >= 0 && (at * height < list.scrollTop || (at + 1) * height > list.scrollTop + list.clientHeight)) list.scrollTop = Math.max(0, (at - 3) * height);
    draw();
    if (scroll) app.scrollIntoView();
  };
  const follow = id => {
    const i = findKey(id);
    if (i < 0) return;
    if (!shown.includes(i)) { on.clear(); for (const chip of Object.values(chips)) chip.setAttribute('aria-pressed', 'false'); search.value = ''; more.value = ''; filter(); }
    open(i, true);
  };
  const move = step => {
    if (!shown.length) return;
    const at = shown.indexOf(selected);
    open(shown[Math.min(shown.length - 1, Math.max(0, at < 0 ? 0 : at + step))]);
  };

  let timer = 0;
  // At once, which a timer is not while the browser still reads a large page; only among very many tests it waits for a pause in the typing.
  search.addEventListener('input', () => { clearTimeout(timer); if (total < 500000) filter(); else timer = setTimeout(filter, 60); });
  list.addEventListener('scroll', () => requestAnimationFrame(draw), { passive: true });
  addEventListener('resize', draw);
  addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key === 'Escape') { if (typing && search.value) { search.value = ''; filter(); } else one.hidden = true; search.blur(); return; }
    if (typing) { if (event.key === 'Enter') { list.focus(); move(0); } return; }
    if (event.key === '/') { event.preventDefault(); search.focus(); }
    else if (event.key === 'j' || event.key === 'ArrowDown' && event.target === list) { event.preventDefault(); move(1); }
    else if (event.key === 'k' || event.key === 'ArrowUp' && event.target === list) { event.preventDefault(); move(-1); }
    else if (event.key === 'Enter' && event.target === list) one.scrollIntoView({ block: 'nearest' });
  });
  document.addEventListener('click', event => {
    const link = event.target.closest && event.target.closest('a[data-t]');
    if (link) { event.preventDefault(); follow(link.dataset.t); }
  });
  // Ids in the sections become names once the index knows them.
  document.addEventListener('toggle', event => {
    for (const link of event.target.querySelectorAll ? event.target.querySelectorAll('.ids a[data-t]') : []) {
      const i = findKey(link.dataset.t);
      if (i >= 0) fill(link, visible(nameOf(i)));
    }
  }, true);
  addEventListener('hashchange', () => { if (location.hash.startsWith('#t=')) follow(decodeURIComponent(location.hash.slice(3))); });

  // Timeline of the run: each test a bar in the first lane that is free.
  const timeline = el('details', null, 'block');
  timeline.append(el('summary', 'Timeline of the run'));
  timeline.addEventListener('toggle', () => {
    if (!timeline.open || timeline.querySelector('canvas')) return;
    const canvas = el('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', 'Tests over time, one lane per test running at once');
    timeline.append(canvas);
    const order = [...Array(total).keys()].filter(i => ix.st[i] !== 'n').sort((a, b) => ix.ms[a] - ix.ms[b]);
    const lanes = [];
    const laneOf = new Map();
    let end = 1;
    for (const i of order) {
      let lane = lanes.findIndex(free => free <= ix.ms[i]);
      if (lane < 0) lane = lanes.length < 64 ? lanes.push(0) - 1 : 63;
      lanes[lane] = ix.ms[i] + ix.us[i] / 1000;
      end = Math.max(end, lanes[lane]);
      laneOf.set(i, lane);
    }
    const scale = devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * scale;
    canvas.height = canvas.clientHeight * scale;
    const pen = canvas.getContext('2d');
    const style = getComputedStyle(document.documentElement);
    const colours = { p: style.getPropertyValue('--passed'), f: style.getPropertyValue('--failed'), e: style.getPropertyValue('--failed'), s: style.getPropertyValue('--skipped') };
    const h = canvas.height / Math.max(1, lanes.length);
    for (const i of order) {
      pen.fillStyle = colours[ix.st[i]];
      pen.fillRect(canvas.width * ix.ms[i] / end, laneOf.get(i) * h + 1, Math.max(1, canvas.width * ix.us[i] / 1000 / end - 1), Math.max(1, h - 2));
    }
    timeline.append(el('p', lanes.length + ' lanes, ' + time(end * 1000), 'meta'));
  });
  app.append(timeline);

  filter();
  if (location.hash.startsWith('#t=')) follow(decodeURIComponent(location.hash.slice(3)));
  else { const bad = shown.findIndex(i => ix.st[i] === 'f' || ix.st[i] === 'e'); if (bad >= 0 && total <= 20000) { if (chips.f) { on.add('f'); chips.f.setAttribute('aria-pressed', 'true'); } if (chips.e) { on.add('e'); chips.e.setAttribute('aria-pressed', 'true'); } filter(); } }
  if (typeof requestIdleCallback === 'function') requestIdleCallback(prepare, { timeout: 200 });
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
})();

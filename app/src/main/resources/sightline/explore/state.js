// What is shown, as the address's fragment says it: a link restores a view.
const BLANK = {
  p: '', q: '', prompt: '', choice: [], tokens: '', temperature: '', ends: 0,
  k: 3, masking: 'paper', rows: 'paper', measure: 'change', tok: 'all',
  layer: -1, path: '', src: '', dst: '', mode: 'cut', set: 'src', look: -1,
  box: '', veil: 'attention', alayer: '', ahead: 'mean', atok: 0, opacity: 75,
  run: -1, row: -1, sort: 'change', up: 1, cat: '', find: '', least: 0, flips: 0, kind: 'table',
};
// What is held beside it: a question and the settings under which its curves are read; `held.k` and so on in the address.
const OF_A_QUESTION = ['p', 'q', 'prompt', 'choice', 'tokens', 'temperature', 'ends', 'rows'], OF_A_SIDE = [...OF_A_QUESTION, 'k', 'masking', 'tok', 'src', 'dst'];
export const V = {...BLANK, choice: [], held: null};
const part = (view, names) => Object.fromEntries(names.map(name => [name, Array.isArray(view[name]) ? [...view[name]] : view[name]]));
export const sideOf = view => part(view, OF_A_SIDE);
export const questionOf = view => part(view, OF_A_QUESTION);

export function readAddress(text) {
  const given = new URLSearchParams(text.replace(/^#/, ''));
  const one = (name, usual) => {
    if (Array.isArray(usual)) return given.getAll(name);
    if (typeof usual === 'number') { const n = Number(given.get(name)); return given.has(name) && Number.isFinite(n) ? n : usual; }
    return given.get(name) ?? usual;
  };
  for (const [name, usual] of Object.entries(BLANK)) V[name] = one(name, usual);
  V.held = given.has('held.p') && given.has('held.q') ? Object.fromEntries(OF_A_SIDE.map(name => [name, one(`held.${name}`, BLANK[name])])) : null;
}
export function address() {
  const all = new URLSearchParams();
  const add = (name, value, usual) => { if (Array.isArray(usual)) value.forEach(v => all.append(name, v)); else if (value !== usual) all.set(name, value); };
  for (const [name, usual] of Object.entries(BLANK)) add(name, V[name], usual);
  if (V.held) OF_A_SIDE.forEach(name => add(`held.${name}`, V.held[name], BLANK[name]));
  return '#' + all.toString().replace(/%2C/g, ',').replace(/%3A/g, ':');
}
// A question makes an entry in the history; all else replaces the last one.
let written = '', laterWritten = 0;
export function remember(asked = false) {
  clearTimeout(laterWritten);
  if (asked) write(true); else laterWritten = setTimeout(write); // it takes as long as a small drawing
}
function write(asked = false) {
  const next = address();
  if (next === written) return;
  history[asked && written ? 'pushState' : 'replaceState'](null, '', next);
  written = next;
}
export const rewritten = () => { const changed = location.hash !== written; written = location.hash; return changed; };

// Numbers and ranges: 60-65,70.
export function numbers(text) {
  const found = new Set();
  for (const part of text.split(',').filter(Boolean)) {
    const [a, b] = part.split('-').map(Number);
    for (let n = a; n <= (b ?? a) && found.size < 5000; n++) found.add(n);
  }
  return found;
}
export function ranges(set) {
  const parts = [];
  for (const n of [...set].sort((a, b) => a - b)) {
    if (parts.length && parts.at(-1)[1] === n - 1) parts.at(-1)[1] = n; else parts.push([n, n]);
  }
  return parts.map(([a, b]) => a === b ? `${a}` : `${a}-${b}`).join(',');
}

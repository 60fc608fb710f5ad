// A finished run as a table: only the rows in sight are there. A row opens in the views above.
import { $, count, fmt, key, label, prob, span } from './evidence.js';
import { fill, html, put, trusted, words } from './dom.js';
import { V, remember } from './state.js';
import { M } from './known.js';
import { OFFLINE, samplesOf } from './server.js';
import { drawCategories } from './categories.js';

const ROW = 28, MOST = 9, SPARE = 12;
let data = null, categories = [], rows = [], loading = -1, cursor = -1, reached = null;
const opens = () => !OFFLINE && runOf()?.here !== false;
const runOf = () => M.state?.runs[V.run] ?? null;
const category = r => r.categories?.map(label).join(', ') ?? '';
const COLUMNS = [['image', 'Picture', r => r.image], ['question', 'Question', r => r.question], ['answer', 'Answer', r => r.answer], ['category', 'Category', category], ['p', 'p', r => r.p, 'num'], ['pathway', 'Strongest image pathway', r => r.pathway], ['layers', 'Layers', r => r.layer, 'num'], ['change', 'Change, %', r => r.change, 'num'], ['says', 'Says instead', r => r.says ?? ''], ['curve', 'By layer', null]];

const FLIPS = 'Samples whose answer is another one when the strongest window of their strongest image pathway is cut';
const COLUMN_MEANS = {pathway: 'Of the pathways from the picture, the one whose strongest window takes most of the answer’s probability', layers: 'That window’s layers', change: 'Of the answer’s probability, when that window is cut', says: 'The likeliest first token when that window is cut', curve: 'That pathway’s curve, 0 to −100 %'};

export async function loadRun() {
  if (V.run < 0 || loading === V.run) { drawSample(); return; }
  loading = V.run; data = null; rows = []; cursor = V.row;
  drawRuns();
  try { const got = await samplesOf(M.state.runs[V.run].number); if (loading === V.run) { data = got; categories = [...new Set(got.samples.flatMap(r => r.categories ?? []))].sort(); } } catch (e) { loading = -1; fill('runsnote', e.message); return; }
  chosenRows(); drawRuns(); show(cursor); drawSample();
}
function chosenRows() {
  if (!data) { rows = []; return; }
  const find = V.find.trim().toLowerCase(), of = COLUMNS.find(c => c[0] === V.sort)?.[2] ?? (r => r.change);
  rows = data.samples.filter(r => (!V.cat || r.categories?.includes(V.cat)) && (!V.least || -r.change >= V.least) && (!V.flips || r.flip) && (!find || r.answer.toLowerCase().includes(find) || r.question.toLowerCase().includes(find)));
  const sign = V.up ? 1 : -1;
  rows.sort((a, b) => { const x = of(a), y = of(b); return sign * (typeof x === 'number' ? x - y : String(x).localeCompare(String(y))) || a.row - b.row; });
}

export function drawRuns() {
  const runs = M.state?.runs ?? [];
  $('runs').hidden = !M.state;
  if (!runs.length) { fill('runspick', html`<b>Runs</b>`); fill('runsbody', html`<p class="dim">No runs here. <code>sightline trace vqav2 …</code> makes one; <code>sightline explore --runs DIR</code> shows it.</p>`); return; }
  fill('runspick', html`<b>Runs</b>${words('run', '', runs.map((r, i) => [i, r.name]), V.run)}<span class="dim">${data ? `${count(data.samples.length)} samples, k ${data.k}, masking ${data.masking}` : ''}</span>${V.run >= 0 ? words('kind', '', [['table', 'samples'], ['curves', 'curves by category']], V.kind) : ''}`);
  if (V.run < 0) { fill('runsbody', html`<p class="dim">Choose a run to see its samples.</p>`); return; }
  if (V.kind === 'curves') { fill('runsbody', html`<div id="categories"></div>`); drawCategories(); return; }
  if (!data) { fill('runsbody', html`<p class="dim" id="runsnote">Reading ${runOf()?.name}…</p>`); return; }
  if (!$('rows')) fill('runsbody', html`<div class="filters"><span class="part" id="catpick"></span><label><span class="dim">Contains</span> <input id="find" type="search" size="14" maxlength="80" spellcheck="false"></label><span class="part" id="filters"></span></div><div class="table" id="runtable" role="table" aria-label="Samples"><div class="tr th" role="row" id="runhead"></div><div id="rows" tabindex="0" role="rowgroup" aria-label="Samples; up and down arrows move, Enter opens"><div id="high"><div id="seen"></div></div></div></div><p class="dim" id="runsnote"></p>`);
  fill('catpick', html`<label><span class="dim">Category</span> <select id="cat"><option value="">all</option>${categories.map(c => html`<option value="${c}" ${c === V.cat ? 'selected' : ''}>${label(c)}</option>`)}</select></label>`);
  if (document.activeElement !== $('find')) $('find').value = V.find; // else it has what is typed, and the caret
  fill('filters', html`${words('least', 'Drop over', [[0, 'any'], [5, '5 %'], [20, '20 %'], [50, '50 %']], V.least)}<span title="${FLIPS}">${words('flips', '', [[0, 'all'], [1, 'flips']], V.flips)}</span><span class="dim">${count(rows.length)} shown<span class="keys">; ↑ ↓ move, Enter opens</span></span>`);
  fill('runhead', html`${COLUMNS.map(([id, name, of, kind]) => html`<span class="c-${id} ${kind ?? ''}" role="columnheader" title="${COLUMN_MEANS[id] ?? ''}" aria-sort="${V.sort !== id ? 'none' : V.up ? 'ascending' : 'descending'}">${of ? html`<button type="button" data-sort="${id}" data-key="sort-${id}">${name}${V.sort === id ? html`<i>${V.up ? '↑' : '↓'}</i>` : ''}</button>` : name}</span>`)}`);
  $('high').style.height = `${rows.length * height()}px`;
  $('rows').style.height = `${Math.max(2, Math.min(MOST, rows.length)) * height()}px`;
  fill('runsnote', rows.length ? opens() ? '' : OFFLINE ? 'A saved page: rows cannot be opened.' : 'Its pictures or its model are not at hand: rows cannot be opened.' : 'No sample is like this. Take a filter away.');
  drawRows(true);
}
const height = () => innerWidth <= 1000 ? 46 : ROW;
// Names of files end in what tells them apart.
const brief = name => name.replace(/\.\w+$/, '').replace(/^.*_0*(\d+)$/, '$1');
const spark = (r, p) => { const n = Math.max(1, r.curve.length - 1), most = 100; return trusted(`<svg class="spark" viewBox="0 0 96 16" aria-hidden="true"><path d="M0 1.5H96" stroke="var(--off)" fill="none"/><path d="M${r.curve.map((v, l) => `${(l / n * 96).toFixed(1)} ${(1.5 + Math.min(most, Math.max(-5, -v)) / most * 13).toFixed(1)}`).join('L')}" fill="none" stroke="${p ? `var(${p.css})` : 'var(--ink3)'}" stroke-width="1.5"/></svg>`); };
function rowOf(r) {
  const el = document.createElement('div'), p = M.paths.find(q => q.id === r.pathway);
  el.className = 'tr'; el.id = `row-${r.row}`; el.dataset.row = r.row; el.setAttribute('role', 'row');
  put(el, html`<span class="c-image" title="${r.image}">${brief(r.image)}</span><span class="c-question" title="${r.question}">${r.question}</span><span class="c-answer tok">${r.answer}</span><span class="c-category dim">${category(r)}</span><span class="c-p num">${prob(r.p).replace(/^(0\.\d\d)\d$|^(1\.00)0$/, '$1$2')}</span><span class="c-pathway">${p ? trusted(key(p)) : ''}${p?.name ?? r.pathway}${r.window ? html`<small>, ${span(r.window)}</small>` : ''}</span><span class="c-layers num">${r.window ? span(r.window) : ''}</span><span class="c-change num">${fmt(r.change)}</span><span class="c-says tok">${r.flip ? r.says ?? 'another' : html`<span class="dim same">same</span>`}</span><span class="c-curve">${r.curve.length ? spark(r, p) : ''}</span>`);
  return el;
}
// Rows that stay in reach stay as they are: while one scrolls there is time for few.
function drawRows(anew = false) {
  const box = $('rows'), seen = $('seen');
  if (!box || !data) return;
  const tall = height(), top = Math.floor(box.scrollTop / tall), first = Math.max(0, top - SPARE), last = Math.min(rows.length, top + MOST + 1 + SPARE);
  reached = {first, last};
  const reach = rows.slice(first, last), wanted = new Set(reach.map(r => `row-${r.row}`));
  [...seen.children].forEach(el => { if (anew || !wanted.has(el.id)) el.remove(); });
  reach.forEach((r, i) => { if (seen.children[i]?.id !== `row-${r.row}`) seen.insertBefore(rowOf(r), seen.children[i] ?? null); });
  [...seen.children].forEach(el => el.classList.toggle('on', Number(el.dataset.row) === cursor));
  seen.style.transform = `translateY(${first * tall}px)`;
  box.setAttribute('aria-activedescendant', cursor >= 0 ? `row-${cursor}` : '');
}
// Rows beside those in sight are there already: new ones are made when they run short.
function scrolled() {
  const tall = height(), top = Math.floor($('rows').scrollTop / tall), short = SPARE / 3;
  if (!reached || (reached.first > 0 && top - reached.first < short) || (reached.last < rows.length && reached.last - top - MOST - 1 < short)) drawRows();
}
function show(row) {
  const i = rows.findIndex(r => r.row === row), box = $('rows');
  if (i < 0 || !box) return;
  const tall = height();
  if (i * tall < box.scrollTop) box.scrollTop = i * tall;
  if ((i + 1) * tall > box.scrollTop + box.clientHeight) box.scrollTop = (i + 1) * tall - box.clientHeight;
  drawRows();
}
export function runTitle() {
  const box = $('rows');
  if (!box || !data || !rows.length) return '';
  const first = Math.ceil(box.scrollTop / height()), sort = COLUMNS.find(c => c[0] === V.sort)?.[1] ?? 'Change, %';
  return `${runOf()?.name}: samples ${count(first + 1)} to ${count(Math.min(rows.length, first + MOST))} of ${count(rows.length)} by “${sort}”, k ${data.k}, masking ${data.masking}`;
}
// Under the question: which sample it is, and the ones before and behind it in the table's order.
export function drawSample() {
  const i = V.row < 0 || !data || loading !== V.run ? -1 : rows.findIndex(r => r.row === V.row), r = rows[i];
  fill('sample', r ? html`Sample ${r.id} of ${runOf().name}: <button type="button" class="word" data-step="-1" data-key="previous" ${i > 0 && opens() ? '' : 'disabled'}>previous</button> <button type="button" class="word" data-step="1" data-key="next" ${i + 1 < rows.length && opens() ? '' : 'disabled'}>next</button> <button type="button" class="word" data-step="0" data-key="totable">in the table</button>` : '');
}
// A question of one's own is no sample of the run.
export function forgetRow() { if (V.row < 0 && cursor >= 0 && document.activeElement?.id !== 'rows') { cursor = -1; drawRows(); } }
export const runRows = () => data ? [['row', 'id', 'picture', 'question', 'answer', 'category', 'p', 'pathway', 'first layer', 'last layer', 'change_percent', 'flip', 'says'], ...rows.map(r => [r.row, r.id, r.image, r.question, r.answer, category(r), r.p, r.pathway, r.window?.[0] ?? '', r.window?.[1] ?? '', r.change, r.flip, r.says ?? ''])] : [];

let enterRow = () => {};
export function runActions(open) {
  $('sample').addEventListener('click', e => {
    const step = Number(e.target.dataset.step ?? NaN), r = rows[rows.findIndex(x => x.row === V.row) + step];
    if (step === 0) { $('runs').scrollIntoView({block: 'start'}); $('rows')?.focus({preventScroll: true}); } else if (step && r) { enterRow(r.row); show(r.row); }
  });
  const body = $('runsbody'), again = () => { remember(); chosenRows(); drawRuns(); drawSample(); };
  enterRow = row => { const r = data.samples.find(x => x.row === row); cursor = row; V.row = row; drawRows(); if (r && opens()) open(r, data); };
  body.addEventListener('scroll', e => { if (e.target.id === 'rows') scrolled(); }, true);
  body.addEventListener('click', e => {
    const sort = e.target.closest('[data-sort]')?.dataset.sort, row = e.target.closest('[data-row]')?.dataset.row;
    if (sort) { if (V.sort === sort) V.up = V.up ? 0 : 1; else { V.sort = sort; V.up = 1; } again(); }
    if (row !== undefined) enterRow(Number(row));
  });
  body.addEventListener('input', e => { if (e.target.id === 'find') { V.find = e.target.value; again(); } });
  body.addEventListener('change', e => { if (e.target.id === 'cat') { V.cat = e.target.value; again(); } });
  body.addEventListener('keydown', e => {
    if (e.target.id !== 'rows') return;
    const i = rows.findIndex(r => r.row === cursor), to = {ArrowDown: i + 1, ArrowUp: i - 1, PageDown: i + MOST, PageUp: i - MOST, Home: 0, End: rows.length - 1}[e.key];
    if (to !== undefined && rows.length) { cursor = rows[Math.max(0, Math.min(rows.length - 1, to))].row; show(cursor); e.preventDefault(); }
    if (e.key === 'Enter' && i >= 0) { enterRow(cursor); e.preventDefault(); }
  });
  return again;
}

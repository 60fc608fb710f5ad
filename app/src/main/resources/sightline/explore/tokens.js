// The prompt by role. Any of its tokens can be source or target of a cut of one's own.
import { $, heat, heatInk, low, range } from './evidence.js';
import { fill, html, numeral, tokenText, words } from './dom.js';
import { V, numbers, ranges, remember } from './state.js';
import { M, OWN, R, anySweep, answerTokens, leaveSelection, own, values, windowAt } from './known.js';
import { lookFrom, traceOwn } from './asking.js';
import { textAttention } from './attention.js';
import { said } from './pathways.js';
import { depthCells, depthHead } from './depth.js';

const COLOURS = {image: '--p-image', question: '--p-question', choices: '--p-question', answer: '--p-answer', template: '--ink3', instruction: '--off'};
// Runs of one role, in the order of the prompt.
function runs() {
  const all = [];
  for (const t of R.tokens) { if (all.at(-1)?.role === t.role) all.at(-1).tokens.push(t); else all.push({role: t.role, tokens: [t]}); }
  const answer = answerTokens();
  if (answer.length && all.length) all.push({role: 'answer', tokens: answer.map((t, i) => ({n: R.tokens.length + i, text: t.text, role: 'answer', said: true}))});
  return all;
}

// The picture's tokens: one that stands for all of it, or a row of the prompt for each of its parts. These go by one mark.
const pictureRows = () => R.tokens.filter(t => t.role === 'image').map(t => t.n);
const marks = () => runs().map(r => r.role === 'image' && r.tokens.length > 1 ? {role: r.role, tokens: [{...r.tokens[0], all: r.tokens.length}]} : r);
const places = () => marks().flatMap(r => r.tokens).filter(t => !t.said).map(t => t.n);

export function drawTokens() {
  const shown = marks(), src = numbers(V.src), dst = numbers(V.dst), weights = textAttention(), weightOf = t => t.all ? weights.slice(t.n, t.n + t.all).reduce((a, b) => a + b, 0) : weights[t.n];
  const most = weights ? Math.max(...shown.flatMap(r => r.tokens).map(t => weightOf(t) ?? 0)) : 0;
  fill('ntok', R.tokens.length ? `${R.tokens.length} tokens` : '');
  fill('sel', words('set', 'A click', [['src', 'sets the source'], ['dst', 'the target'], ['look', 'shows attention']], V.set));
  const token = t => {
    const faint = t.role === 'template' || t.role === 'instruction', chosen = dst.has(t.n) && !t.said ? 'dst' : src.has(t.n) && !t.said ? 'src' : '';
    const share = weights && !chosen && most > 0 ? (weightOf(t) ?? 0) / most : 0;
    const shade = share > .02 ? `;background:${heat(share * .7)};color:${heatInk(share * .7)}` : '';
    const name = `${t.all ? `tokens ${t.n}–${t.n + t.all - 1}` : `token ${t.n}`}, ${t.role}${weights && weights[t.n] !== undefined ? `, attention ${numeral(weightOf(t))}` : ''}`;
    return t.said ? html`<span class="t" style="--r:var(${COLOURS.answer})" title="${name}">${tokenText(t.text)}</span>`
      : html`<span class="t ${chosen} ${faint ? 'faint' : ''} ${shade ? 'shade' : ''} ${t.n === V.look ? 'look' : ''}" role="button" tabindex="${t.n === R.tokenFocus ? 0 : -1}" data-key="t${t.n}" data-n="${t.n}" aria-pressed="${chosen || t.n === V.look ? 'true' : 'false'}" style="--r:var(${COLOURS[t.role] ?? '--off'})${shade}" title="${name}">${tokenText(t.text)}${t.all ? ` × ${t.all}` : ''}</span>`;
  };
  R.tokenFocus ??= 0;
  if (pictureRows().includes(R.tokenFocus)) R.tokenFocus = pictureRows()[0];
  fill('roles', html`${shown.map(r => html`<dt>${r.role}</dt><dd>${r.tokens.map(token)}</dd>`)}`);
  drawCut(src, dst);
}

const least = v => V.measure === 'flip' ? v > 0 : V.measure === 'log-odds' ? v <= -.1 : v <= -3;

function drawCut(src, dst) {
  if (!R.tokens.length) { fill('cut', html`<span class="dim">Its tokens appear here once a question is asked.</span>`); return; }
  const last = R.tokens.at(-1).n, image = pictureRows();
  const several = n => `${n} ${n === 1 ? 'token' : 'tokens'}`;
  const tokens = (set, whole) => whole && image.length && image.every(n => set.has(n)) ? `the picture${set.size > image.length ? ` and ${several(set.size - image.length)}` : ''}` : set.size === 1 && set.has(last) ? 'the last position' : set.size === 1 ? html`<span class="tok">${tokenText(R.tokens[[...set][0]]?.text ?? '')}</span>` : several(set.size);
  const ends = html`<span class="t src">source</span> ${src.size ? tokens(src, true) : 'none'} <span class="arrow">→</span> <span class="t dst">target</span> ${dst.size ? tokens(dst) : 'none'}`;
  const modes = words('mode', 'Trace', [['cut', 'windows'], ['keep', 'keep only'], ['joint', 'joint cuts']], V.mode), modesMean = 'windows: the curves; keep only: into the last row all is cut but what is named, in all layers, masking zero; joint cuts: pathways cut together, in all layers';
  const ask = own(), s = ask?.sweeps.find(x => x.k === V.k);
  let found = html`<span class="dim">Click tokens, or drag over them; Shift sets the target. ${image.length > 1 ? 'The picture’s tokens go together.' : 'The picture’s token stands for all of it.'}</span>`;
  if (dst.size && !src.size) found = html`<span class="dim">Choose a source too: tokens, or the picture’s ${image.length > 1 ? 'tokens' : 'token'}.</span>`;
  if (src.size && dst.size) found = html`<span class="dim">is being traced</span>`;
  if (s) {
    const mean = values(ask, s), l = low(M.data, OWN, V.k, V.measure === 'flip' ? mean.map(v => -v) : mean);
    found = l < 0 ? 'Nothing can be cut.' : !least(mean[l]) ? html`No window of this selection ${V.measure === 'flip' ? 'changes the answer' : `lowers ${V.measure === 'change' ? 'p by 3 % or more' : 'the log-odds by 0.1 nats or more'}`}.` : html`Cut in ${range(windowAt(l))}: <b>${said(mean[l])}</b>, the most harmful window of this selection.`;
  }
  fill('cut', html`<span>${ends}</span> <span>${found}</span>${src.size || dst.size ? html` <button type="button" class="word" id="clearcut">clear</button>` : ''}<span class="modes" title="${modesMean}">${modes}</span>${whole()}`);
}
// Pathways kept alone, or cut together, in all layers at once.
const NAMED = {'keep(nothing)': 'nothing kept'};
const plainName = id => NAMED[id] ?? id.replace(/^keep\((.*)\)$/, 'only $1').split('+').map(part => part.replace(/_to_/g, '→').replace(/_/g, ' ')).join(' + ');
function whole() {
  if (V.mode === 'cut') return '';
  if (R.whole?.of !== V.mode) return html`<span class="dim block">is being traced</span>`;
  return html`<table class="out">${depthHead(V.mode === 'keep' ? 'Kept into the last row, masking zero' : `Cut together, masking ${R.whole.ask.masking}`, R.whole.ask)}<tbody>${R.whole.ask.whole_depth.map(w => html`<tr><td>${plainName(w.intervention)}</td>${depthCells(R.whole.ask, w, true)}</tr>`)}</tbody></table>`;
}

// From this token the picture is looked at; a second click gives it back to the answer.
export function look(n) {
  V.look = V.look === n ? -1 : n; R.tokenFocus = Math.max(n, 0); V.veil = 'attention'; V.ahead = 'mean';
  remember(); looksAnew();
  $('roles').querySelector(`[data-n="${n}"]`)?.focus({preventScroll: true});
  if (V.look >= 0 && anySweep()) lookFrom();
}
let looksAnew = () => {};

// A click or a drag over tokens; keys as in a list.
export function tokenActions(drawn) {
  looksAnew = drawn;
  const box = $('roles');
  let from = -1, add = true, kind = 'src', before = null;
  const at = e => { const t = document.elementFromPoint(e.clientX, e.clientY)?.closest?.('#roles .t[data-n]'); return t ? Number(t.dataset.n) : -1; };
  const set = (kindOf, start, end, on) => {
    const image = pictureRows(), all = new Set(image), chosen = new Set(before);
    // A drag over text leaves the picture as it is: only a click on its token means all of it.
    for (let n = Math.min(start, end); n <= Math.max(start, end); n++) { if (kindOf === 'src' && all.has(n) && start !== end) continue; for (const m of all.has(n) ? image : [n]) if (on) chosen.add(m); else chosen.delete(m); }
    V[kindOf] = ranges(chosen);
  };
  const begin = (n, shift) => { kind = (V.set === 'dst') !== shift ? 'dst' : 'src'; before = kind === 'dst' && usualTarget ? new Set() : numbers(V[kind]); usualTarget &&= kind === 'src'; add = !before.has(n); };
  box.addEventListener('pointerdown', e => {
    const n = at(e);
    if (n < 0 || e.button) return;
    if (V.set === 'look') { look(n); e.preventDefault(); return; }
    begin(n, e.shiftKey); from = n;
    R.tokenFocus = n; set(kind, n, n, add); drawTokens(); box.querySelector(`[data-n="${n}"]`)?.focus({preventScroll: true}); e.preventDefault();
  });
  addEventListener('pointermove', e => { const n = from < 0 ? -1 : at(e); if (n >= 0) { set(kind, from, n, add); drawTokens(); } });
  addEventListener('pointerup', () => { if (from >= 0) { from = -1; chosenAnew(); } });
  box.addEventListener('keydown', e => {
    const step = {ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10}[e.key];
    if (step) { const all = places(); R.tokenFocus = all[Math.max(0, Math.min(all.length - 1, all.findLastIndex(n => n <= (R.tokenFocus ?? 0)) + step))]; drawTokens(); box.querySelector(`[data-n="${R.tokenFocus}"]`)?.focus(); e.preventDefault(); }
    if (e.key === ' ' || e.key === 'Enter') { const n = R.tokenFocus; if (V.set === 'look') { look(n); e.preventDefault(); return; } begin(n, e.shiftKey); set(kind, n, n, add); drawTokens(); chosenAnew(); e.preventDefault(); }
  });
}
let soon;
// The last position is the target until one is chosen: the first that is takes its place.
let usualTarget = false;
function chosenAnew() {
  if (V.src && !V.dst && anySweep()) { V.dst = `${R.tokens.at(-1).n}`; usualTarget = true; }
  if (V.src && V.dst && V.path !== OWN.id) V.path = OWN.id;
  if (!(V.src && V.dst)) leaveSelection();
  R.own = {};
  remember(); drawTokens();
  clearTimeout(soon); soon = setTimeout(traceOwn, 350); // a hand that chooses several
}

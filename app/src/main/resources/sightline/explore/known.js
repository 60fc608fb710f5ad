// What is known of the question that is shown, and of one held beside it, and what can be read from them without asking again.
import { acts, known, low, win } from './evidence.js';
import { V } from './state.js';

// The server's state; then the answer, results by their use, and where the pointer is.
export const M = {state: null, data: null, paths: []};
export const R = {said: [], text: '', picture: '', curves: {}, inside: null, own: {}, whole: null, box: null, map: null, look: null, silenced: [], tokens: [], layout: null, stale: false, hover: -1, working: '', error: '', took: ''};
export const OWN = {id: 'own', name: 'selection', css: '--accent', dash: [7, 2, 1.5, 2], width: 1.8, mark: 'circle', cross: null};


// A side: its question and settings, and what is known of them. B is the page's own; A, if there is one, is held beside it.
export const HELD = {curves: {}, own: {}, tokens: [], said: [], asked: '', error: ''};
export const LIVE = {letter: 'B', prefix: '', v: V, r: R};
export const BESIDE = {letter: 'A', prefix: 'held', get v() { return V.held; }, r: HELD};
export const sides = () => V.held ? [BESIDE, LIVE] : [LIVE];

export const sweep = (side = LIVE) => side.r.curves[side.v.masking]?.ask ?? null;
export const anySweep = (side = LIVE) => sweep(side) ?? Object.values(side.r.curves)[0]?.ask ?? null;
export const own = (side = LIVE) => side.r.own[side.v.masking]?.ask.sweeps.length ? side.r.own[side.v.masking].ask : null;
// What is cut of the picture alone: the box's tokens, from the rows that a pathway of the picture reaches.
const BOXED = {css: '--accent', width: 1.8};
const BOXES = [{...BOXED, id: 'region_to_last', name: 'box→last', dash: [2, 3], mark: 'rect', like: 'image_to_last'}, {...BOXED, id: 'region_to_question', name: 'box→question', dash: [9, 3], mark: 'triangle', like: 'image_to_question'}];
export const isBox = id => BOXES.some(p => p.id === id);
export const boxIsHere = () => R.box?.of === V.box && R.box.ask.masking === V.masking;
const boxed = side => side === LIVE && V.box && boxIsHere() ? R.box : null;
const boxPaths = side => !boxed(side) ? [] : BOXES.filter(p => boxed(side).ask.sweeps.some(s => s.pathway === p.id)).map(p => ({...p, cross: M.paths.find(q => q.id === p.like)?.cross ?? null}));
export const shownPaths = (side = LIVE) => [...M.paths, ...(own(side) ? [OWN] : []), ...boxPaths(side)];
export const pathOf = (id, side = LIVE) => shownPaths(side).find(p => p.id === id) ?? M.paths[0];
export const resultOf = (id, side = LIVE) => (id === OWN.id ? side.r.own : isBox(id) ? {[side.v.masking]: boxed(side)} : side.r.curves)[side.v.masking] ?? null;
export const cutAsk = (id, side = LIVE) => id === OWN.id ? own(side) : resultOf(id, side)?.ask ?? null;
const cutsOf = (id, side) => (cutAsk(id, side)?.sweeps ?? []).filter(s => id === OWN.id || s.pathway === id);
export const sweepOf = (id, side = LIVE) => cutsOf(id, side).find(s => s.k === side.v.k);
export const tokenIndex = (side = LIVE) => side.v.tok === 'all' ? -1 : Number(side.v.tok);

const finite = v => known(v) && Number.isFinite(v) ? v : null;
// One curve by layer, in the measure that is chosen.
export function values(ask, s, side = LIVE) {
  const t = Math.min(tokenIndex(side), ask.answer_tokens.length - 1), base = ask.baseline;
  if (V.measure === 'flip') return t < 0 ? s.answer_measures.map(m => m.flip ? 100 : 0) : s.measures.top[t].map(id => id === ask.answer_tokens[t] ? 0 : 100);
  if (V.measure === 'log-odds') {
    const from = t < 0 ? base.answer_measures.log_odds : base.measures.log_odds[t], to = t < 0 ? s.answer_measures.map(m => m.log_odds) : s.measures.log_odds[t];
    return to.map(v => finite(v) === null || finite(from) === null ? 0 : v - from);
  }
  const from = t < 0 ? base.probability : base.token_probability[t], to = t < 0 ? s.probability : s.token_probability[t];
  return to.map(v => from > 0 ? (v / from - 1) * 100 : 0);
}
export function series(side = LIVE) {
  const all = {}, every = [...Array(M.data.layers).keys()];
  for (const p of shownPaths(side)) {
    const s = sweepOf(p.id, side);
    if (s) all[p.id] = {mean: values(cutAsk(p.id, side), s, side), low: [], high: [], significant: every, n: 1};
  }
  return all;
}
// Of the pathways from the picture the one whose strongest window takes most of the answer's probability, as in a run's row.
export function strongest() {
  const lowest = p => { const s = sweepOf(p.id); return s ? Math.min(...s.probability.filter((_, l) => cuttable(p.id, l))) : Infinity; };
  return !sweep() ? '' : [...M.paths].filter(p => p.id.startsWith('image_to_')).sort((a, b) => lowest(a) - lowest(b))[0]?.id ?? M.paths[0].id;
}
export const leaveSelection = () => { if (V.path === OWN.id) V.path = strongest(); };
export const leaveBox = () => { if (isBox(V.path)) V.path = strongest(); };
// The layer that is looked at: under the pointer, locked, or the chosen pathway's lowest.
export function layerAt() {
  if (V.layer >= 0 && V.layer < M.data.layers) return V.layer;
  if (R.hover >= 0) return R.hover;
  const s = sweepOf(V.path);
  if (!s) return M.data.cross[0] ?? 0;
  const mean = values(cutAsk(V.path), s);
  return Math.max(0, low(M.data, pathOf(V.path), V.k, V.measure === 'flip' ? mean.map(v => -v) : mean));
}
export const windowAt = (layer, side = LIVE) => win(M.data, layer, side.v.k);
export const cuttable = (id, layer, side = LIVE) => acts(M.data, pathOf(id, side), layer, side.v.k);

// The likeliest tokens with nothing cut: those of a window that cannot act.
export function topUncut(t, side = LIVE) {
  const ask = anySweep(side);
  for (const s of ask?.sweeps ?? []) {
    const p = M.paths.find(q => q.id === s.pathway);
    if (!s.top || !p) continue;
    for (let l = 0; l < M.data.layers; l++) if (!acts(M.data, p, l, s.k)) return tops(ask, s, t, l);
  }
  return side.r.said[t]?.top ?? [];
}
export const tops = (ask, s, t, l) => (s?.top?.token[t]?.[l] ?? []).map((id, i) => ({id, text: ask.words?.[id] ?? `#${id}`, p: s.top.p[t][l][i]}));
export const answerTokens = (side = LIVE) => {
  const ask = anySweep(side);
  return ask ? ask.answer_tokens.map((id, t) => ({id, text: wordOf(ask, id, t, side), p: ask.baseline.token_probability[t]})) : side.r.said.map(s => ({id: s.id, text: s.text, p: s.p}));
};
const wordOf = (ask, id, t, side) => ask.words?.[id] ?? side.r.said[t]?.text ?? (ask.answer_tokens.length === 1 ? ask.answer : `#${id}`);

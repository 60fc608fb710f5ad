// What is known of the question that is shown, and what can be read from it without asking again.
import { acts, known, low, win } from './evidence.js';
import { V } from './state.js';

// The server's state; then the answer, results by their use, and where the pointer is.
export const M = {state: null, data: null, paths: []};
export const R = {said: [], text: '', picture: '', curves: {}, inside: null, own: {}, whole: null, box: null, map: null, look: null, held: null, tokens: [], layout: null, stale: false, hover: -1, working: '', error: '', took: ''};
export const OWN = {id: 'own', name: 'selection', css: '--accent', dash: [7, 2, 1.5, 2], width: 1.8, mark: 'circle', cross: null};

export const sweep = () => R.curves[V.masking]?.ask ?? null;
export const anySweep = () => sweep() ?? Object.values(R.curves)[0]?.ask ?? null;
export const own = () => R.own[V.masking]?.ask.sweeps.length ? R.own[V.masking].ask : null;
export const shownPaths = () => [...M.paths, ...(own() ? [OWN] : [])];
export const pathOf = id => shownPaths().find(p => p.id === id) ?? M.paths[0];
const cutsOf = id => id === OWN.id ? (own()?.sweeps ?? []) : (sweep()?.sweeps ?? []).filter(s => s.pathway === id);
export const sweepOf = (id, k = V.k) => cutsOf(id).find(s => s.k === k);
export const tokenIndex = () => V.tok === 'all' ? -1 : Number(V.tok);

const finite = v => known(v) && Number.isFinite(v) ? v : null;
// One curve by layer, in the measure that is chosen.
export function values(ask, s) {
  const t = Math.min(tokenIndex(), ask.answer_tokens.length - 1), base = ask.baseline;
  if (V.measure === 'flip') return t < 0 ? s.answer_measures.map(m => m.flip ? 100 : 0) : s.measures.top[t].map(id => id === ask.answer_tokens[t] ? 0 : 100);
  if (V.measure === 'log-odds') {
    const from = t < 0 ? base.answer_measures.log_odds : base.measures.log_odds[t], to = t < 0 ? s.answer_measures.map(m => m.log_odds) : s.measures.log_odds[t];
    return to.map(v => finite(v) === null || finite(from) === null ? 0 : v - from);
  }
  const from = t < 0 ? base.probability : base.token_probability[t], to = t < 0 ? s.probability : s.token_probability[t];
  return to.map(v => from > 0 ? (v / from - 1) * 100 : 0);
}
export function series() {
  const all = {}, every = [...Array(M.data.layers).keys()];
  for (const p of shownPaths()) {
    const s = sweepOf(p.id), ask = p === OWN ? own() : sweep();
    if (s) all[p.id] = {mean: values(ask, s), low: [], high: [], significant: every, n: 1};
  }
  return all;
}
// The layer that is looked at: under the pointer, locked, or the chosen pathway's lowest.
export function layerAt() {
  if (V.layer >= 0 && V.layer < M.data.layers) return V.layer;
  if (R.hover >= 0) return R.hover;
  const s = sweepOf(V.path), ask = V.path === OWN.id ? own() : sweep();
  if (!s) return M.data.cross[0] ?? 0;
  const mean = values(ask, s);
  return Math.max(0, low(M.data, pathOf(V.path), V.k, V.measure === 'flip' ? mean.map(v => -v) : mean));
}
export const windowAt = layer => win(M.data, layer, V.k);
export const cuttable = (id, layer) => acts(M.data, pathOf(id), layer, V.k);

// The likeliest tokens with nothing cut: those of a window that cannot act.
export function topUncut(t) {
  const ask = anySweep();
  for (const s of ask?.sweeps ?? []) {
    const p = M.paths.find(q => q.id === s.pathway);
    if (!s.top || !p) continue;
    for (let l = 0; l < M.data.layers; l++) if (!acts(M.data, p, l, s.k)) return tops(ask, s, t, l);
  }
  return R.said[t]?.top ?? [];
}
export const tops = (ask, s, t, l) => (s?.top?.token[t]?.[l] ?? []).map((id, i) => ({id, text: ask.words?.[id] ?? `#${id}`, p: s.top.p[t][l][i]}));
export const answerTokens = () => {
  const ask = anySweep();
  return ask ? ask.answer_tokens.map((id, t) => ({id, text: wordOf(ask, id, t), p: ask.baseline.token_probability[t]})) : R.said.map(s => ({id: s.id, text: s.text, p: s.p}));
};
const wordOf = (ask, id, t) => ask.words?.[id] ?? R.said[t]?.text ?? (ask.answer_tokens.length === 1 ? ask.answer : `#${id}`);

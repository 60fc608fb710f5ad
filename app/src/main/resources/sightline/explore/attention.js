// Attention of the row that an answer token is read out at: over the picture, or over the text.
import { V } from './state.js';
import { M, R } from './known.js';
import { attentionOf } from './server.js';

// Layers that read the picture: where none reads it beside the text, it is among the text's rows, in all layers.
export const lookers = () => !M.data ? [] : M.data.cross.length ? M.data.cross : [...Array(M.data.layers).keys()];
const reads = l => lookers().includes(l);
// The weights over the picture's tokens.
function onPicture(weights) {
  if (!weights || M.data.cross.length) return weights;
  const first = R.tokens?.findIndex(t => t.role === 'image') ?? -1;
  return first < 0 || !R.layout ? null : weights.slice(first, first + R.layout.tokens);
}
// The chosen layer; else the locked one, if it reads the picture; else the one that looks most.
const locked = () => !!M.data && V.layer >= 0 && reads(V.layer);
export const lookedLayer = () => V.alayer !== '' ? V.alayer : locked() ? `${V.layer}` : `${looksMost()}`;
export const whyLayer = () => V.alayer !== '' ? '' : locked() ? `Layer ${V.layer} is locked. ` : `Layer ${looksMost()} looks most. `;
// The head that is chosen by its layer and number.
export const chosenHead = () => V.ahead === 'mean' || V.look >= 0 || !M.data || lookedLayer() === 'mean' ? null : [Number(lookedLayer()), Number(V.ahead)];
// What silencing a set of heads at all rows leaves, once that is asked.
export const silencedAt = set => R.silenced.flatMap(r => r.ask.whole_depth).find(w => w.intervention === `heads_in_all_rows(${set})`) ?? null;
// The layer that looks at the picture most, of those that can.
function looksMost() {
  const all = lookers(), patches = R.layout?.number.flat();
  if (!R.inside || !patches) return all[all.length >> 1] ?? 0;
  const share = l => { const mean = onPicture(meanOf(l)); return patches.reduce((s, n) => s + (mean?.[n] ?? 0), 0); };
  return all.reduce((best, l) => share(l) > share(best) ? l : best, all[0] ?? 0);
}
const lookedToken = () => R.inside ? Math.min(V.atok, R.inside.ask.answer_tokens.length - 1) : 0;
const heads = (layer, token = lookedToken()) => R.inside ? R.attention?.[`${R.inside.key} ${token} ${layer}`] : null;
const meanOf = layer => R.inside?.ask.inside.attention.find(a => a.layer === layer && a.answer_token === lookedToken())?.mean;
// Means over heads of the prompt token that is looked from, once they are there.
const rowMean = layer => R.look?.of === V.look ? R.look.ask.inside.attention_rows?.find(a => a.layer === layer)?.mean ?? null : null;
function one(layer) {
  if (V.look >= 0) return rowMean(layer);
  if (V.ahead === 'mean') return meanOf(layer) ?? null;
  return heads(layer)?.[Number(V.ahead)] ?? null;
}
// Weights over vision tokens, or null where there are none.
export function imageAttention() {
  if (!R.inside) return null;
  const layer = lookedLayer();
  if (layer !== 'mean') return reads(Number(layer)) ? onPicture(one(Number(layer))) : null;
  const all = lookers().map(l => onPicture(one(l)));
  return all.some(a => !a) ? null : all[0].map((_, i) => all.reduce((sum, a) => sum + a[i], 0) / all.length);
}
// Of these weights, the largest on a patch and what lies on tokens that show no part of the picture.
export const sharesOf = values => { const all = values.flat(); return {most: Math.max(...all), without: Math.max(0, 1 - all.reduce((a, b) => a + b, 0))}; };
export const share = v => v < .0005 ? '0\u00a0%' : `${(100 * v) < 9.95 ? (100 * v).toFixed(1) : (100 * v).toFixed(0)}\u00a0%`;
export const without = () => M.data.cross.length ? 'on tokens without picture (class tokens, padding)' : 'on words';
// Weights over rows of prompt and answer.
export function textAttention() {
  const layer = lookedLayer();
  return R.inside && V.veil === 'attention' && layer !== 'mean' && !M.data.cross.includes(Number(layer)) ? one(Number(layer)) : null;
}
// Fetches what the chosen view needs and does not have yet.
export async function wantAttention(redraw, layers = null) {
  if (!R.inside) return;
  const chosen = lookedLayer(), of = layers ?? (V.ahead === 'mean' ? [] : chosen === 'mean' ? lookers() : [Number(chosen)]), mine = R.inside, token = lookedToken();
  const missing = of.filter(l => !heads(l));
  if (!missing.length) return;
  const got = await Promise.all(missing.map(l => attentionOf(mine.key, token, l).catch(() => null)));
  R.attention ??= {};
  got.forEach((g, i) => { if (g) R.attention[`${mine.key} ${token} ${missing[i]}`] = g.heads; });
  if (R.inside === mine && got.some(Boolean)) redraw();
}
// Heads that read the picture, by the share of attention in the box, or in their strongest patch.
export function mostAttended(inBox) {
  const all = [], patches = R.layout?.number.flat() ?? [];
  for (const l of lookers()) (heads(l) ?? []).map(onPicture).filter(Boolean).forEach((w, h) => all.push({layer: l, head: h, share: inBox ? inBox.reduce((s, n) => s + (w[n] ?? 0), 0) : Math.max(...patches.map(n => w[n] ?? 0))}));
  return all.sort((a, b) => b.share - a.share);
}

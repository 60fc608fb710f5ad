// What the server is asked, in `ask`'s own options, and curves that are kept.
import { V, numbers, ranges, sideOf } from './state.js';
import { M, R } from './known.js';
import { ask } from './server.js';

export const wording = (v = V) => ({picture: v.p, question: v.q, prompt: v.prompt, ...(v.choice.length ? {choice: v.choice} : {})});
export const question = (v = V) => ({...wording(v), ...(v.tokens ? {'answer-tokens': v.tokens} : {}), ...(v.temperature ? {temperature: v.temperature} : {}), ...(v.ends ? {'flip-end': true} : {}), ...(M.state.rows.length ? {rows: v.rows} : {})});
// The question that was answered, not one that is being typed, under the settings that are shown.
export const present = () => ({...sideOf(V), ...R.asked});
const sizes = () => M.state.sizes.join(',');
const curvesBody = (masking, v) => ({...question(v), ...M.state.stages.curves, masking});
export const insideBody = () => ({...question(present()), ...M.state.stages.inside});
const NONE = 'full_attention';
// What is asked beside the question: without its pathways.
export const besideBody = (more, v = present()) => ({...question(v), pathways: NONE, k: '1', ...more});
export const boxBody = () => besideBody({k: sizes(), masking: V.masking, top: '5', region: [V.box], occlude: true});
// A cut of one's own, of a side.
export function cutBody({v, r}) {
  const image = new Set(r.tokens.filter(t => t.role === 'image').map(t => t.n)), last = r.tokens.at(-1)?.n, src = numbers(v.src);
  const text = ranges([...src].filter(n => !image.has(n))), cut = `${[[...src].some(n => image.has(n)) ? 'image' : '', text].filter(Boolean).join(',')}:${v.dst === `${last}` ? 'last' : v.dst}`;
  return besideBody({k: sizes(), masking: v.masking, top: '5', cut: [cut]}, v === V ? present() : v);
}
// Curves of this question and of the held one, by masking and rows: a switch back to them asks nothing.
const kept = new Map();
export const sameBut = (a, b) => butRows(a) === butRows(b);
const butRows = v => JSON.stringify(question({...v, rows: ''}));
const nameOfCurves = (masking, v) => JSON.stringify(curvesBody(masking, v));
export const keptCurves = (masking, v = V) => kept.get(nameOfCurves(masking, v))?.result;
export async function sweptCurves(masking, v, signal, on) {
  const name = nameOfCurves(masking, v), of = butRows(v);
  if (!kept.has(name)) kept.set(name, {of, result: await ask(curvesBody(masking, v), signal, on)});
  return kept.get(name).result;
}
// All that is kept of a side: a switch to it needs no server.
export const keptOf = v => [...kept.values()].filter(one => one.of === butRows(v)).map(one => one.result);
export function forgetOthers() {
  const wanted = [V, V.held].filter(Boolean).map(butRows);
  for (const [name, {of}] of kept) if (!wanted.includes(of)) kept.delete(name);
}

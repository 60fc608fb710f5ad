// What a cut of all layers leaves of the answer, in the cells of a table: of the box, and of pathways kept alone or cut together.
import { fmt, nats } from './evidence.js';
import { html, tokenWord } from './dom.js';
import { V } from './state.js';

const inOdds = () => V.measure === 'log-odds';
export const lossHead = () => inOdds() ? 'log-odds, nats' : 'change, %';
export const loss = (ask, w) => inOdds() ? nats(w.answer_measures.log_odds - ask.baseline.answer_measures.log_odds) : fmt((w.probability / ask.baseline.probability - 1) * 100);
// What is said in the place of the answer, up to the first token that differs; nothing where it stays.
export function instead(ask, {answer_measures: m, top}) {
  const left = top.findIndex((id, t) => id !== ask.answer_tokens[t]);
  return left < 0 ? m.flip ? `${ask.answer} …` : '' : top.slice(0, left + 1).map(id => ask.words?.[id] ?? `#${id}`).join('').trim() || '␣';
}
export function insteadCell(ask, w) {
  const other = instead(ask, w);
  return other ? html`<td class="other" title="What it says instead, up to the first token that differs: ${other}"><span class="tok">${tokenWord(other)}</span></td>` : html`<td title="Each of the answer’s tokens stays the likeliest"><span class="dim">same</span></td>`;
}

// What a cut of all layers leaves of the answer, in the cells of a table: of the box, and of pathways kept alone or cut together.
import { fmt, nats } from './evidence.js';
import { html, numeral, tokenWord } from './dom.js';
import { V } from './state.js';

const inOdds = () => V.measure === 'log-odds';
// p there, what it is of the uncut answer, and what is said instead.
export const depthHead = (title, ask) => html`<thead><tr><th>${title}</th><th class="num">p${ask ? `, uncut ${numeral(ask.baseline.probability)}` : ''}</th><th class="num">${inOdds() ? 'log-odds, nats' : 'change, %'}</th><th>says instead</th></tr></thead>`;
const loss = (ask, w) => inOdds() ? nats(w.answer_measures.log_odds - ask.baseline.answer_measures.log_odds) : fmt((w.probability / ask.baseline.probability - 1) * 100);
export const depthCells = (ask, w, strong) => html`<td class="num">${numeral(w.probability)}</td><td class="num">${strong ? html`<b>${loss(ask, w)}</b>` : loss(ask, w)}</td>${insteadCell(ask, w)}`;
// What is said in the place of the answer; where only its first token that differs is known, up to that. Nothing where it stays.
function instead(ask, {answer_measures: m, top, text, finished}) {
  if (text !== undefined) return `${text.trim() || '␣'}${finished ? '' : '…'}`;
  const left = top.findIndex((id, t) => id !== ask.answer_tokens[t]);
  return left < 0 ? m.flip ? `${ask.answer}…` : '' : `${top.slice(0, left + 1).map(id => ask.words?.[id] ?? `#${id}`).join('').trim() || '␣'}…`;
}
function insteadCell(ask, w) {
  if (ask.baseline.answer_measures.flip) return html`<td class="dim" title="The model says something else with nothing cut, too">–</td>`;
  const other = instead(ask, w);
  return other ? html`<td class="other" title="${other}"><span class="tok">${tokenWord(other)}</span></td>` : html`<td title="Each of the answer’s tokens stays the likeliest"><span class="dim">same</span></td>`;
}

// The answer, its tokens as they come, and what else might have been said.
import { $, nats } from './evidence.js';
import { fill, html, numeral, third, tokenText } from './dom.js';
import { R, answerTokens, anySweep, topUncut } from './known.js';

const ORDER = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];
const MOST_TOKENS = 4;

function bars(token, t, rows) {
  const most = Math.max(...rows.map(r => r.p), 1e-9);
  return html`<div class="top5"><span class="dim head">${ORDER[t] ?? `${t + 1}th`} token</span>${[0, 1, 2, 3, 4].map(i => {
    const r = rows[i], me = r && r.id !== undefined ? r.id === token.id : r && r.text === token.text;
    return r ? html`<code class="${me ? 'me' : ''}">${tokenText(r.text)}</code><span class="track"><u class="${me ? 'me' : ''}" style="width:${(r.p / Math.max(1, most) * 100).toFixed(1)}%"></u></span><span class="num ${me ? 'me' : 'dim'}">${third(r.p)}</span>` : html`<code>&nbsp;</code><span></span><span></span>`;
  })}</div>`;
}

export function drawAnswer() {
  // While it is being said, tokens are those that have come; the last answer stays, faded, until the first of them.
  const coming = R.stale && R.said.length, ask = coming ? null : anySweep();
  const tokens = coming ? R.said.map(s => ({id: s.id, text: s.text, p: s.p})) : answerTokens();
  $('answer').classList.toggle('old', R.stale && !R.said.length);
  if (!tokens.length) { fill('ans', html`<p class="dim empty">No answer yet. Choose a picture, type a question and press Enter.</p>`); return; }
  const text = ask ? ask.answer : tokens.map(t => t.text).join('');
  const p = ask ? ask.baseline.probability : tokens.reduce((all, t) => all * t.p, 1), m = ask?.baseline.answer_measures;
  const mean = ask ? ask.baseline.token_probability.reduce((a, b) => a * b, 1) ** (1 / tokens.length) : p ** (1 / tokens.length);
  const rival = (coming ? R.said[0]?.top ?? [] : topUncut(0)).find(r => r.id === undefined ? r.text !== tokens[0].text : r.id !== tokens[0].id);
  fill('ans', html`<div class="said"><div class="big">${text || '␣'}</div>
   <div>p = ${numeral(p)}${ask ? html` <span class="dim" title="Of answering; the lens reads at 1">at temperature ${ask.temperature}</span>` : ''}</div>
   ${tokens.length > 1 ? html`<div class="dim">product of ${tokens.length} tokens, length-normalised ${numeral(mean)}</div>` : ''}
   <div class="dim">${m ? html`<span title="Of the whole answer, at temperature 1">log-odds ${nats(m.log_odds)} at 1, rank ${m.rank}</span>` : '\u00a0'}</div>
   <div class="dim">${rival ? html`runner-up <span class="tok ink">${tokenText(rival.text)}</span> ${numeral(rival.p)}` : '\u00a0'}</div></div>
   ${tokens.slice(0, MOST_TOKENS).map((t, i) => bars(t, i, coming ? R.said[i]?.top ?? [] : topUncut(i)))}${tokens.length > MOST_TOKENS ? html`<p class="dim">and ${tokens.length - MOST_TOKENS} more tokens</p>` : ''}`);
}

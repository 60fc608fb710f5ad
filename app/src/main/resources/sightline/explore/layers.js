// The lens: what each layer's stream would say, and what the layers that read the picture add.
import { $ } from './evidence.js';
import { fill, html, numeral, third, tokenText } from './dom.js';
import { R, answerTokens, layerAt, tokenIndex } from './known.js';
import { NEXT } from './server.js';

export function drawLens() {
  const ask = R.inside?.ask, t = Math.max(0, Math.min(tokenIndex(), (ask?.answer_tokens.length ?? 1) - 1));
  if (!ask?.inside?.lens) { fill('lenstable', ''); fill('lensnote', R.working ? '' : html`<span class="dim">${Object.keys(R.curves).length ? `The lens ${NEXT}` : ''}</span>`); return; }
  const token = ask.answer_tokens[t], at = layerAt(), gates = new Map((ask.inside.gates ?? []).map(g => [g.layer, g]));
  fill('lensnote', html`What the read-out would say behind each layer; p at temperature 1. <i>Rank</i>: of <span class="tok ink">${tokenText(answerTokens()[t]?.text ?? ask.answer)}</span>.${gates.size ? html` <i>Gate</i>: tanh of the attention’s gate. <i>Adds</i>: size of what attention to the picture adds, relative to the stream.` : ''}`);
  fill('lenstable', html`<thead><tr><th class="num">Layer</th><th class="num">Rank</th><th class="num">p</th>${[1, 2, 3, 4, 5].map(n => html`<th class="${n > 3 ? 'wide' : ''}">${n === 1 ? 'Likeliest' : n}</th>`)}${gates.size ? html`<th class="num">Gate</th><th class="num">Adds</th>` : ''}</tr></thead><tbody>${ask.inside.lens[t].map(stage => {
    const gate = gates.get(stage.layer);
    return html`<tr data-layer="${stage.layer}" class="${stage.layer === at ? 'on' : ''} ${gate ? 'x' : ''}"><td class="num">${stage.layer < 0 ? 'input' : stage.layer}</td><td class="num">${stage.rank === 1 ? html`<b>1</b>` : stage.rank.toLocaleString('en-US')}</td><td class="num">${third(Math.exp(stage.log_p))}</td>${stage.top.map((r, i) => html`<td class="${i > 2 ? 'wide' : ''} ${r.token === token ? 'me' : ''}"><span class="tok">${tokenText(r.text)}</span> <span class="dim">${numeral(r.p)}</span></td>`)}${gates.size ? html`<td class="num">${gate ? gate.attention_gate.toFixed(2).replace('-', '−') : ''}</td><td class="num">${gate ? numeral(gate.attention[t]) : ''}</td>` : ''}</tr>`;
  })}</tbody>`);
}
export const underLens = () => [...$('lenstable').querySelectorAll('tr[data-layer]')].forEach(r => r.classList.toggle('on', Number(r.dataset.layer) === layerAt()));
export const lensRows = () => {
  const ask = R.inside?.ask, t = Math.max(0, Math.min(tokenIndex(), (ask?.answer_tokens.length ?? 1) - 1));
  return ask ? [['layer', 'rank', 'p', ...[1, 2, 3, 4, 5].flatMap(n => [`token ${n}`, `p ${n}`])], ...ask.inside.lens[t].map(s => [s.layer < 0 ? 'input' : s.layer, s.rank, Math.exp(s.log_p), ...s.top.flatMap(r => [r.text, r.p])])] : [];
};

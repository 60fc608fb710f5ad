// What it would have said: the likeliest tokens before and after a cut, and, of a locked window, the words that follow.
import { range, span } from './evidence.js';
import { html, numeral, put, tokenWord } from './dom.js';
import { V } from './state.js';
import { OWN, R, answerTokens, cutAsk, cuttable, isBox, layerAt, pathOf, resultOf, shownPaths, sides, sweepOf, tokenIndex, topUncut, tops, windowAt } from './known.js';
import { follow } from './asking.js';
import { at } from './sides.js';

const y = i => 14 + i * 27;

export const drawSays = () => sides().forEach(drawSide);
function drawSide(side) {
  const ask = cutAsk(V.path, side), s = sweepOf(V.path, side), l = layerAt(), t = Math.max(0, tokenIndex(side)), show = (name, markup) => put(at(side, name), markup);
  show('sayspick', html`${shownPaths(side).map(p => html`<button type="button" class="${p.id === V.path ? 'on' : ''}" data-path="${p.id}" data-key="path-${p.id}" aria-pressed="${p.id === V.path}">${p.name}</button>`)}`);
  if (!ask || !s?.top) { ['sayswhat', 'slope', 'words'].forEach(name => show(name, '')); if (ask === null && (V.path === OWN.id || isBox(V.path)) && sides().length > 1) show('words', html`<span class="dim">No ${isBox(V.path) ? 'box' : 'selection'} on this side. Choose another pathway.</span>`); return; }
  const token = answerTokens(side)[t], name = ['first', 'second', 'third'][t] ?? `${t + 1}th`, window = windowAt(l, side);
  show('sayswhat', `${name} token, ${span(window)} cut`);
  const before = topUncut(t, side), acts = cuttable(V.path, l, side), after = acts ? tops(ask, s, t, l) : [];
  show('slope', slope(before, after, token, pathOf(V.path, side)));
  at(side, 'slope').setAttribute('aria-label', `Before: ${before.map(x => `${x.text} ${numeral(x.p)}`).join(', ')}. After: ${after.map(x => `${x.text} ${numeral(x.p)}`).join(', ') || 'cannot act'}.`);
  drawWords(side, ask, l, acts);
}

function slope(before, after, token, path) {
  const line = (x1, y1, x2, y2, mine) => html`<line x1="${x1}" y1="${y1 - 4}" x2="${x2}" y2="${y2 - 4}" stroke="${mine ? `var(${path.css})` : 'var(--off)'}" stroke-width="${mine ? 2.2 : 1.2}"/>`;
  const word = (x, i, row, end, other) => html`<text x="${x}" y="${y(i)}" font-size="12" class="tok" text-anchor="${end ? 'end' : 'start'}" fill="var(--ink)" font-weight="${row.id === token?.id ? 700 : 400}">${short(row.text)}</text><text x="${other}" y="${y(i)}" font-size="12" fill="var(--ink2)" text-anchor="${end ? 'start' : 'end'}">${numeral(row.p)}</text>`;
  const place = (rows, id) => rows.findIndex(r => r.id === id);
  if (!after.length) return html`${before.map((r, i) => word(0, i, r, false, 134))}<text x="260" y="${y(0)}" font-size="12" fill="var(--ink2)">cannot act here</text>`;
  return html`${before.map((r, i) => { const j = place(after, r.id); return j < 0 ? line(142, y(i), 160, y(i) + 6, r.id === token?.id) : line(142, y(i), 242, y(j), r.id === token?.id); })}${after.map((r, j) => place(before, r.id) < 0 ? line(226, y(j) + 6, 242, y(j), r.id === token?.id) : '')}${before.map((r, i) => word(0, i, r, false, 134))}${after.map((r, j) => word(384, j, r, true, 250))}`;
}
const short = text => { const t = tokenWord(text); return [...t].length > 12 ? [...t].slice(0, 11).join('') + '…' : t; };

const wanted = new Map(); // by side
async function drawWords(side, ask, l, acts) {
  const show = markup => put(at(side, 'words'), markup);
  if (V.layer < 0 || !acts || R.stale) { wanted.delete(side); show(V.layer >= 0 && !acts ? 'No layer of this window can be cut by this pathway.' : html`<span class="dim">Locked, a layer also tells the words that follow.</span>`); return; }
  const result = resultOf(V.path, side), s = sweepOf(V.path, side), cut = `${pathOf(V.path, side).name} cut in ${range(windowAt(l, side))}`, mine = `${result.key} ${s.pathway} ${side.v.k} ${l}`;
  if (wanted.get(side) === mine) return;
  wanted.set(side, mine);
  show(html`<span class="dim">asking for the words that follow…</span>`);
  try {
    const said = await follow(side, result, s.pathway, l);
    if (wanted.get(side) === mine) show(said.same ?? said.text === ask.answer ? html`With ${cut} it still says <span class="tok ink">${said.text}</span>.` : html`With ${cut} it says <b class="tok ink">${said.text}</b>${said.finished ? '' : '…'} instead of <span class="tok ink">${ask.answer}</span>.`);
  } catch (e) {
    if (wanted.get(side) === mine && e.name !== 'AbortError') { wanted.delete(side); show(e.message); }
  }
}

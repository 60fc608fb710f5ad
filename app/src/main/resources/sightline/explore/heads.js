// Heads: what each one's silence costs, under the layers of the curves; those looked with most, and those needed most.
import { $, fmt, heat, heatInk, nats, ticks } from './evidence.js';
import { fill, html } from './dom.js';
import { V, remember } from './state.js';
import { M, R, layerAt } from './known.js';
import { P } from './pathways.js';
import { mostAttended, wantAttention, lookers } from './attention.js';
import { boxTokens } from './box.js';

const HEIGHT = 18, RANKS = 5;
const losses = () => R.inside?.ask.heads?.log_odds_loss ?? null;
const dropOf = (l, h) => (R.inside.ask.heads.probability[l][h] / R.inside.ask.baseline.probability - 1) * 100;
const chosenHead = () => V.ahead === 'mean' || V.alayer === 'mean' ? null : [Number(V.alayer || -1), Number(V.ahead)];

export function drawHeads() {
  const all = losses(), svg = $('headgrid');
  if (!all) { fill('headgrid', ''); svg.setAttribute('height', 20); fill('headnote', ''); drawRanks(); return; }
  const W = svg.clientWidth, left = P?.left ?? 52, right = P?.right ?? 138, L = M.data.layers, n = all[0].length, wide = (W - left - right) / L, tall = n > 12 ? 9 : HEIGHT, most = Math.max(...all.flat(), 1e-9), chosen = chosenHead();
  svg.setAttribute('height', n * tall + 24);
  svg.setAttribute('viewBox', `0 0 ${W} ${n * tall + 24}`);
  const cells = [];
  for (let h = 0; h < n; h++) {
    if (n <= 12 || h % 4 === 0) cells.push(html`<text x="${left - 8}" y="${h * tall + tall / 2 + 4}" font-size="11" text-anchor="end" fill="var(--ink2)">${h || innerWidth <= 640 ? h : `head ${h}`}</text>`);
    for (let l = 0; l < L; l++) {
      const v = all[l][h], share = Math.max(0, v / most) ** .8, on = chosen && chosen[0] === l && chosen[1] === h;
      cells.push(html`<rect x="${(left + l * wide + .5).toFixed(1)}" y="${h * tall + .5}" width="${(wide - 1).toFixed(1)}" height="${tall - 1}" fill="${heat(share)}" data-l="${l}" data-h="${h}" class="${on ? 'on' : ''}"><title>layer ${l}, head ${h}: log-odds ${nats(-v)} nats, p ${fmt(dropOf(l, h))} %</title></rect>`);
      if (wide > 26 && tall >= HEIGHT && v >= .05 && share > .15) cells.push(html`<text x="${left + (l + .5) * wide}" y="${h * tall + 13}" font-size="11" text-anchor="middle" fill="${heatInk(share)}" pointer-events="none">${fmt(-v)}</text>`);
    }
  }
  for (const l of ticks(M.data, W - left - right)) cells.push(html`<text x="${left + (l + .5) * wide}" y="${n * tall + 17}" font-size="11" text-anchor="middle" fill="var(--ink2)">${l}</text>`);
  for (const l of M.data.cross) cells.push(html`<path d="M${left + l * wide + 1} ${n * tall + 2.5}h${wide - 2}" stroke="var(--ink2)" stroke-width="2"/>`);
  const l = layerAt();
  cells.push(html`<rect x="${left + l * wide}" y="0" width="${wide}" height="${n * tall}" class="column"/>`, html`<text x="${W - right + 8}" y="${n * tall + 17}" font-size="11" fill="var(--ink2)">layer</text>`);
  if (right > 100) { const [a, b] = ranked()[0]; cells.push(html`<text x="${W - right + 8}" y="13" font-size="12" fill="var(--ink2)">most: layer ${a},</text><text x="${W - right + 8}" y="29" font-size="12" fill="var(--ink2)">head ${b} (${nats(-all[a][b])})</text>`); }
  fill('headgrid', html`${cells}`);
  fill('headnote', chosen && chosen[0] >= 0 ? html`Layer ${chosen[0]}, head ${chosen[1]}: silenced at the last row it changes the log-odds by <b>${nats(-all[chosen[0]][chosen[1]])}</b> nats and p by <b>${fmt(dropOf(...chosen))} %</b>; ${M.data.cross.includes(chosen[0]) ? 'its attention is over the picture.' : 'it reads text: its attention is marked in the prompt.'} <button type="button" class="word" id="allheads">mean of heads</button>` : html`<span class="dim">A click on a head shows where it looks.</span>`);
  drawRanks();
}
const ranked = () => losses().flatMap((row, l) => row.map((v, h) => [l, h, v])).sort((a, b) => b[2] - a[2]);

function drawRanks() {
  if (!losses()) { fill('ranks', ''); return; }
  const inBox = V.box && R.layout ? boxTokens() : null, looked = mostAttended(inBox).slice(0, RANKS), needed = ranked().slice(0, RANKS), both = new Set(needed.map(([l, h]) => `${l} ${h}`));
  const name = (column, l, h) => html`<button type="button" class="word ${both.has(`${l} ${h}`) && looked.some(x => x.layer === l && x.head === h) ? 'both' : ''}" data-l="${l}" data-h="${h}" data-key="${column}-${l}-${h}">${l}.${h}</button>`;
  fill('ranks', html`<table><thead><tr><th colspan="2">Look most ${inBox ? 'into the box' : 'at one patch'}</th><th colspan="2">Needed most</th></tr></thead><tbody>${[...Array(RANKS).keys()].map(i => html`<tr><td>${looked[i] ? name('look', looked[i].layer, looked[i].head) : html`<span class="dim">…</span>`}</td><td class="num">${looked[i] ? `${(100 * looked[i].share).toFixed(0)} %` : ''}</td><td>${name('need', needed[i][0], needed[i][1])}</td><td class="num">${nats(-needed[i][2])} nats</td></tr>`)}</tbody></table><p class="dim">layer.head; looking: ${M.data.cross.length ? 'cross-attention layers, ' : ''}last position. In both columns: bold.</p>`);
}

export function headActions(redraw) {
  const choose = e => { const d = e.target.dataset; if (d.l === undefined) return; V.alayer = d.l; V.ahead = d.h; V.look = -1; if (V.veil !== 'attention') V.veil = 'attention'; remember(); redraw(); };
  $('headgrid').addEventListener('click', choose);
  $('ranks').addEventListener('click', choose);
  $('headgrid').addEventListener('keydown', e => {
    const step = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1]}[e.key], all = losses();
    if (!step || !all) return;
    const [l, h] = chosenHead()?.[0] >= 0 ? chosenHead() : [layerAt() - step[0], -step[1]];
    V.alayer = `${Math.max(0, Math.min(M.data.layers - 1, l + step[0]))}`; V.ahead = `${Math.max(0, Math.min(all[0].length - 1, h + step[1]))}`;
    if (V.veil !== 'attention') V.veil = 'attention';
    remember(); redraw(); e.preventDefault();
  });
}
export const wantRanks = redraw => R.inside && wantAttention(redraw, lookers());

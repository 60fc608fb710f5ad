// Heads: what each one's silence costs, under the layers of the curves; those looked with most, and those needed most.
import { $, LEAST, css, fmt, heat, heatInk, mix, nats, ticks } from './evidence.js';
import { fill, html } from './dom.js';
import { V, remember } from './state.js';
import { M, R, cuttable, layerAt, sweepOf } from './known.js';
import { panelOf } from './pathways.js';
import { chosenHead, imageAttention, lookers, mostAttended, share, sharesOf, silencedAt, wantAttention, without } from './attention.js';
import { silence } from './asking.js';
import { boxTokens } from './box.js';

const HEIGHT = 18, RANKS = 5, MOST_NAMED = 8;
const losses = () => R.inside?.ask.heads?.log_odds_loss ?? null;
const dropOf = (l, h) => (R.inside.ask.heads.probability[l][h] / R.inside.ask.baseline.probability - 1) * 100;

export function drawHeads() {
  const all = losses(), svg = $('headgrid');
  if (!all) { fill('headgrid', ''); svg.setAttribute('height', 20); fill('headnote', ''); drawRanks(); return; }
  const W = svg.clientWidth, P = panelOf(), left = P?.left ?? 52, right = P?.right ?? 138, L = M.data.layers, n = all[0].length, wide = (W - left - right) / L, tall = n > 12 ? 9 : HEIGHT, most = Math.max(...all.flat().map(Math.abs), 1e-9), chosen = chosenHead();
  if (wide <= 1) return; // no room yet, as while the window changes: it is drawn again once there is
  svg.setAttribute('height', n * tall + 24);
  svg.setAttribute('viewBox', `0 0 ${W} ${n * tall + 24}`);
  const cells = [];
  for (let h = 0; h < n; h++) {
    if (n <= 12 || h % 4 === 0) cells.push(html`<text x="${left - 8}" y="${h * tall + tall / 2 + 4}" font-size="11" text-anchor="end" fill="var(--ink2)">${h || innerWidth <= 640 ? h : `head ${h}`}</text>`);
    for (let l = 0; l < L; l++) {
      const v = all[l][h], part = Math.sqrt(Math.abs(v) / most), on = chosen && chosen[0] === l && chosen[1] === h;
      cells.push(html`<rect x="${(left + l * wide + .5).toFixed(1)}" y="${h * tall + .5}" width="${(wide - 1).toFixed(1)}" height="${tall - 1}" fill="${shade(v, part)}" data-l="${l}" data-h="${h}" class="${on ? 'on' : ''}"><title>layer ${l}, head ${h}: log-odds ${nats(-v)} nats, p ${fmt(dropOf(l, h))} %</title></rect>`);
      if (wide > 26 && tall >= HEIGHT && Math.abs(v) >= .05) cells.push(html`<text x="${left + (l + .5) * wide}" y="${h * tall + 13}" font-size="11" text-anchor="middle" fill="${v < 0 ? 'var(--ink)' : heatInk(part)}" pointer-events="none">${fmt(-v)}</text>`);
    }
  }
  for (const l of ticks(M.data, W - left - right)) cells.push(html`<text x="${left + (l + .5) * wide}" y="${n * tall + 17}" font-size="11" text-anchor="middle" fill="var(--ink2)">${l}</text>`);
  for (const l of M.data.cross) cells.push(html`<path d="M${left + l * wide + 1} ${n * tall + 2.5}h${wide - 2}" stroke="var(--ink2)" stroke-width="2"/>`);
  const l = layerAt();
  cells.push(html`<rect x="${left + l * wide}" y="0" width="${wide}" height="${n * tall}" class="column"/>`, html`<text x="${W - right + 8}" y="${n * tall + 17}" font-size="11" fill="var(--ink2)">layer</text>`);
  if (right > 100) { const [a, b] = ranked()[0]; cells.push(html`<text x="${W - right + 8}" y="13" font-size="12" fill="var(--ink2)">most: layer ${a},</text><text x="${W - right + 8}" y="29" font-size="12" fill="var(--ink2)">head ${b} (${nats(-all[a][b])})</text>`); }
  fill('headgrid', html`${cells}`);
  fill('headnote', headNote(chosen));
  drawRanks();
}
// Blue where the answer needs the head; another colour where it stands in the answer's way. Roots, so that one large head does not blank all others.
const shade = (v, part) => v < 0 ? mix(css('--heat0'), css('--heat-pos'), Math.min(1, 2 * part)) : heat(part);
// The grid's cuts are at the last position alone: what a head brings into other rows is asked for by the head, or the layer.
function headNote(chosen) {
  const l = chosen?.[0] ?? layerAt(), more = html`<button type="button" class="word" data-silence="${l}" data-key="silence">heads of layer ${l} at all rows</button>`;
  return html`${chosen ? chosenNote(chosen) : elsewhere(l)}${everywhere(l) || html` See ${more}.`}`;
}
const lossOf = at => at.answer_measures.log_odds - R.inside.ask.baseline.answer_measures.log_odds, changeOf = at => (at.probability / R.inside.ask.baseline.probability - 1) * 100;
function chosenNote([l, h]) {
  const all = silencedAt(`${l}.${h}`), weights = lookers().includes(l) ? imageAttention() : null, seen = weights && R.layout ? sharesOf([...R.layout.number.flat().map(n => weights[n] ?? 0)]) : null;
  const looks = !lookers().includes(l) ? html`It reads text: its attention is marked in the <button type="button" class="word" data-to="prompt">prompt</button>.` : html`What the last position sees by it is shown on the <button type="button" class="word" data-to="picture">picture</button>${seen ? `: ${share(seen.most)} in the strongest patch, ${share(seen.without)} ${without()}` : ''}.`;
  return html`Layer ${l}, head ${h}, silenced at the last position: log-odds <b>${nats(-losses()[l][h])}</b> nats, p <b>${fmt(dropOf(l, h))} %</b>${all ? html`; at all rows: log-odds <b>${nats(lossOf(all))}</b> nats, p <b>${fmt(changeOf(all))} %</b>` : ''}. ${looks} <button type="button" class="word" id="allheads">mean of heads</button>`;
}
// Where the layer's strongest pathway ends in other rows, the grid cannot show it.
function elsewhere(l) {
  const drop = p => { const s = sweepOf(p.id); return s && cuttable(p.id, l) ? (s.probability[l] / R.inside.ask.baseline.probability - 1) * 100 : 0; };
  const strongest = [...M.paths].sort((a, b) => drop(a) - drop(b))[0];
  return html`<span class="dim">${drop(strongest) > -LEAST || strongest.id.endsWith('_to_last') ? 'A click on a head shows where it looks, and what it does at all rows.' : html`At layer ${l} <span class="ink">${strongest.name}</span> takes most (${fmt(drop(strongest))} %). It ends in other rows than the last, and here heads are silenced at the last position alone.`}</span>`;
}
const setsOf = l => { const n = losses()[l].length, each = [...Array(n).keys()].map(h => `${l}.${h}`); return [...each, each.join(',')]; };
function everywhere(l) {
  const sets = setsOf(l), together = silencedAt(sets.at(-1));
  if (!together) return '';
  const each = sets.slice(0, -1).map(set => [set, silencedAt(set)]).filter(([, at]) => at).map(([set, at]) => [set, lossOf(at)]).sort((a, b) => a[1] - b[1]), shown = each.slice(0, MOST_NAMED);
  return html`<span class="all">Layer ${l} at all rows, nats: ${shown.map(([set, v], i) => html`${i ? ', ' : ''}${set} <b>${nats(v)}</b>`)}${each.length > shown.length ? `, and ${each.length - shown.length} more` : ''}; all ${each.length} together <b>${nats(lossOf(together))}</b>.</span>`;
}
// A click asks once the hand rests.
let soonSilent;
export function silenceSoon() { clearTimeout(soonSilent); soonSilent = setTimeout(() => { const head = chosenHead(); if (head && !R.stale) silence([head.join('.')]); }, 250); }
const ranked = () => losses().flatMap((row, l) => row.map((v, h) => [l, h, v])).sort((a, b) => b[2] - a[2]);

function drawRanks() {
  if (!losses()) { fill('ranks', ''); return; }
  const inBox = V.box && R.layout ? boxTokens() : null, looked = mostAttended(inBox).slice(0, RANKS), needed = ranked().slice(0, RANKS), both = new Set(needed.map(([l, h]) => `${l} ${h}`));
  const name = (column, l, h) => html`<button type="button" class="word ${both.has(`${l} ${h}`) && looked.some(x => x.layer === l && x.head === h) ? 'both' : ''}" data-l="${l}" data-h="${h}" data-key="${column}-${l}-${h}">${l}.${h}</button>`;
  fill('ranks', html`<table><thead><tr><th colspan="2">Look most ${inBox ? 'into the box' : 'at one patch'}</th><th colspan="2">Needed most</th></tr></thead><tbody>${[...Array(RANKS).keys()].map(i => html`<tr><td>${looked[i] ? name('look', looked[i].layer, looked[i].head) : html`<span class="dim">…</span>`}</td><td class="num">${looked[i] ? `${(100 * looked[i].share).toFixed(0)} %` : ''}</td><td>${name('need', needed[i][0], needed[i][1])}</td><td class="num">${nats(-needed[i][2])} nats</td></tr>`)}</tbody></table><p class="dim">layer.head, at the last position${M.data.cross.length ? '; looking: cross-attention layers' : ''}. In both columns: bold.</p>`);
}

export function headActions(redraw) {
  // The curves' layer goes along: a locked one moves its lock.
  const choose = (l, h) => { V.alayer = `${l}`; V.ahead = `${h}`; V.look = -1; if (V.layer >= 0) V.layer = l; else R.hover = l; if (V.veil !== 'attention') V.veil = 'attention'; remember(); redraw(); silenceSoon(); };
  const clicked = e => { const d = e.target.dataset; if (d.l !== undefined) choose(Number(d.l), Number(d.h)); };
  $('headgrid').addEventListener('click', clicked);
  $('ranks').addEventListener('click', clicked);
  $('headnote').addEventListener('click', e => { const l = e.target.dataset.silence; if (l !== undefined && !R.stale) silence(setsOf(Number(l))); });
  $('headgrid').addEventListener('keydown', e => {
    const step = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1]}[e.key], all = losses();
    if (!step || !all) return;
    const [l, h] = chosenHead() ?? [layerAt() - step[0], -step[1]];
    choose(Math.max(0, Math.min(M.data.layers - 1, l + step[0])), Math.max(0, Math.min(all[0].length - 1, h + step[1])));
    e.preventDefault();
  });
}
export const wantRanks = redraw => R.inside && wantAttention(redraw, lookers());

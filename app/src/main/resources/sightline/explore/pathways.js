// Curves by layer, one for each pathway, of every side; the layer that is looked at.
import { acts, fmt, key, nats, panel, span } from './evidence.js';
import { fill, html, put, trusted } from './dom.js';
import { V } from './state.js';
import { BESIDE, LIVE, M, layerAt, series, shownPaths, sides, sweep, windowAt } from './known.js';
import { isHolding } from './asking.js';
import { at, drawSides } from './sides.js';

const panels = new Map(); // by side
export const panelOf = (side = LIVE) => panels.get(side) ?? null;
const narrow = () => innerWidth <= 640;
export const said = v => V.measure === 'flip' ? (v ? 'says something else' : 'says the same') : V.measure === 'log-odds' ? `${nats(v)} nats` : `${fmt(v)} %`;

function scale(all) {
  if (V.measure === 'flip') return {min: 0, max: 100, marks: [0, 100], least: 50, up: true, say: v => v ? 'changes' : 'same'};
  if (V.measure === 'log-odds') {
    const values = [0, ...all.flatMap(s => s.mean)], top = Math.max(1, Math.ceil(Math.max(...values))), low = Math.min(-2, Math.floor(Math.min(...values)));
    const step = [1, 2, 5, 10, 20, 50].find(s => (top - low) / s <= 6) ?? 100, marks = [];
    for (let t = Math.ceil(low / step) * step; t <= top; t += step) marks.push(t);
    return {min: low, max: top, marks, least: .1, say: v => v === 0 ? '0' : `${v < 0 ? '−' : '+'}${Math.abs(v)}`};
  }
  const max = Math.max(10, ...all.map(s => Math.ceil(Math.max(...s.mean) / 10) * 10)), marks = [-100, -75, -50, -25, 0];
  for (let t = max > 200 ? 200 : 50; t <= max; t += max > 200 ? 200 : 50) marks.push(t);
  return {min: -100, max, marks, least: 3, say: v => v === 0 ? '0' : `${fmt(v)} %`};
}

const TALL = 252, STRIP = 5; // of the chart, and of a pathway's row in its strip
export function drawCurves() {
  drawSides();
  if (!V.held) remove(BESIDE);
  const shown = sides().map(side => ({side, all: series(side)})), most = Math.max(...shown.map(({all}) => Object.keys(all).length));
  const one = scale(shown.flatMap(({all}) => Object.values(all))); // the same for all sides, so that they can be compared
  for (const {side, all} of shown) {
    const el = at(side, 'curve'), rows = Object.keys(all).length;
    if (!rows) { remove(side); put(at(side, 'curvenote'), missing(side)); continue; }
    put(at(side, 'curvenote'), side === LIVE ? underCurves(all) : '');
    el.style.height = `${TALL - STRIP * (most - rows)}px`;
    const was = panels.get(side), is = shownOf(side, all, one, el);
    if (was?.is === is) continue; // a side that stays as it is while the other changes
    if (was && (was.W !== el.clientWidth || was.H !== el.clientHeight)) was.chart.resize();
    panels.set(side, {is, ...panel(el, {data: M.data, paths: shownPaths(side), k: side.v.k, series: all, ends: !narrow(), marked: true, right: narrow() ? 40 : 148, left: narrow() ? 46 : 52, top: 10, scale: one})});
  }
  drawLayer();
}
const shownOf = (side, all, {min, max}, el) => JSON.stringify([side.v.k, all, min, max, V.measure, el.clientWidth, el.clientHeight, document.documentElement.dataset.theme]);
function remove(side) {
  const was = panels.get(side);
  if (!was) return;
  was.chart.dispose(); panels.delete(side);
  was.el.replaceChildren();
  at(side, 'curvewrap').querySelectorAll('.ends,.win,.winl,.wint').forEach(e => e.remove());
  put(at(side, 'readout'), '');
}
const FEEDS = 'question_to_last';
function underCurves(all) {
  const pictures = M.paths.filter(p => p.id.startsWith('image_to_') && all[p.id]).map(p => p.name), feeds = all[FEEDS] ? M.paths.find(p => p.id === FEEDS).name : '';
  return html`A click or Enter locks a layer. Strips: coloured where a window can act; in grey, where thin lines bridge the curves, it cannot. ${pictures.length ? `Ways of the picture: ${pictures.join(', ')}.` : ''}${feeds ? ` ${feeds} carries the question itself, too: in early layers its loss is that of the question.` : ''}`;
}
function missing(side) {
  if (side === LIVE) return sweep() || !Object.keys(side.r.curves).length ? '' : html`Masking ${side.v.masking} is being traced.`;
  return side.r.error ? side.r.error : isHolding() ? 'A is being traced.' : html`A is not traced. <button type="button" class="word" id="tracea">Trace it</button>`;
}

// Window, hairline and their words. Nothing else moves.
export function drawLayer() {
  sides().forEach(drawWindow);
  fill('lock', V.layer >= 0 ? html`<span>Layer ${V.layer} is locked.</span> <button type="button" class="word" id="unlock">unlock</button>` : '');
}
function drawWindow(side) {
  const wrap = at(side, 'curvewrap'), P = panels.get(side);
  wrap.querySelectorAll('.win,.winl,.wint').forEach(e => e.remove());
  if (!P) return;
  const l = layerAt(), [a, b] = windowAt(l, side), all = P.series, paths = shownPaths(side).filter(p => all[p.id]), width = (P.W - P.left - P.right) / M.data.layers, x = i => P.left + i * width, make = (name, style) => { const e = document.createElement('div'); e.className = name; Object.assign(e.style, style); wrap.append(e); return e; };
  const height = P.plotH + 6 + paths.length * STRIP + 'px', top = P.top + 'px';
  make('win', {left: x(a) + 'px', width: (b - a + 1) * width + 'px', top, height});
  make('winl', {left: x(l + .5) + 'px', top, height});
  const text = make('wint', {top: P.top + P.plotH * .8 + 'px'});
  text.textContent = `layer ${l}${narrow() ? '' : `, cuts ${span([a, b])}`}`;
  const half = text.offsetWidth / 2;
  text.style.left = Math.max(P.left + half, Math.min(P.W - P.right - half, x(l + .5))) + 'px';
  const says = p => acts(M.data, p, l, side.v.k) ? said(all[p.id].mean[l]) : null;
  put(at(side, 'readout'), html`<span class="at"><b>Layer ${l}</b> <span class="dim">cuts ${span([a, b])}</span></span>${paths.map(p => html`<span class="r">${trusted(key(p))}<span class="dim">${p.name}</span> ${says(p) ?? html`<span class="dim">cannot act</span>`}</span>`)}`);
  at(side, 'curve').setAttribute('aria-label', `${V.held ? `${side.letter}: curves` : 'Curves'} by layer; layer ${l}: ${paths.map(p => `${p.name} ${says(p) ?? 'cannot act'}`).join(', ')}. Arrow keys move the layer, Enter locks it.`);
}
export const layerUnder = (side, e) => {
  const P = panels.get(side);
  if (!P) return -1;
  const box = P.el.getBoundingClientRect(), x = (e.clientX - box.left) * P.W / box.width, l = Math.floor((x - P.left) / ((P.W - P.left - P.right) / M.data.layers));
  return l < 0 || l >= M.data.layers ? -1 : l;
};

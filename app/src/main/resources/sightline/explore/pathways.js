// Curves by layer, one for each pathway; the layer that is looked at; a present curve held to compare with.
import { $, acts, fmt, key, nats, panel, span } from './evidence.js';
import { fill, html, tokenWord, trusted, words } from './dom.js';
import { V } from './state.js';
import { M, R, answerTokens, layerAt, series, shownPaths, sweep, windowAt } from './known.js';

export let P = null;
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

function drawSettings() {
  const tokens = answerTokens();
  fill('set', html`${words('k', 'k', (M.state?.sizes ?? []).map(x => [x, x]), V.k)}${words('masking', 'Masking', (M.state?.maskings ?? []).map(x => [x, x]), V.masking)}${M.state?.rows.length ? words('rows', 'Rows', M.state.rows.map(x => [x, x]), V.rows) : ''}${words('measure', 'Measure', [['change', 'change'], ['log-odds', 'log-odds'], ['flip', 'flip']], V.measure)}${tokens.length > 1 ? words('tok', 'Answer', [['all', 'all'], ...tokens.map((t, i) => [i, tokenWord(t.text)])], V.tok) : ''}`);
  $('curvetitle').textContent = {change: 'Change of probability, by layer', 'log-odds': 'Change of log-odds, by layer', flip: 'Windows that change the answer'}[V.measure];
}

export function drawCurves() {
  drawSettings();
  const el = $('curve'), all = series();
  if (!Object.keys(all).length) {
    if (P) { echarts.dispose(el); P = null; el.replaceChildren(); $('curvewrap').querySelectorAll('.ends,.win,.winl,.wint').forEach(e => e.remove()); }
    fill('curvenote', sweep() || !Object.keys(R.curves).length ? '' : html`Masking ${V.masking} is being traced.`);
    return;
  }
  const held = heldSeries();
  P = panel(el, {data: M.data, paths: shownPaths(), k: V.k, series: all, held, ends: true, right: narrow() ? 142 : 148, left: narrow() ? 46 : 52, top: 10, scale: scale([...Object.values(all), ...Object.values(held)])});
  fill('curvenote', R.held ? html`<span class="heldline"></span> held: ${R.held.name} <button type="button" class="word" id="unhold">let go</button>` : '');
  drawLayer();
}

// The present curves, kept as faint lines to hold others against.
export function hold() {
  R.held = R.held ? null : {series: series(), measure: V.measure, layers: M.data.layers, name: [`“${V.q}”`, R.text, `k ${V.k}`, V.masking, V.rows === 'paper' ? '' : `rows ${V.rows}`, V.tok === 'all' ? '' : `token ${Number(V.tok) + 1}`].filter(Boolean).join(', ')};
}
const heldSeries = () => R.held && R.held.measure === V.measure && R.held.layers === M.data.layers ? R.held.series : {};

// Window, hairline and their words. Nothing else moves.
export function drawLayer() {
  const wrap = $('curvewrap');
  wrap.querySelectorAll('.win,.winl,.wint').forEach(e => e.remove());
  if (!P) return;
  const l = layerAt(), [a, b] = windowAt(l), width = (P.W - P.left - P.right) / M.data.layers, x = i => P.left + i * width, make = (name, style) => { const e = document.createElement('div'); e.className = name; Object.assign(e.style, style); wrap.append(e); return e; };
  const height = P.plotH + 6 + shownPaths().length * 5 + 'px', top = P.top + 'px';
  make('win', {left: x(a) + 'px', width: (b - a + 1) * width + 'px', top, height});
  make('winl', {left: x(l + .5) + 'px', top, height});
  const text = make('wint', {top: P.top + P.plotH * .8 + 'px'});
  text.textContent = `layer ${l}${narrow() ? '' : `, cuts ${span([a, b])}`}`;
  const half = text.offsetWidth / 2;
  text.style.left = Math.max(P.left + half, Math.min(P.W - P.right - half, x(l + .5))) + 'px';
  const all = series();
  fill('readout', html`<span class="at"><b>Layer ${l}</b> <span class="dim">cuts ${span([a, b])}</span></span>${shownPaths().filter(p => all[p.id]).map(p => html`<span class="r">${trusted(key(p))}${acts(M.data, p, l, V.k) ? said(all[p.id].mean[l]) : html`<span class="dim">cannot act</span>`}</span>`)}`);
  fill('lock', V.layer >= 0 ? html`<span>Layer ${V.layer} is locked.</span> <button type="button" class="word" id="unlock">unlock</button>` : html`<span class="dim">A click or Enter locks a layer.</span>`);
  $('curve').setAttribute('aria-label', `Curves by layer; layer ${l}: ${shownPaths().filter(p => all[p.id]).map(p => `${p.name} ${acts(M.data, p, l, V.k) ? said(all[p.id].mean[l]) : 'cannot act'}`).join(', ')}. Arrow keys move the layer, Enter locks it.`);
}
export const layerUnder = e => {
  if (!P) return -1;
  const box = P.el.getBoundingClientRect(), x = (e.clientX - box.left) * P.W / box.width, l = Math.floor((x - P.left) / ((P.W - P.left - P.right) / M.data.layers));
  return l < 0 || l >= M.data.layers ? -1 : l;
};
export function resized() { P?.chart.resize(); }



// A run's curves by category, as its report draws them.
import { $, panel, label, count } from './evidence.js';
import { fill, html } from './dom.js';
import { V } from './state.js';
import { M } from './known.js';
import { reportOf } from './server.js';

const reports = new Map();
let standing = [], shown = null;
export async function drawCategories() {
  const run = V.run, box = $('categories');
  if (!reports.has(run)) {
    fill('categories', html`<p class="dim">Reading the curves…</p>`);
    try { reports.set(run, await reportOf(M.state.runs[run].number)); } catch (e) { fill('categories', html`<p>${e.message}</p>`); return; }
    if (V.run !== run || !$('categories')) return;
  }
  const report = reports.get(run), d = report.datasets[0], k = [...new Set(d.keys.map(x => x.k))].includes(V.k) ? V.k : d.keys[0].k, masking = d.keys.some(x => x.masking === V.masking) ? V.masking : d.keys[0].masking;
  report.pathways.forEach(p => { const same = M.paths.find(q => q.id === p.id); p.css = same?.css ?? '--ink3'; });
  const curveOf = (group, p) => { const i = d.keys.findIndex(x => x.pathway === p.id && x.k === k && x.masking === masking); if (i < 0) return null; const c = d.pool[d.curves[group][i][0][0][0]]; return c.n ? c : null; };
  const groups = d.groups.map((g, i) => ({name: i ? label(g.name) : 'all categories', series: Object.fromEntries(report.pathways.map(p => [p.id, curveOf(i, p)]).filter(([, c]) => c))}));
  const max = Math.max(10, ...groups.flatMap(g => Object.values(g.series).flatMap(c => c.mean)).map(v => Math.ceil(v / 10) * 10));
  shown = {run: M.state.runs[run].name, k, masking, groups};
  standing.forEach(p => p.chart.dispose()); standing = [];
  box.shown = null;
  fill('categories', html`<p class="dim">Mean change of the answer’s probability, %, all samples; k = ${k}, masking ${masking}; bands: 95 % bootstrap over clusters. Strips: filled where the mean differs from 0 by 3 % or more beyond chance, hollow where it does not, grey where a window cannot act.</p><div class="panels" id="panels">${groups.map((g, i) => html`<figure class="p ${i ? '' : 'all'}"><figcaption><span>${g.name}</span><span class="dim">n = ${count(Math.max(0, ...Object.values(g.series).map(c => c.n)))}</span></figcaption>${Object.keys(g.series).length ? html`<div class="c"></div>` : html`<p class="dim">no sample</p>`}</figure>`)}</div>`);
  [...box.querySelectorAll('.p')].forEach((f, i) => { const el = f.querySelector('.c'); if (el) standing.push(panel(el, {data: d, paths: report.pathways, k, series: groups[i].series, ends: !i, right: i ? 6 : 148, left: 36, pct: false, max})); });
}
export const categoryTitle = () => shown && $('panels') ? `${shown.run}: mean change of the answer’s probability, %, by category; k = ${shown.k}, masking ${shown.masking}; bands: 95 % bootstrap over clusters` : '';
export const categoryRows = () => categoryTitle() ? [['category', 'samples', 'pathway', 'k', 'masking', 'layer', 'mean_change_percent', 'low', 'high'], ...shown.groups.flatMap(g => Object.entries(g.series).flatMap(([id, c]) => c.mean.map((v, l) => [g.name, c.n, id, shown.k, shown.masking, l, v, c.low?.[l] ?? '', c.high?.[l] ?? ''])))] : [];

'use strict';
// What was traced in other windows than the curves': pathways kept alone around each layer, and cut in every range of layers. Uses what report.js and inside.js declare.
const styled = id => PATHS.find(p => p.id === id) || {id, name: label(id), css: '--ink2', width: 1.6, dash: []};
function elsewhere() {
  const kept = DS.filter(d => d.added.some(g => g.kept_windows)), cut = DS.filter(d => d.triangles);
  $('elsewhere').hidden = !kept.length && !cut.length;
  keptWindows(kept);
  triangles(cut);
}
function keptWindows(its) {
  $('keptnote').hidden = !its.length;
  if (its.length) $('keptnote').innerHTML = `${KEPT}<i>Kept alone</i>: in the window around a layer, of all that the last token reads only this pathway is left (masking zero, k = ${S.k}). 100 %: it gives back all that cutting everything there takes; 0: nothing. No value where cutting everything takes less than 0.1 nat of the answer’s log-probability. Bands: the middle 95 % of resamples. <a href="kept.csv">kept.csv</a>`;
  $('keptpanels').innerHTML = its.map(d => `<div class="ds in"><h3>${esc(d.title)}</h3><div class="charts"></div></div>`).join('');
  its.forEach((d, i) => {
    const rows = (chosen(d).kept_windows || []).filter(x => x.k === S.k), charts = $('keptpanels').children[i].querySelector('.charts');
    const series = rows.filter(x => x.mean.some(known)).map(x => { const p = styled(x.pathway); return {name: p.name, css: p.css, width: p.width, dash: p.dash.join(' '), mean: x.mean, low: x.low, high: x.high}; });
    if (!series.length) { charts.innerHTML = `<p class="none dim">${rows.length ? 'cutting everything takes less than 0.1 nat in every window' : `not traced with k = ${S.k}`}</p>`; return; }
    const all = series.flatMap(s => s.mean.filter(known)), most = Math.max(100, ...all), least = Math.min(0, ...all);
    lines(charts.appendChild(document.createElement('figure')), d, 'Kept alone: share given back', series, Math.floor(least / 25) * 25, Math.ceil(most / 25) * 25, v => `${minus(v)}\u00a0%`, {n: rows[0].n, what: `window of ${S.k}`, none: 'nothing to give back', gaps: true});
  });
}
// First layer down, last layer across: a cell is a cut of all layers between the two.
function triangles(its) {
  const any = its.some(d => d.triangles.some(t => t.masking === S.masking));
  $('trinote').hidden = $('triscale').hidden = !its.length;
  $('triangles').innerHTML = '';
  if (!its.length) return;
  $('trinote').innerHTML = any ? `${KEPT}All categories. Mean change in % with a pathway cut in every layer from the first (down) to the last (across): where a cut has to begin and end. ● differs from 0 (p ≤ 0.05 over all ranges of the pathway together). <a href="triangle.csv">triangle.csv</a>` : `Ranges of layers were not traced with masking ${esc(S.masking)}.`;
  if (!any) return;
  $('triangles').innerHTML = its.map(d => d.triangles.filter(t => t.masking === S.masking).map(t => {
    const L = d.layers, p = styled(t.pathway), shown = new Set(landmarks(d)), at = (a, b) => a * L - a * (a - 1) / 2 + b - a, every = [...Array(L).keys()];
    const cell = (a, b) => { if (b < a) return '<td class="no"></td>'; const v = t.mean[at(a, b)], shade = Math.min(1, Math.max(0, -v) / 100) ** .8; return `<td style="background:${heat(shade)};color:${heatInk(shade)}" title="layers ${a}–${b}: ${fmt(v)} %">${t.p[at(a, b)] <= .05 ? '●' : ''}</td>`; };
    return `<table class="hm grid tri"><caption>${PATHS.includes(p) ? key(p) : ''}${esc(p.name)} <span class="dim">${esc(d.title)}, n = ${count(t.n)}</span></caption><tbody>${every.map(a => `<tr><th scope="row">${shown.has(a) ? (a ? a : 'first 0') : '&nbsp;'}</th>${every.map(b => cell(a, b)).join('')}</tr>`).join('')}</tbody><tfoot><tr><th>last</th>${every.map(b => `<td class="${d.cross.includes(b) ? 'x' : ''}">${shown.has(b) && (L <= 24 || b === 0 || d.cross.includes(b)) ? b : ''}</td>`).join('')}</tr></tfoot></table>`;
  }).join('')).join('');
  $('triscale').innerHTML = `<span>0</span><i style="background:linear-gradient(90deg,${[0, .25, .5, .75, 1].map(heat).join(',')})"></i><span>−100 %</span>${its.map(underlined).find(Boolean) ?? ''}`;
}

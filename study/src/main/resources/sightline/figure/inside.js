'use strict';
// What was read inside the decoder, and what cutting the answers' regions takes. Uses what report.js declares.
const CUTS = {region_to_last: 'region→last', region_to_question: 'region→question', region_to_all: 'region→all rows', outside_to_all: 'all else→all rows'};
function regions() {
  const its = DS.filter(d => d.added.some(g => g.regions));
  $('regions').hidden = !its.length;
  if (!its.length) return;
  $('regionnote').innerHTML = `${KEPT}The vision tokens of the place that shows the answer, cut in all layers at once from the last row, from the question’s rows or from all rows from the image token on; <i>all else</i>: every other token of the picture. Beside it, where there is another place, as many random boxes of its patch rows and columns that do not overlap it. Change of the answer’s probability in %; bold if it differs from that of random boxes, or without them from 0, by the rule of the curves (p ≤ 0.05 by sign flips of clusters, Holm over the cuts, 3 points or more). Intervals: 95 % over clusters, none where fewer than ten carry a mean’s spread. A token is not its patch. Masking ${esc(S.masking)}. <a href="regions.csv">regions.csv</a>`;
  $('region').innerHTML = '<thead><tr><th>Cut</th><th class="num">n</th><th class="num">Change, %</th><th class="num">Random boxes, %</th><th class="num">Difference, points</th><th class="num">p, Holm</th><th class="num">Log-odds, nats</th><th class="num">Random boxes, nats</th></tr></thead><tbody>' + its.map(d => {
    const rows = (chosen(d).regions || []).filter(x => x.masking === S.masking), most = Math.max(0, ...rows.map(x => x.n));
    return heading(d, 8, most) + (rows.length ? rows.map(x => {
      const change = est(x.change, fmt), r = x.random, none = '<td class="num dim"></td>';
      return `<tr><td>${esc(CUTS[x.cut] || label(x.cut))}</td><td class="num">${count(x.n)}</td><td class="num">${x.significant ? `<b>${change}</b>` : change}</td>${r ? `<td class="num">${est(r.change, fmt)}</td><td class="num">${est(r.difference, fmt)}</td>` : none + none}<td class="num">${x.clusters < 10 ? '' : chance(x.p_holm)}</td><td class="num">${est(x.odds, nats)}</td>${r ? `<td class="num">${est(r.odds, nats)}</td>` : none}</tr>`;
    }).join('') : `<tr><td colspan="8" class="dim">${chosen(d).regions ? `not traced with masking ${esc(S.masking)}` : 'no sample with a region'}</td></tr>`);
  }).join('') + '</tbody>';
}
// Roles wear the colour of the pathway that they feed; what is grey is told apart by dashes.
const ROLES = {image: ['--image-last', ''], question: ['--question-last', ''], answer: ['--last-last', ''], choices: ['--image-question', ''], instruction: ['--ink3', '6 3'], template: ['--ink3', '1.5 3']};
const sample = (colour, dash, width = 1.8) => `<svg class="k" viewBox="0 0 26 10" aria-hidden="true"><line x1="0" x2="26" y1="5" y2="5" stroke="var(${colour})" stroke-width="${width}" ${dash ? `stroke-dasharray="${dash}"` : ''}/></svg>`;
const steps = (low, high) => { const raw = (high - low) / 4, power = 10 ** Math.floor(Math.log10(raw)), step = power * [1, 2, 5, 10].find(x => x * power >= raw), found = []; for (let t = Math.ceil(low / step) * step; t <= high + 1e-9; t += step) found.push(t); return found; };
// One panel of lines by layer, each layer where the curves have it; over layers that do not tell, straight on, or with `told.gaps` a gap.
function lines(figure, d, title, series, min, max, say, told) {
  const narrow = innerWidth <= 640, left = narrow ? 46 : 48, right = 140, top = 6, H = 186;
  figure.innerHTML = `<figcaption><b>${esc(title)}</b><span>n = ${count(told.n)}</span></figcaption><div class="c" tabindex="0"></div>`;
  const el = figure.querySelector('.c'), W = el.clientWidth, plotH = H - top - 22, L = d.layers;
  const x = l => left + (W - left - right) * (l + .5) / L, y = v => top + plotH * (max - Math.max(min, Math.min(max, v))) / (max - min);
  const points = s => s.mean.map((v, l) => [l, v]).filter(([, v]) => v !== null);
  const stretches = s => told.gaps ? points(s).reduce((all, p) => { if (all.length && all.at(-1).at(-1)[0] === p[0] - 1) all.at(-1).push(p); else all.push([p]); return all; }, []) : [points(s)];
  const ends = series.map(s => y(points(s).at(-1)[1])), places = spread(ends, 15, top + 4, top + plotH);
  const text = (at, down, anchor, what) => `<text x="${at}" y="${down}" font-size="11" text-anchor="${anchor}" fill="var(--ink2)">${what}</text>`;
  const bandOf = s => { // a stretch of layers each; a lone one has no width
    const runs = [];
    stretches(s).forEach(stretch => { runs.push([]); stretch.forEach(([l]) => { if (s.low[l] !== null && s.high[l] !== null) runs.at(-1).push(l); else runs.push([]); }); });
    return runs.filter(l => l.length > 1).map(l => `<polygon points="${l.map(i => `${x(i)},${y(s.high[i])}`).join(' ')} ${[...l].reverse().map(i => `${x(i)},${y(s.low[i])}`).join(' ')}" fill="var(${s.css})" opacity=".16"/>`).join('');
  };
  const axis = scaleOf(d), labels = ticks(d, W - left - right, axis), after = Math.max(W - right + 8, x(labels.at(-1)) + String(axis.say(labels.at(-1))).length * 3.3 + 9);
  el.innerHTML = `<svg width="${W}" height="${H}" role="img" aria-label="${esc(d.title)}: ${esc(title)}">${d.cross.map(c => `<line x1="${x(c)}" x2="${x(c)}" y1="${top}" y2="${top + plotH}" stroke="var(--rule)"/>`).join('')}`
    + steps(min, max).map(t => text(left - 5, y(t) + 4, 'end', say(t))).join('') + `<line x1="${left}" x2="${W - right}" y1="${y(0)}" y2="${y(0)}" stroke="var(--ink2)" opacity=".55"/>`
    + labels.map(l => text(x(l), H - 4, 'middle', axis.say(l))).join('') + text(after, H - 4, 'start', axis.unit) + series.map(bandOf).join('')
    + series.flatMap(s => stretches(s).map(p => p.length > 1 ? `<polyline points="${p.map(([l, v]) => `${x(l)},${y(v)}`).join(' ')}" fill="none" stroke="var(${s.css})" stroke-width="${s.width}" ${s.dash ? `stroke-dasharray="${s.dash}"` : ''}/>` : `<circle cx="${x(p[0][0])}" cy="${y(p[0][1])}" r="2.2" fill="var(${s.css})"/>`)).join('')
    + series.map((s, i) => `<path d="M${W - right - 3} ${ends[i]}L${W - right + 5} ${places[i]}" stroke="var(${s.css})" fill="none"/>`).join('') + '</svg>'
    + series.map((s, i) => `<span style="position:absolute;left:${W - right + 8}px;top:${el.offsetTop + places[i] - 8}px;max-width:${right - 8}px;overflow:hidden;text-overflow:ellipsis;font-size:12px;line-height:16px;white-space:nowrap">${sample(s.css, s.dash, s.width)}${esc(s.name)}</span>`).join('');
  const cell = (s, l) => `<tr><td>${sample(s.css, s.dash, s.width)}${esc(s.name)}</td>${s.mean[l] === null ? `<td class="dim" colspan="2" style="text-align:right">${told.none || 'reads none'}</td>` : `<td class="num">${say(s.mean[l], true)}</td><td class="num dim">${s.low[l] === null ? '' : `${say(s.low[l], true)} to ${say(s.high[l], true)}`}</td>`}</tr>`;
  panels.push({el, chart: {resize() {}}, data: d, series: {}, top, plotH, left, right, W, H, told: l => `<b>Layer ${l}</b> <span class="dim">${esc(told.what)}</span><table>${series.map(s => cell(s, l)).join('')}</table>`});
}
const behind = c => ({mean: c.mean.slice(1), low: c.low.slice(1), high: c.high.slice(1)});
const minus = v => (v < 0 ? '−' : '') + (Math.abs(v) >= 9.95 ? Math.abs(v).toFixed(0) : Math.abs(v).toFixed(1).replace(/\.0$/, ''));
const oneOf = v => v === null ? 'none' : (v < 0 ? '−' : '') + Math.abs(v).toFixed(1);
const sharePart = v => { const a = 100 * v; return a === 0 ? '0' : (a >= 9.95 ? a.toFixed(0) : a.toFixed(1).replace(/^0\.0$/, '<0.1')) + '\u00a0%'; };
const meanOf = list => { const its = list.filter(v => v !== null); return its.length ? its.reduce((a, b) => a + b, 0) / its.length : null; };
function inside() {
  const its = DS.filter(d => d.inside);
  $('inside').hidden = !its.length;
  if (!its.length) return;
  $('insidenote').innerHTML = `${KEPT}All categories; bands and intervals 95 % over clusters, none where fewer than ten clusters carry a mean’s spread. <i>Lens</i>: the answer’s log-probability if the decoder ended behind a layer (final norm and head on the row that reads out, temperature 1, sum over the answer’s tokens); with nothing cut, and under each sample’s most harmful window (k = ${S.k}, masking ${esc(S.masking)}). Early layers need not speak the vocabulary. <i>Attention</i> of the row that reads out, by the role of the token attended to; a mean over heads and answer tokens, in layers that read text. Attention is not influence. <i>Edges</i>: the attention on the edges that a pathway cuts, the length of what comes over them relative to all that is read, and the attention that a cut leaves (masking ${esc(S.masking)}; 0 but for rows that go on reading a mean). <i>Gates</i>: tanh of both gates of a layer that reads the picture, and the length of what each branch adds, relative to the stream. <a href="inside.csv">inside.csv</a>`;
  const box = $('insides');
  box.innerHTML = its.map(d => `<div class="ds in"><h3>${esc(d.title)}</h3><div class="charts"></div><div class="beside"></div></div>`).join('');
  its.forEach((d, i) => {
    const row = box.children[i], charts = row.querySelector('.charts'), its = d.inside, tables = [];
    if (its.lens) {
      const series = [{name: 'nothing cut', css: '--ink', width: 2, dash: '', ...behind(its.lens.uncut)}];
      PATHS.forEach(p => { const c = its.lens.cut.find(x => x.pathway === p.id && x.k === S.k && x.masking === S.masking); if (c) series.push({name: p.name, css: p.css, width: p.width, dash: p.dash.join(' '), ...behind(c)}); });
      const low = Math.min(-1, ...series.flatMap(s => s.mean));
      lines(charts.appendChild(document.createElement('figure')), d, 'Lens: log-probability of the answer, nats', series, low, 0, v => minus(v), {n: its.lens.n, what: 'nats'});
      const none = its.lens.n - its.lens.settled;
      tables.push(`<p class="say">The answer is the likeliest from layer ${oneOf(its.lens.settles[0])} on${known(its.lens.settles[1]) ? ` (95\u00a0%: ${oneOf(its.lens.settles[1])} to ${oneOf(its.lens.settles[2])})` : ''}, on average over the ${count(its.lens.settled)} samples where it is so at the end${none ? `; not at the end of ${count(none)}` : ''}.</p>`);
    }
    if (its.attention.length) lines(charts.appendChild(document.createElement('figure')), d, 'Attention by role', its.attention.map(r => ({name: label(r.role), css: (ROLES[r.role] || ROLES.template)[0], dash: (ROLES[r.role] || ROLES.template)[1], width: 1.8, mean: r.mean, low: r.low, high: r.high})), 0, 1, sharePart, {n: its.n, what: 'attention'});
    if (its.edges.length) tables.push(`<table><thead><tr><th>Edges</th><th class="num">Attention</th><th class="num">most in layer</th><th class="num">Of what is read</th><th class="num">Left by a cut</th></tr></thead><tbody>${its.edges.map(e => { const m = meanOf(e.attention), l = e.attention.indexOf(Math.max(...e.attention.filter(v => v !== null))), left = e.left[S.masking] ? meanOf(e.left[S.masking]) : null; return `<tr><td>${named(e.pathway)}</td>${m === null ? '<td class="num dim" colspan="4">none</td>' : `<td class="num">${sharePart(m)}</td><td class="num">${sharePart(e.attention[l])} <span class="dim">${l}</span></td><td class="num">${sharePart(meanOf(e.value))}</td><td class="num">${left === null ? '' : sharePart(left)}</td>`}</tr>`; }).join('')}</tbody></table>`);
    if (its.gates.length) tables.push(`<table><thead><tr><th>Gates, layer</th><th class="num">attention</th><th class="num">MLP</th><th class="num">Attention adds</th><th class="num">MLP adds</th></tr></thead><tbody>${its.gates.map(g => `<tr><td>${g.layer}</td><td class="num">${nats(g.gates[0])}</td><td class="num">${nats(g.gates[1])}</td><td class="num">${est(g.attention, sharePart)}</td><td class="num">${est(g.mlp, sharePart)}</td></tr>`).join('')}</tbody></table>`);
    row.querySelector('.beside').innerHTML = tables.map(t => `<div class="scroll">${t}</div>`).join('');
  });
}

// Numbers come from the page's own data; nothing is fetched. Pathways look the same everywhere.
const D = JSON.parse(document.getElementById('data').textContent);
const PATHS = D.pathways, DS = D.datasets;
paint(PATHS);

// Windows that take half or more away: the layers in their middles, as ranges.
function needed(d, p, k, mean) {
  const found = [];
  mean.forEach((v, l) => { if (v <= -50 && acts(d, p, l, k)) { if (found.at(-1)?.[1] === l - 1) found.at(-1)[1] = l; else found.push([l, l]); } });
  return found.map(span).join(', ');
}
// Both ends of every window's interval are small, all windows taken together. A curve whose rises are clipped cannot show that.
const still = (d, p, k, c) => !clipped(d, p.id) && c.mean.every((v, l) => !acts(d, p, l, k) || (known(c.low_all[l]) && c.low_all[l] >= -LEAST && c.high_all[l] !== null && c.high_all[l] <= LEAST));

// Settings, and the curve that they choose.
const S = {...D.options, heat: 0, heads: 0, list: 0, sort: 'listed', shown: 12, cat: DS.map(() => 0)};
const ks = [...new Set(DS.flatMap(d => d.keys.map(x => x.k)))].sort((a, b) => a - b);
const maskings = [...new Set(DS.flatMap(d => d.keys.map(x => x.masking)))];
const clips = ['none', 'published', 'all'];
const clipped = (d, id) => S.clip === 'all' || (S.clip === 'published' && d.clip[id]);
function curve(d, group, p, k = S.k) {
  const i = d.keys.findIndex(x => x.pathway === p.id && x.k === k && x.masking === S.masking);
  if (i < 0) return null;
  const metric = Math.max(0, d.metrics.indexOf(S.metric));
  const c = d.pool[d.curves[group][i][S.kept ? 1 : 0][metric][clips.indexOf(S.clip)]];
  return c.n ? c : null;
}
const all = (d, group) => Object.fromEntries(PATHS.map(p => [p.id, curve(d, group, p)]).filter(([, c]) => c));
const size = series => Math.max(0, ...Object.values(series).map(c => c.n));

function settings() {
  const metrics = DS.every(d => d.metrics.length > 1) ? ['product', 'length-normalised'] : ['product'];
  $('set').innerHTML = pick('k', 'k', ks.map(x => [x, x]), S.k) + pick('masking', 'Masking', maskings.map(x => [x, x]), S.masking) + pick('metric', 'Probability', metrics.map(x => [x, x]), S.metric)
    + pick('clip', 'Clip rises to 0', clips.map(x => [x, x]), S.clip)
    + (D.threshold > 0 ? `<label class="tick"><input type="checkbox" name="kept" ${S.kept ? 'checked' : ''}>Only samples with p ≥ ${D.threshold}</label>` : '');
}
document.addEventListener('change', e => {
  const t = e.target;
  if (t.name.startsWith('cat')) S.cat[+t.name.slice(3)] = +t.value;
  else if (t.name.startsWith('hcat')) S.cat[S.heat] = +t.value;
  else S[t.name] = t.type === 'checkbox' ? t.checked : ['k', 'heat', 'heads', 'list'].includes(t.name) ? +t.value : t.value;
  if (['list', 'sort'].includes(t.name)) S.shown = 12;
  redraw();
});
$('more').addEventListener('click', () => { S.shown += 48; samples(); });

const drop = v => fmt(v).slice(1) + '\u00a0%';
const where = (d, p, l, v) => `${p.name} in ${range(win(d, l, S.k))} (${fmt(v)}\u00a0%)`;
function sentence(d, group) {
  const s = all(d, group), falls = [], rises = [];
  for (const p of PATHS.filter(p => s[p.id])) {
    const mean = s[p.id].mean, l = low(d, p, S.k, mean), h = high(d, p, S.k, mean);
    if (l >= 0 && mean[l] <= -LEAST) falls.push(where(d, p, l, mean[l]));
    if (h >= 0 && mean[h] >= LEAST) rises.push(where(d, p, h, mean[h]));
  }
  const said = [...(falls.length ? [`Falls furthest: ${falls.join(', ')}.`] : []), ...(rises.length ? [`Rises furthest: ${rises.join(', ')}.`] : [])];
  return said.join(' ') || `No mean falls ${PATHS.some(p => clipped(d, p.id)) ? '' : 'or rises '}by ${LEAST}\u00a0%.`;
}
// The picture's own pathways first: they say where it is read.
function lede() {
  const best = [], rises = [], seen = Object.create(null), half = Object.create(null); // a pathway may be called __proto__
  DS.forEach(d => {
    const s = all(d, 0); let most = null;
    for (const p of PATHS.filter(p => s[p.id])) {
      const c = s[p.id], l = low(d, p, S.k, c.mean), h = high(d, p, S.k, c.mean), v = l < 0 ? 0 : c.mean[l];
      (seen[p.id] ||= []).push(l >= 0 && still(d, p, S.k, c));
      if (p.cross && v <= -LEAST && (!most || v < most.v)) most = {d, p, v, where: range(win(d, l, S.k))};
      if (!p.cross && v <= -50) (half[p.id] ||= []).push(`${needed(d, p, S.k, c.mean)} (${d.title})`);
      if (h >= 0 && c.mean[h] >= LEAST) rises.push(`in ${d.title} ${where(d, p, h, c.mean[h])}`);
    }
    if (most) best.push(most);
  });
  const text = [];
  if (best.length) text.push(`In ${best[0].d.title}, cutting ${best[0].p.name} in ${best[0].where} takes ${drop(best[0].v)} off the answer’s probability${best.length > 1 ? '; ' + best.slice(1).map(x => `in ${x.d.title}, ${x.p.name} in ${x.where} (${fmt(x.v)}\u00a0%)`).join('; ') : ''}.`);
  PATHS.filter(p => half[p.id]).forEach(p => text.push(`${p.name} is needed around layers ${half[p.id].join(', ')}: cutting it there takes half or more away.`));
  if (rises.length) text.push(`Cutting raises the probability ${rises.join('; ')}.`);
  PATHS.filter(p => seen[p.id]?.every(x => x)).forEach(p => text.push(`${p.name} stays within ±${LEAST}\u00a0% in every window (95\u00a0% intervals that hold at all windows together).`));
  $('lede').textContent = text.join(' ').replaceAll('–', '\u2060–\u2060') || (DS.some(d => d.traced) ? DS.some(d => Object.keys(all(d, 0)).length) ? `No mean falls by ${LEAST}\u00a0%.` : 'No curve for these settings.' : 'No sample is traced yet. The same sightline trace command goes on.');
}
function frame() {
  $('run').innerHTML = esc(D.run) + ' &nbsp; ';
  $('facts').innerHTML = D.facts.map(([a, b]) => `<div><dt>${esc(a)}</dt><dd>${esc(b)}</dd></div>`).join('');
  $('notes').innerHTML = D.notes.map(n => `<li>${esc(n)}</li>`).join('');
  $('foot').textContent = D.foot;
  $('ds').innerHTML = DS.map((d, i) => `<div class="ds" style="--rows:${Math.max(1, Math.ceil((d.groups.length - 1) / 3))}"><h3>${esc(d.title)}<span>${count(d.traced)} samples, ${d.groups.length - 1} ${d.groups.length === 2 ? 'category' : 'categories'}</span>${pick('cat' + i, 'Category', d.groups.map((g, j) => [j, j ? label(g.name) : 'all']), S.cat[i])}</h3><figure class="p all"></figure>${d.groups.slice(1).map(() => '<figure class="p"></figure>').join('')}</div>`).join('');
}
const panels = [];
function draw() {
  panels.length = 0;
  const narrow = innerWidth <= 640;
  let max = 10; // the same scale in all panels
  DS.forEach(d => d.groups.forEach((g, i) => Object.values(all(d, i)).forEach(c => { max = Math.max(max, Math.ceil(Math.max(...c.mean) / 10) * 10); })));
  document.querySelectorAll('.ds').forEach((row, i) => {
    const d = DS[i];
    row.querySelectorAll('.p').forEach((f, j) => {
      const group = j ? j : S.cat[i], series = all(d, group), n = size(series), name = label(d.groups[group].name);
      const has = d.keys.some(x => x.k === S.k && x.masking === S.masking);
      if (!n) {
        f.querySelectorAll('.c').forEach(e => echarts.getInstanceByDom(e)?.dispose());
        f.innerHTML = `<figcaption><b>${esc(name)}</b><span></span></figcaption><p class="none">${has || !d.traced ? `no sample${S.kept && D.threshold > 0 && d.traced ? ` with p ≥ ${D.threshold}` : ''}` : `not traced with k = ${S.k}, masking ${esc(S.masking)}`}</p>`;
        return;
      }
      if (!f.querySelector('.c')) f.innerHTML = '<figcaption><b></b><span></span></figcaption><div class="c" tabindex="0"></div>' + (j ? '' : '<div class="say"></div><figure class="flips"></figure><figure class="flips foils"></figure>');
      f.querySelector('b').textContent = name;
      f.querySelector('b').title = d.groups[group].name;
      f.querySelector('figcaption span').textContent = 'n = ' + count(n);
      const el = f.querySelector('.c');
      el.setAttribute('aria-label', `${d.title}, ${name}: change by layer`);
      panels.push(panel(el, {data: d, paths: PATHS, k: S.k, series, ends: !j, right: j ? 6 : 140, left: narrow ? (j ? 34 : 46) : (j ? 34 : 48), pct: !j, max}));
      if (!j) { f.querySelector('.say').textContent = sentence(d, group); flips(f.querySelector('.flips'), d, group, name, narrow ? 46 : 48); foils(f.querySelector('.foils'), d, group, name, narrow ? 46 : 48); }
    });
  });
}
// Another measure under the curves of change: the same layers at the same places. Samples below the threshold are never in it.
function measured(box, d, curves, title, name, left, shown, out) {
  const place = p => d.keys.findIndex(x => x.pathway === p.id && x.k === S.k && x.masking === S.masking);
  const series = Object.fromEntries(PATHS.map(p => [p.id, curves?.[place(p)]]).filter(([, c]) => c)), n = size(series);
  if (!n) { box.querySelectorAll('.c').forEach(e => echarts.getInstanceByDom(e)?.dispose()); box.innerHTML = ''; return; }
  if (!box.querySelector('.c')) box.innerHTML = `<figcaption><b>${title}</b><span></span></figcaption><div class="c" tabindex="0"></div><div class="say"></div>`;
  box.querySelector('figcaption span').textContent = `${S.kept || !D.threshold ? '' : `p ≥ ${D.threshold}, `}n = ${count(n)}`;
  const el = box.querySelector('.c'), none = out.filter(([m]) => m), {told, ...scale} = shown(Object.values(series).flatMap(s => s.mean));
  el.setAttribute('aria-label', `${d.title}, ${name}: ${title.toLowerCase()}, by layer`);
  panels.push({...panel(el, {data: d, paths: PATHS, k: S.k, series, ends: true, right: 140, left, ...scale}), ...told});
  box.querySelector('.say').textContent = none.length ? `Left out of ${count(d.traced)} traced samples: ${none.map(([m, why]) => `${count(m)} ${why}`).join('; ')}.` : '';
}
function flips(box, d, group, name, left) {
  measured(box, d, d.flips?.curves[group], d.flips?.end ? 'Share of answers that change or no longer end' : 'Share of answers that change', name, left, () => ({pct: true, max: 100, share: true}), [[d.flips?.unmeasured, 'traced by a version that told only probabilities'], [d.flips?.not_greedy, d.flips?.end ? 'with another answer than greedy decoding gives, or without its end' : 'with another answer than greedy decoding gives']]);
}
// Of named foils, nats; the strip has its own least size.
function foils(box, d, group, name, left) {
  const scale = all => { const min = Math.min(-.5, ...all), max = Math.max(.5, ...all); return {scale: {min, max, marks: steps(min, max), least: .1, say: minus}, told: {unit: ' nats', what: 'answer against its foil'}}; };
  measured(box, d, d.foils?.curves[group], 'Answer against its foil, change in nats', name, left, scale, [[d.foils?.left_out, 'to which no foil applies']]);
}
const underlined = d => d.cross.length ? '<span class="wide">&nbsp; underlined layers: cross-attention</span>' : '';
function heats() {
  $('verticals').hidden = DS.every(d => !d.cross.length);
  const d = DS[S.heat], group = S.cat[S.heat];
  $('hsel').textContent = `masking ${S.masking}, ${label(d.groups[group].name)}`;
  $('hnum').hidden = d.layers > 24 || innerWidth <= 640;
  $('hpick').innerHTML = (DS.length > 1 ? pick('heat', 'Dataset', DS.map((x, i) => [i, x.title]), S.heat) : '') + pick('hcat', 'Category', d.groups.map((g, j) => [j, j ? label(g.name) : 'all']), group);
  const sizes = ks.filter(k => d.keys.some(x => x.k === k && x.masking === S.masking)).reverse();
  const layers = [...Array(d.layers).keys()];
  $('heats').innerHTML = PATHS.filter(p => d.keys.some(x => x.pathway === p.id)).map(p => `<table class="hm ${d.layers > 24 ? 'many' : ''}"><caption>${key(p)}${esc(p.name)}</caption><tbody>${sizes.map((k, r) => {
    const c = curve(d, group, p, k);
    return `<tr><th scope="row">${r ? `<span style="visibility:hidden">k = </span>${k}` : `k = ${k}`}</th>${layers.map(x => {
      if (!c || !acts(d, p, x, k)) return '<td class="no"></td>';
      const v = c.mean[x], t = Math.min(1, Math.max(0, -v) / 100) ** .8;
      return `<td style="background:${heat(t)};color:${heatInk(t)}" title="k = ${k}, layer ${x}: ${fmt(v)} %">${v <= -99.5 ? '<small>−100</small>' : v <= -5 ? '−' + Math.abs(v).toFixed(0) : ''}</td>`;
    }).join('')}</tr>`;
  }).join('')}</tbody><tfoot><tr><th>layer</th>${layers.map(x => `<td class="${d.cross.includes(x) ? 'x' : ''}">${landmarks(d).includes(x) ? x : ''}</td>`).join('')}</tr></tfoot></table>`).join('');
  $('scale').innerHTML = `<span>0</span><i style="background:linear-gradient(90deg,${[0, .25, .5, .75, 1].map(heat).join(',')})"></i><span>−100 %</span>${underlined(d)}`;
}
function harm() {
  $('hnote').textContent = `k = ${S.k}; 95 % intervals that hold at all windows together; the category it hurts most.`;
  const X = v => 4 + (Math.max(-100, Math.min(5, v)) + 100) / 105 * 112;
  $('harm').innerHTML = `<thead><tr><th>Pathway</th><th class="num">Layers</th><th class="num">Change, %</th><th class="num wide">95 %</th><th class="num wide"><svg class="iv" viewBox="0 0 120 14"><text x="${X(-100) - 4}" y="12" font-size="11" fill="currentColor">−100</text><text x="${X(0)}" y="12" font-size="11" fill="currentColor" text-anchor="middle">0</text></svg></th><th>Most in</th></tr></thead><tbody>` + DS.map(d => {
    const s = all(d, 0);
    return `<tr class="head"><td colspan="6">${esc(d.title)}</td></tr>` + PATHS.filter(p => s[p.id]).map(p => {
      const c = s[p.id], l = low(d, p, S.k, c.mean);
      if (l < 0) return `<tr><td>${key(p)}${esc(p.name)}</td><td class="num dim" colspan="5">cannot act</td></tr>`;
      const none = c.mean[l] > -LEAST; let worst = null, wv = 0;
      d.groups.slice(1).forEach((g, j) => { const there = curve(d, j + 1, p); if (there && there.mean[l] < wv) { wv = there.mean[l]; worst = label(g.name); } });
      const alike = none || !worst || wv > c.mean[l] * 1.03 || c.mean[l] < -97;
      return `<tr><td>${key(p)}${esc(p.name)}</td><td class="num">${none ? '<span class="dim">none</span>' : span(win(d, l, S.k))}</td><td class="num">${fmt(c.mean[l])}</td><td class="num dim wide">${between(c.low_all[l], c.high_all[l])}</td><td class="wide"><svg class="iv" viewBox="0 0 120 14" aria-hidden="true"><line x1="${X(0)}" x2="${X(0)}" y1="-2" y2="16" stroke="var(--off)"/>${known(c.low_all[l]) ? `<line x1="${X(c.low_all[l])}" x2="${X(c.high_all[l] ?? Infinity)}" y1="7" y2="7" stroke="var(${p.css})" stroke-width="2"/>` : ''}<g transform="translate(${X(c.mean[l]) - 13} 2)">${shapes[p.mark](`var(${p.css})`)}</g></svg></td><td>${alike ? '<span class="dim">all alike</span>' : `${esc(worst)} <span class="dim">${fmt(wv)}</span>`}</td></tr>`;
    }).join('');
  }).join('') + '</tbody>';
}
// What the most harmful windows' numbers rest on.
function sure() {
  const share = v => known(v) ? `${Math.round(100 * v)}\u00a0%` : '', one = v => known(v) ? v.toFixed(1) : '';
  $('sure').innerHTML = `<thead><tr><th>Pathway</th><th class="num">Layers</th><th class="num">Samples</th><th class="num">Clusters</th><th class="num">Mean, %</th><th class="num">Median, %</th><th class="num">Lose half</th><th class="num">p, Holm</th><th class="num">Same window</th><th class="num">Effect / SD</th><th class="num">Design effect</th><th class="num">Detectable, %</th></tr></thead><tbody>` + DS.map(d => {
    const s = all(d, S.cat[DS.indexOf(d)]), name = S.cat[DS.indexOf(d)] ? `, ${label(d.groups[S.cat[DS.indexOf(d)]].name)}` : '';
    return `<tr class="head"><td colspan="12">${esc(d.title + name)} <span class="dim">clusters: ${CLUSTERS[d.clustering]}</span></td></tr>` + PATHS.filter(x => s[x.id]?.worst).map(x => {
      const c = s[x.id], w = c.worst, none = c.mean[w.layer] > -LEAST;
      return `<tr><td>${key(x)}${esc(x.name)}</td><td class="num">${none ? '<span class="dim">none</span>' : span(win(d, w.layer, S.k))}</td><td class="num">${count(c.n)}</td><td class="num">${count(c.clusters)}</td><td class="num">${fmt(c.mean[w.layer])}</td><td class="num">${known(w.median) ? fmt(w.median) : ''}</td><td class="num">${share(w.half)}</td><td class="num">${c.clusters < 10 ? '' : chance(c.p_holm)}</td><td class="num">${none ? '' : share(w.agree)}</td><td class="num">${known(w.standardised) ? Math.abs(w.standardised) < 100 ? fmt(w.standardised) : (w.standardised < 0 ? '< −100' : '> +100') : ''}</td><td class="num">${one(w.design_effect)}</td><td class="num">${one(w.detectable)}</td></tr>`;
    }).join('');
  }).join('') + '</tbody>';
}
// What was traced beside the curves. An estimate is [value, low, high].
const named = id => { const p = PATHS.find(x => x.id === id); return p ? `${key(p)}${esc(p.name)}` : esc(label(id)); };
const plain = id => { const p = PATHS.find(x => x.id === id); return esc(p ? p.name : label(id)); };
const part = v => { const a = Math.abs(100 * v); return (v < 0 && a >= .5 ? '−' : '') + a.toFixed(0) + '\u00a0%'; };
const est = (e, say) => e && known(e[0]) ? `${say(e[0])}${known(e[1]) && known(e[2]) ? ` <span class="dim est">${say(e[1])} to ${say(e[2])}</span>` : ''}` : '<span class="dim">none</span>';
const chosen = d => d.added[S.cat[DS.indexOf(d)]];
const heading = (d, columns, n) => { const g = S.cat[DS.indexOf(d)]; return `<tr class="head"><td colspan="${columns}">${esc(d.title + (g ? `, ${label(d.groups[g].name)}` : ''))} <span class="dim">n = ${count(n)}; clusters: ${CLUSTERS[d.clustering]}</span></td></tr>`; };
const KEPT = D.threshold > 0 ? `Samples with p ≥ ${D.threshold}. ` : '';
function together() {
  const any = DS.some(d => d.added.some(g => g.kept || g.joint));
  $('together').hidden = !any;
  if (!any) return;
  $('wnote').innerHTML = `${KEPT}All layers at once; 95 % intervals over clusters. <i>Kept alone</i>: of all that the last token reads only this pathway is left (masking zero); the share of the answer’s log-probability between nothing left and nothing cut that it brings back. None: that range is below 0.1 nat. <i>Cut alone</i>: change of the log-odds, nats. <i>Share</i>: its part of what is lost when all are cut (Shapley). <i>Together</i>: what cutting two takes beyond the sum of each. Below 0 they stand in for each other, above 0 they are links of one chain. Cuts: masking ${esc(S.masking)}.`;
  $('whole').innerHTML = '<thead><tr><th>Pathway</th><th class="num">Kept alone</th><th class="num">Cut alone, nats</th><th class="num">Share, nats</th><th>Together with, nats</th></tr></thead><tbody>' + DS.filter(d => d.added.some(g => g.kept || g.joint)).map(d => {
    const a = chosen(d), joint = (a.joint || []).find(j => j.masking === S.masking), kept = a.kept || [];
    const ids = [...new Set([...(joint ? joint.pathways : []), ...kept.map(x => x.pathway)])];
    if (!ids.length) return heading(d, 5, 0) + `<tr><td colspan="5" class="dim">${a.joint ? `not traced with masking ${esc(S.masking)}` : 'no sample'}</td></tr>`;
    const pairs = joint ? joint.pathways.flatMap((x, i) => joint.pathways.slice(i + 1).map((y, j) => [i, i + 1 + j])) : [];
    const rows = ids.map(id => {
      const i = joint ? joint.pathways.indexOf(id) : -1, alone = kept.find(x => x.pathway === id);
      const others = i < 0 ? '' : pairs.map(([x, y], n) => x === i ? `${plain(joint.pathways[y])} ${est(joint.interactions[n], nats)}` : '').filter(Boolean).join('<br>');
      return `<tr><td>${named(id)}</td><td class="num">${alone ? est(alone.sufficiency, part) : ''}</td><td class="num">${i < 0 ? '' : est(joint.change[1 << i], nats)}</td><td class="num">${i < 0 ? '' : est(joint.shares[i], nats)}</td><td>${others}</td></tr>`;
    });
    if (joint && joint.pathways.length > 1) rows.push(`<tr><td class="dim">all of these cut</td><td></td><td class="num">${est(joint.change.at(-1), nats)}</td><td></td><td></td></tr>`);
    return heading(d, 5, joint ? joint.n : kept[0].n) + rows.join('');
  }).join('') + '</tbody>';
}
function against() {
  const any = DS.some(d => d.added.some(g => g.pictures)), drawn = DS.some(d => d.pool.some(c => c.control));
  $('against').hidden = !any;
  $('cnote').hidden = !drawn;
  if (drawn) $('cnote').innerHTML = 'Grey, dotted, with its band: as many other prompt tokens, drawn at random, cut in place of a narrow text pathway’s. The strip of such a pathway is filled where it differs from them (sign flips of clusters, largest over windows, Holm over the pathways) and from 0 by 3 points or more. Pathways that take all edges of their rows have no random twin and are held against 0. <i>p, Holm</i> below is of the same tests.';
  if (!any) return;
  $('anote').innerHTML = `${KEPT}Nothing is cut, but the model is shown another picture: <i>swap</i>, that of another sample; <i>blank</i>, the picture’s mean colour alone. <i>Worth</i>: log-probability with the own picture less that with the other, nats; bold if that is no chance (p ≤ 0.05 by sign flips of clusters, Holm over <i>swap</i> and <i>blank</i>) and 0.1 nat or more. By pathway: the share of this worth that its lowest window takes (k = ${S.k}, masking ${esc(S.masking)}); none if the worth is below 0.1 nat. A wrong picture may also mislead: 100 % is no strict ceiling. Intervals: 95 % over clusters, of that window alone.`;
  const kinds = ['swap', 'blank'].filter(kind => DS.some(d => d.added.some(g => (g.pictures || []).some(x => x.control === kind))));
  $('ctrl').innerHTML = `<thead><tr><th></th>${kinds.map(kind => `<th class="num">${kind}</th>`).join('')}</tr></thead><tbody>` + DS.filter(d => d.added.some(g => g.pictures)).map(d => {
    const pictures = chosen(d).pictures, columns = kinds.length + 1;
    if (!pictures) return heading(d, columns, 0) + `<tr><td colspan="${columns}" class="dim">no sample</td></tr>`;
    const of = (x, p) => x.shares.find(y => y.pathway === p.id && y.k === S.k && y.masking === S.masking);
    const row = (name, say) => `<tr><td>${name}</td>${kinds.map(kind => { const x = pictures.find(y => y.control === kind); return `<td class="num">${x ? say(x) : ''}</td>`; }).join('')}</tr>`;
    const share = (x, p) => { const y = of(x, p); return y ? est(y.share, part) : ''; };
    const layers = p => { const y = pictures.map(x => of(x, p)).find(Boolean), c = curve(d, S.cat[DS.indexOf(d)], p); return y && !(S.kept && c && c.mean[y.layer] > -LEAST) ? ` <span class="dim">${range(win(d, y.layer, S.k))}</span>` : ''; };
    return heading(d, columns, pictures[0].n) + row('p with the own picture', x => est(x.own, prob)) + row('p with the other picture', x => est(x.other, prob)) + row('Worth, nats', x => x.significant ? `<b>${est(x.worth, nats)}</b>` : est(x.worth, nats)) + row('p of the worth, Holm', x => x.clusters < 10 ? '' : chance(x.p_holm))
      + PATHS.filter(p => pictures.some(x => of(x, p))).map(p => row(named(p.id) + layers(p), x => share(x, p))).join('');
  }).join('') + '</tbody>';
}
// Pairs of categories at the largest difference of their means, those that are no chance first.
function differ() {
  const its = DS.filter(d => d.contrasts?.some(x => x.masking === S.masking)), MOST = 12;
  $('differ').hidden = !its.length;
  if (!its.length) return;
  $('dnote').innerHTML = `${KEPT}Mean change in the first category less that in the other, points, at the window of the largest difference; before clipping, k = ${its[0].contrasts[0].k} whatever is chosen above, masking ${esc(S.masking)}. Intervals hold at all windows together. Bold: more than chance (p ≤ 0.05 over windows, and by Holm over all pairs of one pathway) and 3 points or more. <i>Detectable</i>: the least difference that this test would find in four of five such studies. Categories of fewer than 10 clusters are in no pair. <a href="contrasts.csv">contrasts.csv</a>`;
  $('contrasts').innerHTML = '<thead><tr><th>Categories</th><th>Pathway</th><th class="num">Layers</th><th class="num">Difference, points</th><th class="num">p, Holm</th><th class="num">Detectable</th></tr></thead><tbody>' + its.map(d => {
    const all = d.contrasts.filter(x => x.masking === S.masking).sort((a, b) => b.significant - a.significant || Math.abs(b.difference[0]) - Math.abs(a.difference[0])), sure = all.filter(x => x.significant).length;
    return `<tr class="head"><td colspan="6">${esc(d.title)} <span class="dim">${sure} of ${count(all.length)} differ${all.length > MOST ? `; the first ${MOST}` : ''}</span></td></tr>` + all.slice(0, MOST).map(x => {
      const e = est(x.difference, fmt);
      return `<tr><td>${esc(label(x.one))} less ${esc(label(x.other))}</td><td>${named(x.pathway)}</td><td class="num">${span(win(d, x.layer, x.k))}</td><td class="num">${x.significant ? `<b>${e}</b>` : e}</td><td class="num">${chance(x.p_holm)}</td><td class="num">${known(x.detectable) ? x.detectable.toFixed(1) : ''}</td></tr>`;
    }).join('');
  }).join('') + '</tbody>';
}
// What each head takes when it is silenced: a grid of layers by heads, then those that take most.
// Chosen heads, silenced together.
function headSets() {
  const its = DS.filter(d => d.added[0].head_sets);
  $('headsets').innerHTML = its.length ? `<thead><tr><th>Silenced together</th><th>At</th><th class="num">Loss, nats</th></tr></thead><tbody>${its.map(d => { const sets = chosen(d).head_sets || []; return heading(d, 3, sets[0]?.n ?? 0) + sets.map(s => `<tr><td>${esc(s.name.replace(/.*\(|\)/g, '').replaceAll(',', ', '))}</td><td>${s.name.startsWith('heads_in') ? 'all rows' : 'the read-out row'}</td><td class="num">${est(s.loss, nats)}</td></tr>`).join(''); }).join('')}</tbody>` : '';
  return its.length > 0;
}
function heads() {
  const its = DS.filter(d => d.heads), sets = headSets();
  $('heads').hidden = !its.length && !sets;
  document.querySelector('#heads .beside').style.display = its.length ? '' : 'none';
  if (!its.length) $('headnote').innerHTML = `${KEPT}Mean loss of the answer’s log-odds, nats, with heads (layer.head) silenced together; 95 % intervals over clusters. <a href="whole_depth.csv">whole_depth.csv</a>`;
  if (!its.length) return;
  if (!DS[S.heads]?.heads) S.heads = DS.indexOf(its[0]);
  const d = DS[S.heads], h = d.heads, layers = [...Array(d.layers).keys()], at = (l, x) => l * h.heads + x, most = Math.max(0, ...h.loss);
  const sure = i => h.p[i] <= .05, told = i => known(h.low_all[i]) ? `${nats(h.low_all[i])} to ${nats(h.high_all[i])}` : '';
  const order = h.loss.map((v, i) => i).sort((a, b) => h.loss[b] - h.loss[a] || a - b).slice(0, 10);
  $('headnote').innerHTML = `${KEPT}All categories, n = ${count(h.n)}. One head of one layer is silenced at the row at which a token is read out: what it read there, and nowhere else, ${h.fill === 'mean' ? 'is its mean over samples of other pictures' : 'counts as 0'}. Mean loss of the answer’s log-odds, nats; ● differs from 0 (p ≤ 0.05 over all ${count(h.loss.length)} heads together; intervals that hold at all of them, none where fewer than ten clusters carry a mean’s spread). A head whose work another takes over shows no loss, and losses of heads do not add up. <a href="heads.csv">heads.csv</a>`;
  $('headpick').innerHTML = its.length > 1 ? pick('heads', 'Dataset', its.map(x => [DS.indexOf(x), x.title]), S.heads) : '';
  // The columns are where the layers of the dataset's large panel of curves are.
  const [left, width] = place(d);
  $('headgrid').innerHTML = `<table class="hm grid" style="width:${left + width}px"><colgroup><col style="width:${left}px"></colgroup><caption>${esc(d.title)}</caption><tbody>${[...Array(h.heads).keys()].map(x => `<tr><th scope="row">${x ? x : 'head 0'}</th>${layers.map(l => {
    const i = at(l, x), t = most ? Math.max(0, h.loss[i] / most) ** .8 : 0;
    return `<td style="background:${heat(t)};color:${heatInk(t)}" title="layer ${l}, head ${x}: ${nats(h.loss[i])} nats${told(i) ? ` (${told(i)})` : ''}">${sure(i) ? '●' : ''}</td>`;
  }).join('')}</tr>`).join('')}</tbody><tfoot><tr><th>layer</th>${layers.map(l => `<td class="${d.cross.includes(l) ? 'x' : ''}">${ticks(d, width).includes(l) ? l : ''}</td>`).join('')}</tr></tfoot></table>`;
  $('headscale').innerHTML = `<span>0</span><i style="background:linear-gradient(90deg,${[0, .25, .5, .75, 1].map(heat).join(',')})"></i><span>${nats(most)} nats</span>${underlined(d)}`;
  $('headtop').innerHTML = `<thead><tr><th class="num">Layer</th><th class="num">Head</th><th>Reads</th><th class="num">Loss, nats</th><th class="num">p</th></tr></thead><tbody>${order.map(i => { const l = Math.floor(i / h.heads); return `<tr><td class="num">${l}</td><td class="num">${i % h.heads}</td><td>${d.cross.includes(l) ? 'picture' : 'text'}</td><td class="num">${est([h.loss[i], h.low_all[i], h.high_all[i]], nats)}</td><td class="num">${h.p[i] <= .0005 ? '<0.001' : h.p[i].toFixed(3)}</td></tr>`; }).join('')}</tbody>`;
  headCurves(d);
}
// Left end and width of the layers in a dataset's large panel.
function place(d) {
  const p = panels.find(q => q.data === d && q.right > 6);
  return p ? [p.left, p.W - p.left - p.right] : [46, Math.min(266, innerWidth - 218)];
}
// Shares of the heads kept or cut together, on a log scale: the ranking in the accent, random heads of the same layers grey and dotted.
function headCurves(d) {
  const c = d.head_curves, box = $('headcurves');
  box.innerHTML = '';
  if (!c) return;
  const share = v => `${+(100 * v).toPrecision(2)}\u00a0%`, far = v => known(v) ? v.toFixed(2).replace('-', '−') : '', say = v => v.toFixed(2).replace('-', '−'), find = (keep, random) => c.curves.find(x => x.keep === keep && x.random === random);
  box.innerHTML = `<h3>Heads kept and cut together</h3><p class="note">${KEPT}Heads are ranked by their mean loss in samples of one half of the pictures; here are the samples of the other half, n = ${count(c.n)} on ${count(c.clusters)} ${CLUSTERS[d.clustering]}. Kept: all other heads are silenced at the read-out row; cut: these are. Faithfulness 1: log-odds as with nothing cut; 0: as with every head silenced. Bands: the middle 95 % of resamples. Random: as many heads of each layer, drawn for each sample. A share of ${count(c.heads)} heads that is less than half a head is none. <a href="head_curves.csv">head_curves.csv</a></p><div class="shares"></div><div class="scroll"><table id="headareas"></table></div>`;
  const holder = box.querySelector('.shares'), max = Math.max(1, ...c.curves.flatMap(x => x.f.map(f => f[0] ?? 0))), min = Math.min(0, ...c.curves.flatMap(x => x.f.map(f => f[0] ?? 0)));
  const top = Math.ceil(max * 4) / 4, low = Math.floor(min * 4) / 4;
  holder.innerHTML = [true, false].map(keep => `<figure><figcaption><span>${keep ? 'Kept' : 'Cut'}: faithfulness by share of heads</span></figcaption></figure>`).join('');
  [...holder.children].forEach((f, i) => {
    const keep = i === 0, W = f.clientWidth, H = 186, left = 48, right = 92, y0 = 6, y1 = H - 22;
    const X = v => left + (W - left - right) * (Math.log10(v) + 3) / 3, Y = v => y0 + (y1 - y0) * (top - Math.max(low, Math.min(top, v))) / (top - low);
    const line = [find(keep, true), find(keep, false)].map(x => {
      const at = x.f.map((v, j) => [X(c.shares[j]), v]).filter(([, v]) => known(v[0])), banded = at.filter(([, v]) => known(v[1]) && known(v[2])), colour = x.random ? 'var(--ink3)' : 'var(--accent)';
      const edge = banded.map(([px, v]) => `${px} ${Y(v[2])}`).concat(banded.map(([px, v]) => `${px} ${Y(v[1])}`).reverse());
      return (edge.length ? `<path d="M${edge.join('L')}Z" fill="${colour}" opacity=".16"/>` : '') + `<path d="M${at.map(([px, v]) => `${px} ${Y(v[0])}`).join('L')}" fill="none" stroke="${colour}" ${x.random ? 'stroke-width="1.5" stroke-dasharray="1.5 3"' : 'stroke-width="2.2"'}/>`
        + x.f.map((v, j) => known(v[0]) ? `<circle cx="${X(c.shares[j])}" cy="${Y(v[0])}" r="${x.random ? 5 : 3}" fill="${x.random ? 'transparent' : colour}"><title>${x.random ? 'random, ' : ''}${share(c.shares[j])}, ${count(c.counts[j])} ${c.counts[j] === 1 ? 'head' : 'heads'}: ${say(v[0])}${known(v[1]) ? ` (${far(v[1])} to ${far(v[2])})` : ''}</title></circle>` : '').join('');
    }).join('');
    // Both lines end at one point; their names stand there in the order of the lines.
    const gap = c.shares.map((v, j) => (find(keep, false).f[j][0] ?? 0) - (find(keep, true).f[j][0] ?? 0)), ends = spread([Y(keep ? 1 : 0) - 8, Y(keep ? 1 : 0) + 8], 15, y0 + 4, y1), first = gap.reduce((a, b) => a + b, 0) >= 0 ? 0 : 1;
    const name = (text, e, random) => `<line x1="${W - right + 6}" x2="${W - right + 24}" y1="${e}" y2="${e}" stroke="${random ? 'var(--ink3)' : 'var(--accent)'}" ${random ? 'stroke-width="1.5" stroke-dasharray="1.5 3"' : 'stroke-width="2.2"'}/><text class="name" x="${W - right + 30}" y="${e + 4}">${text}</text>`;
    const marks = []; for (let t = Math.ceil(low * 2) / 2; t <= top; t += .5) marks.push(t);
    f.insertAdjacentHTML('beforeend', `<svg width="${W}" height="${H}" role="img" aria-label="${keep ? 'kept' : 'cut'}: faithfulness by share of heads">${[0, 1].map(v => `<line x1="${left}" x2="${W - right}" y1="${Y(v)}" y2="${Y(v)}" stroke="${v ? 'var(--rule)' : 'var(--ink2)'}" opacity="${v ? 1 : .55}"/>`).join('')}${marks.map(t => `<text x="${left - 5}" y="${Y(t) + 4}" text-anchor="end">${String(t).replace('-', '−')}</text>`).join('')}${[.001, .01, .1, 1].map(v => `<text x="${X(v)}" y="${H - 8}" text-anchor="middle">${share(v)}</text>`).join('')}${line}${name('ranked', ends[first], false)}${name('random', ends[1 - first], true)}</svg>`);
  });
  const row = (text, cell) => `<tr><td>${text}</td>${[cell(true), cell(false)].map(x => `<td class="num">${x}</td>`).join('')}</tr>`, area = random => keep => est(find(keep, random).area, say), off = random => keep => keep ? say(find(keep, random).distance ?? 0) : '';
  $('headareas').innerHTML = `<thead><tr><th></th><th class="num">Kept</th><th class="num">Cut</th></tr></thead><tbody>${row('Area, ranked (kept: CPR)', area(false))}${row('Area, random', area(true))}${row('Better than random by', keep => est(keep ? c.kept_better : c.cut_better, say))}${row('Distance from 1, ranked (CMD)', off(false))}${row('Distance from 1, random', off(true))}</tbody>`;
}
function moreFiles() {
  const files = [...(DS.some(d => d.added.some(g => g.kept || g.joint || g.head_sets)) ? ['whole_depth.csv'] : []), ...(DS.some(d => d.added.some(g => g.pictures) || d.pool.some(c => c.control)) ? ['controls.csv'] : []), ...(DS.some(d => d.added.some(g => g.kept_windows)) ? ['kept.csv'] : []), ...(DS.some(d => d.triangles) ? ['triangle.csv'] : []), ...(DS.some(d => d.added.some(g => g.regions)) ? ['regions.csv'] : []), ...(DS.some(d => d.inside) ? ['inside.csv'] : []), ...(DS.some(d => d.heads) ? ['heads.csv'] : []), ...(DS.some(d => d.head_curves) ? ['head_curves.csv'] : [])];
  $('morecsv').innerHTML = files.map(f => `<a href="${f}">${f}</a> &nbsp; `).join('');
}
// Each pathway's most harmful window over the grid of settings.
function stable() {
  const its = DS.filter(d => d.stability), share = v => known(v) ? `${Math.round(100 * v)}\u00a0%` : '', none = '<span class="dim">none</span>';
  $('stability').hidden = !its.length;
  $('stable').innerHTML = `<thead><tr><th>Pathway</th><th class="num">Layers</th><th class="num">Settings</th><th class="num">Overlap</th><th class="num">Middle from–to</th><th class="num">Change, %</th><th class="num">from–to, %</th><th class="num">Significant</th><th class="num">Sign changes</th><th>Depends most on</th></tr></thead><tbody>` + its.map(d => {
    const s = d.stability;
    return `<tr class="head"><td colspan="10">${esc(d.title)} <span class="dim">beside k = ${s.k}, masking ${esc(s.masking)}, clip ${s.clip}, threshold ${s.threshold}${known(s.order) ? `; order of pathways: τ = ${s.order < 0 ? '−' : ''}${Math.abs(s.order).toFixed(2)}` : ''}</span></td></tr>` + PATHS.filter(p => Object.hasOwn(s.pathways, p.id)).map(p => {
      const x = s.pathways[p.id];
      return `<tr><td>${key(p)}${esc(p.name)}</td><td class="num">${x.layer < 0 ? none : span(win(d, x.layer, s.k))}</td><td class="num">${x.settings}</td><td class="num">${share(x.overlap)}</td><td class="num">${x.first < 0 ? none : span([x.first, x.last])}</td><td class="num">${fmt(x.change)}</td><td class="num">${fmt(x.least)} to ${fmt(x.most)}</td><td class="num">${share(x.significant)}</td><td class="num">${x.sign_changes}</td><td>${x.axis && x.axis_range >= .05 ? `${x.axis} <span class="dim">${fmt(x.axis_range).slice(x.axis_range < .05 ? 0 : 1)} points</span>` : '<span class="dim">nothing</span>'}</td></tr>`;
    }).join('');
  }).join('') + '</tbody>';
}
const CLUSTERS = {image: 'pictures', document: 'documents', none: 'samples'};
function counts() {
  const cells = g => `<td class="num">${count(g.traced)}</td><td class="num">${count(g.kept)}</td><td class="num">${g.traced ? prob(g.mean) : ''}</td>`;
  $('counts').innerHTML = `<thead><tr><th>Category</th><th class="num">Traced</th><th class="num">p ≥ ${D.threshold}</th><th class="num">mean p</th></tr></thead><tbody>` + DS.map(d => d.groups.map((g, i) => `<tr class="${i ? '' : 'head'}"><td>${esc(i ? label(g.name) : d.title)}</td>${cells(g)}</tr>`).join('')).join('') + '</tbody>';
}
function samples() {
  const d = DS[S.list];
  const cols = PATHS.map(p => [p, d.keys.findIndex(x => x.pathway === p.id && x.k === S.k && x.masking === S.masking)]).filter(([, i]) => i >= 0);
  $('spick').innerHTML = (DS.length > 1 ? pick('list', 'Dataset', DS.map((x, i) => [i, x.title]), S.list) : '') + pick('sort', 'Order', [['listed', 'as traced'], ['surest', 'surest first'], ...cols.map(([p]) => [p.id, p.name])], S.sort);
  const by = cols.find(([p]) => p.id === S.sort), rows = [...d.samples];
  if (S.sort === 'surest') rows.sort((a, b) => b[4] - a[4]);
  else if (by) rows.sort((a, b) => (a[5][by[1]]?.[0] ?? 0) - (b[5][by[1]]?.[0] ?? 0));
  $('rows').innerHTML = `<thead><tr><th>Id</th><th class="wide">Category</th><th>Question</th><th>Answer</th><th class="num">p</th>${cols.map(([p]) => `<th class="num">${esc(p.name)}</th>`).join('')}</tr></thead><tbody>` + rows.slice(0, S.shown).map(r => `<tr><td>${r[0]}</td><td class="wide dim">${esc(r[1].map(i => label(d.groups[i].name)).join(', '))}</td><td class="q">${esc(r[2])}</td><td class="a mono">${esc(r[3])}</td><td class="num">${prob(r[4])}</td>${cols.map(([p, i]) => { const v = r[5][i]; return v ? `<td class="num" title="${range(win(d, v[1], S.k))}">${fmt(v[0])}</td>` : '<td></td>'; }).join('')}</tr>`).join('') + '</tbody>';
  const left = rows.length - S.shown;
  $('more').hidden = left <= 0;
  $('more').textContent = left > 0 ? `${count(Math.min(48, left))} more of ${count(left)}` : '';
}
function redraw() { const name = document.activeElement?.name, value = document.activeElement?.value; lede(); draw(); heats(); harm(); sure(); differ(); together(); elsewhere(); against(); regions(); inside(); heads(); counts(); samples(); if (name && !document.activeElement?.name) document.querySelector(`[name="${name}"][value="${CSS.escape(value)}"]`)?.focus(); }

theme(); settings(); frame(); moreFiles(); stable(); redraw();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { theme(); redraw(); });
let timer; addEventListener('resize', () => { clearTimeout(timer); timer = setTimeout(() => { panels.forEach(p => p.chart.resize()); redraw(); }, 120); });

// Hover or arrow keys: one layer in all panels of that depth at once, one readout beside the panel, never over it.
const tip = document.body.appendChild(document.createElement('div')); tip.className = 'tip'; tip.setAttribute('role', 'status'); let at = -1;
const readout = (p, l) => {
  if (p.told) return p.told(l);
  const signed = text => p.share ? text.replaceAll('+', '') : text;
  const row = (name, c, unit, dim = '') => `<tr><td class="${dim}">${name}</td><td class="num ${dim}">${p.unit ? nats(c.mean[l]) : signed(fmt(c.mean[l]))}${unit}</td><td class="num dim">${p.unit ? (known(c.low[l]) && known(c.high[l]) ? `${nats(c.low[l])} to ${nats(c.high[l])}` : '') : signed(between(c.low[l], c.high[l]))}</td></tr>`;
  const rows = PATHS.filter(x => p.series[x.id]).map(x => {
    const c = p.series[x.id];
    if (!acts(p.data, x, l, S.k)) return `<tr><td>${key(x)}${esc(x.name)}</td><td class="dim" colspan="2" style="text-align:right">cannot act</td></tr>`;
    return row(key(x) + esc(x.name), c, p.unit || ' %') + (c.control ? row('random sources', c.control, ' %', 'dim') + row('difference from them, points', c.control.difference, '', 'dim') : '');
  });
  return `<b>Layer ${l}</b> <span class="dim">${p.data.depth ? `${depth(p.data, l)} % of depth; ` : ''}cuts ${range(win(p.data, l, S.k))}${p.share ? '; answers that change' : p.what ? `; ${p.what}` : ''}</span><table>${rows.join('')}</table>`;
};
function show(p, l) {
  at = l; document.querySelectorAll('.hair').forEach(e => e.remove());
  if (l < 0) { tip.style.display = 'none'; return; }
  panels.filter(q => q.data.layers === p.data.layers || p.data.depth).forEach(q => { const h = document.createElement('div'); h.className = 'hair'; h.style.left = q.left + (q.W - q.left - q.right) * (l + .5) / p.data.layers + 'px'; h.style.top = q.el.offsetTop + q.top + 'px'; h.style.height = q.plotH + 22 + 'px'; q.el.parentNode.append(h); });
  tip.innerHTML = readout(p, l); tip.style.display = 'block';
  const b = p.el.getBoundingClientRect(), t = tip.getBoundingClientRect();
  tip.style.left = Math.max(8, Math.min(innerWidth - t.width - 8, b.left + p.left)) + 'px';
  tip.style.top = (b.bottom + 2 + t.height < innerHeight ? b.bottom + 2 : b.top - t.height - 22) + 'px';
}
const of = e => panels.find(p => p.el === e.target.closest?.('.c'));
const point = e => { const p = of(e); if (!p) { if (at >= 0) show(null, -1); return; } const x = e.clientX - p.el.getBoundingClientRect().left, l = Math.floor((x - p.left) / ((p.W - p.left - p.right) / p.data.layers)); show(p, l < 0 || l >= p.data.layers ? -1 : l); };
document.addEventListener('pointermove', point);
document.addEventListener('pointerdown', point);
document.addEventListener('focusout', e => { if (of(e)) show(null, -1); });
document.addEventListener('keydown', e => { const p = of(e); if (!p) return; const L = p.data.layers, l = {ArrowRight: Math.min(L - 1, at + 1), ArrowLeft: Math.max(0, at - 1), Home: 0, End: L - 1, Escape: -1}[e.key]; if (l === undefined) return; e.preventDefault(); show(p, l); });

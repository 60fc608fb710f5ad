// What the report's page and the explorer share: how numbers are said, how pathways look, panels of curves by layer.
// Inlined in the report's page before its own script, without `export`: top-level names are unique over both.
export const $ = id => document.getElementById(id);
export const esc = t => String(t).replace(/[&<>"]/g, c => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'}[c]));
// Reading a style is slow, and a chart reads dozens: kept by theme.
const styles = {};
export const css = v => (styles[document.documentElement.dataset.theme] ??= {})[v] ||= getComputedStyle(document.documentElement).getPropertyValue(v).trim();
// Colours as variables, not by name: published results may call a pathway anything.
export function paint(paths) {
  paths.forEach((p, i) => { p.css = `--p-${i}`; });
  for (const theme of ['light', 'dark']) {
    const sheet = document.createElement('style');
    sheet.textContent = `:root${theme === 'dark' ? '[data-theme=dark]' : ''}{${paths.map(p => `${p.css}:${p[theme]}`).join(';')}}`;
    document.head.append(sheet);
  }
}
export const shapes = {
  circle: c => `<circle cx="13" cy="5" r="3.4" fill="${c}"/>`,
  diamond: c => `<path d="M13 .8 17 5 13 9.2 9 5Z" fill="${c}"/>`,
  rect: c => `<rect x="10" y="2" width="6" height="6" fill="${c}"/>`,
  triangle: c => `<path d="M13 1 16.8 8.4H9.2Z" fill="${c}"/>`};
export const key = p => `<svg class="k" viewBox="0 0 26 10" preserveAspectRatio="xMidYMid slice" aria-hidden="true"><line x1="0" x2="26" y1="5" y2="5" stroke="var(${p.css})" stroke-width="${p.width}" ${p.dash.length ? `stroke-dasharray="${p.dash}"` : ''}/>${shapes[p.mark](`var(${p.css})`)}</svg>`;

// A true minus, the sign always, one decimal below 10 and none above; never "-0".
export const fmt = v => { const a = Math.abs(v); if (a < .05) return '0'; return (v < 0 ? '−' : '+') + (a >= 9.95 ? a.toFixed(0) : a.toFixed(1)); };
export const chance = p => p <= .0005 ? '<0.001' : p.toFixed(3);
export const prob = p => p < .001 ? '<0.001' : p.toFixed(3);
// A category may be called anything: a long name is cut where it stands beside others.
export const cut = t => [...t].length > 40 ? [...t].slice(0, 39).join('') + '…' : t;
export const label = g => g === 'yes_no' ? 'yes/no' : cut(g.replace(/(?<=[^_])_(?=[^_])/g, ' ')); // __proto__ stays
export const count = n => n.toLocaleString('en-US');
export const range = ([a, b]) => a === b ? `layer ${a}` : `layers ${a}–${b}`;
export const span = ([a, b]) => a === b ? a : `${a}–${b}`;
export const win = (d, l, k) => [Math.max(0, l - (k >> 1)), Math.min(d.layers - 1, l + (k >> 1))];
// A pathway cuts layers of one kind; `cross` null: of both. Where no layer is a cross-attention layer, all are of one kind.
export const acts = (d, p, l, k) => { if (!d.cross.length) return true; const [a, b] = win(d, l, k); for (let i = a; i <= b; i++) if (p.cross === null || d.cross.includes(i) === p.cross) return true; return false; };
// The lowest point where the window acts; of a flat stretch (windows that hold the same layers) the middle.
export function low(d, p, k, mean) {
  let i = -1;
  for (let l = 0; l < mean.length; l++) if (acts(d, p, l, k) && (i < 0 || mean[l] < mean[i] - 1e-6)) i = l;
  let j = i;
  while (i >= 0 && j + 1 < mean.length && acts(d, p, j + 1, k) && mean[j + 1] <= mean[i] + 1e-6) j++;
  return i < 0 ? -1 : (i + j) >> 1;
}
export const high = (d, p, k, mean) => low(d, p, k, mean.map(v => -v));
// Below this size, in percent, a change is not worth the name of a window.
export const LEAST = 3;
// Intervals: without a lower end there is none; without an upper end alone it is open.
export const known = low => low !== null && low !== undefined;
export const between = (low, high) => known(low) ? `${fmt(low)} to ${high === null ? '\u221e' : fmt(high)}` : '';
export const nats = v => { const a = Math.abs(v); return a < .005 ? '0' : (v < 0 ? '−' : '+') + (a >= 9.95 ? a.toFixed(1) : a.toFixed(2)); };

// Theme: the reader's, or ?theme=dark.
export function theme() {
  const asked = new URLSearchParams(location.search).get('theme') || 'auto';
  const dark = asked === 'dark' || (asked === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}
export const mix = (a, b, t) => { const h = x => [1, 3, 5].map(i => parseInt(x.slice(i, i + 2), 16)); const A = h(a), B = h(b); return '#' + A.map((x, i) => Math.round(x + (B[i] - x) * t).toString(16).padStart(2, '0')).join(''); };
export function heat(t) { const s = ['--heat0', '--heat1', '--heat2', '--heat3', '--heat4'].map(css); t = Math.max(0, Math.min(1, t)) * 4; const i = Math.min(3, Math.floor(t)); return mix(s[i], s[i + 1], t - i); }
export const lum = h => [1, 3, 5].reduce((s, i, n) => { const x = parseInt(h.slice(i, i + 2), 16) / 255; return s + [.2126, .7152, .0722][n] * (x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4); }, 0);
// Of these two one has 4.5:1 on every shade.
export const heatInk = t => lum(heat(t)) > .176 ? '#000000' : '#FDFCFA';

// Labels at line ends keep the order of the values, a gap apart, within bounds.
export function spread(ys, gap, lo, hi) {
  const o = ys.map((y, i) => ({y, i})).sort((a, b) => a.y - b.y || a.i - b.i);
  for (let n = 0; n < 60 && o.length; n++) {
    for (let i = 1; i < o.length; i++) { const d = gap - (o[i].y - o[i - 1].y); if (d > 0) { o[i].y += d / 2; o[i - 1].y -= d / 2; } }
    o[0].y = Math.max(lo, o[0].y); o.at(-1).y = Math.min(hi, o.at(-1).y);
  }
  const r = []; o.forEach(x => { r[x.i] = x.y; }); return r;
}
// Layers whose numbers are told: 0 and the cross-attention layers; in a model without, round ones.
export const landmarks = d => d.cross.length ? [...new Set([0, ...d.cross])] : [...Array(d.layers).keys()].filter(l => l % (d.layers <= 12 ? 2 : d.layers <= 24 ? 4 : 8) === 0);
// What an axis counts: layers, or percent of the model's layers.
export const depth = (d, l) => Math.round(100 * (l + .5) / d.layers);
export const scaleOf = d => d.depth ? {marks: [0, .25, .5, .75, 1].map(x => x * d.layers - .5), say: l => depth(d, l), unit: '% of depth'} : {marks: landmarks(d), say: l => l, unit: 'layer'};
// Those that fit side by side.
export function ticks(d, width, {marks, say} = {marks: landmarks(d), say: l => l}) {
  const kept = []; let free = -1e9;
  for (const l of marks) { const x = width * (l + .5) / d.layers, half = String(say(l)).length * 3.3; if (x - half > free) { kept.push(l); free = x + half + 3; } }
  return kept;
}

// A band where a curve has one: a lone layer gets some width.
export const band = (s, fill, on, clamp, z) => ({type: 'custom', silent: true, z, data: [[0, 0]], renderItem: (pr, api) => {
  const kids = [], L = s.mean.length; let run = [];
  const flush = () => { if (run.length) { const half = run.length === 1 ? .35 : 0, up = [], lo = []; run.forEach(l => (half ? [-half, half] : [0]).forEach(h => { up.push(api.coord([l + h, clamp(s.high[l] ?? Infinity)])); lo.push(api.coord([l + h, clamp(s.low[l])])); })); kids.push({type: 'polygon', shape: {points: up.concat(lo.reverse())}, style: {fill, opacity: .16}}); } run = []; };
  for (let l = 0; l < L; l++) on(l) && known(s.low[l]) ? run.push(l) : flush();
  flush();
  return {type: 'group', children: kids};
}});
// Random sources: grey, dotted, behind the pathway that they stand for.
export const randomBand = (s, on, clamp) => [band(s, css('--ink3'), on, clamp, 0), {type: 'line', silent: true, z: 1, symbol: 'none', connectNulls: false, data: s.mean.map((v, l) => [l, on(l) ? v : null]), lineStyle: {color: css('--ink3'), width: 1, type: [1, 2]}, emphasis: {disabled: true}}];

// Layers that tell a curve by its mark where colour does not: one in every stretch of it, each curve elsewhere.
function stretchMarks(L, on, share, but) {
  const marks = new Set();
  for (let a = 0, b; a < L; a = b + 1) { b = a; if (!on(a)) continue; while (on(b + 1)) b++; if (!(but >= a && but <= b)) marks.add(a + Math.floor(share * (b - a + 1))); }
  return marks;
}
// One panel: `marked` puts a curve's mark on every stretch of it, not on its lowest point alone; `scale` in place of percent from −100 to `max` is {min, max, marks, least, up, say}.
// Faint lines at cross-attention layers, bands, curves, lowest points, and a strip showing where windows can act.
export function panel(el, o) {
  const d = o.data, L = d.layers, k = o.k, shown = o.paths.filter(p => o.series[p.id]);
  const chart = echarts.getInstanceByDom(el) || echarts.init(el, null, {renderer: 'svg'});
  const H = el.clientHeight, W = el.clientWidth, top = o.top ?? 6, strip = shown.length * 5, bot = strip + 22, left = o.left, right = o.right;
  const plotH = H - top - bot, max = o.scale?.max ?? o.max, min = o.scale?.min ?? (o.share ? 0 : -100), up = o.share || o.scale?.up, least = o.scale?.least ?? LEAST, clamp = v => Math.max(min, Math.min(max, v));
  const axis = scaleOf(d), labels = ticks(d, W - left - right, axis);
  const xa = g => ({gridIndex: g, type: 'value', min: -.5, max: L - .5, axisLine: {show: false}, axisTick: {show: false}, splitLine: {show: false}, axisLabel: {show: g === 1, customValues: labels, fontSize: 11, color: css('--ink2'), margin: 3, showMinLabel: true, formatter: axis.say}});
  const ser = [{type: 'line', data: [], silent: true, markLine: {symbol: 'none', silent: true, animation: false, label: {show: false}, lineStyle: {color: css('--rule'), width: 1, type: 'solid'}, data: d.cross.map(c => ({xAxis: c}))}}];
  shown.forEach((p, pi) => {
    const c = css(p.css), s = o.series[p.id], on = l => l >= 0 && l < L && acts(d, p, l, k);
    if (s.control) ser.push(...randomBand(s.control, on, clamp));
    if (s.low.length) ser.push(band(s, c, on, clamp, 1));
    if (s.dots) ser.push({type: 'scatter', silent: true, z: 2, symbol: 'circle', symbolSize: 2.4, itemStyle: {color: c, opacity: .55}, emphasis: {disabled: true},
      data: s.dots.flatMap(sample => sample.flatMap((v, l) => on(l) ? [[l + .14 * (pi - (shown.length - 1) / 2), clamp(v)]] : []))});
    ser.push({type: 'line', silent: true, z: 2, symbol: 'none', data: s.mean.map((v, l) => [l, v]), lineStyle: {color: css('--off'), width: 1}, emphasis: {disabled: true}});
    const best = (up ? high : low)(d, p, k, s.mean), marked = best >= 0 && (up ? s.mean[best] : -s.mean[best]) >= least ? best : -1, small = o.marked ? stretchMarks(L, on, (pi + .5) / shown.length, marked) : null;
    ser.push({type: 'line', name: p.id, z: 3 + (shown.length - pi), connectNulls: false, symbol: p.mark, showAllSymbol: true, silent: true,
      data: s.mean.map((v, l) => ({value: [l, on(l) ? v : null], symbolSize: l === marked ? (p.mark === 'circle' || p.mark === 'rect' ? 6.5 : 8) : small?.has(l) ? (p.mark === 'circle' || p.mark === 'rect' ? 5 : 6.5) : on(l) && !on(l - 1) && !on(l + 1) ? 4 : 0})),
      lineStyle: {color: c, width: p.width, type: p.dash.length ? p.dash : 'solid', cap: 'butt'}, itemStyle: {color: c, opacity: 1}, emphasis: {disabled: true}});
    ser.push({type: 'custom', silent: true, xAxisIndex: 1, yAxisIndex: 1, data: [...Array(L).keys()].map(l => [l, pi]), renderItem: (pr, api) => {
      const l = api.value(0), x0 = api.coord([l - .5, 0])[0], x1 = api.coord([l + .5, 0])[0], gap = Math.min(1, (x1 - x0) / 5);
      const shape = {x: x0 + gap / 2, y: H - 16 - strip + pi * 5, width: x1 - x0 - gap, height: 4}, hollow = on(l) && !s.significant.includes(l);
      return hollow ? {type: 'rect', shape: {...shape, x: shape.x + .5, y: shape.y + .5, width: shape.width - 1, height: 3}, style: {fill: 'none', stroke: c, lineWidth: 1, opacity: .72}} : {type: 'rect', shape, style: {fill: on(l) ? c : css('--off'), opacity: on(l) ? .9 : .5}};
    }});
  });
  const grid = o.scale?.marks ?? []; if (!o.scale) for (let t = min; t <= max; t += 50) grid.push(t);
  chart.setOption({animation: false, textStyle: {fontFamily: css('--sans')},
    grid: [{left, right, top, height: plotH, outerBoundsMode: 'none'}, {left, right, top: top + plotH + 6, height: strip, outerBoundsMode: 'none'}],
    xAxis: [xa(0), xa(1)],
    yAxis: [{min, max, axisLine: {show: false}, axisTick: {show: false}, splitLine: {show: false}, axisLabel: {customValues: grid, fontSize: 11, color: css('--ink2'), margin: 5, formatter: v => o.scale ? o.scale.say(v) : v === 0 ? '0' : (o.share ? v : fmt(v)) + (o.pct ? ' %' : '')}}, {gridIndex: 1, min: 0, max: shown.length, show: false}],
    series: [...ser, {type: 'line', silent: true, data: [], markLine: {symbol: 'none', silent: true, animation: false, label: {show: false}, lineStyle: {color: css('--ink2'), width: 1, type: 'solid', opacity: .55}, data: [{yAxis: 0}]}}]}, true);
  const y = v => top + plotH * (max - clamp(v)) / (max - min);
  el.parentNode.querySelectorAll('.ends').forEach(e => e.remove());
  if (o.ends) {
    const last = shown.map(p => y(o.series[p.id].mean[L - 1])), pos = spread(last, 15, top + 4, top + plotH), x0 = W - right, tickEnd = left + (x0 - left) * (labels.at(-1) + .5) / L + String(axis.say(labels.at(-1))).length * 3.3, div = document.createElement('div');
    div.className = 'ends'; div.style.cssText = `position:absolute;left:0;top:${el.offsetTop}px;pointer-events:none`;
    div.innerHTML = `<svg width="${W}" height="${H}" style="position:absolute;left:0;top:0;overflow:visible">${shown.map((p, i) => `<path d="M${x0 - 3} ${last[i]}L${x0 + 5} ${pos[i]}" stroke="var(${p.css})" fill="none"/>`).join('')}</svg>` + shown.map((p, i) => `<span style="position:absolute;left:${x0 + 8}px;top:${pos[i] - 8}px;max-width:${right - 8}px;overflow:hidden;text-overflow:ellipsis;font-size:12px;line-height:16px;white-space:nowrap">${key(p)}${esc(p.name)}</span>`).join('') + `<span class="dim" style="position:absolute;left:${Math.max(x0 + 8, tickEnd + 9)}px;top:${H - 16}px;font-size:11px;line-height:16px">${axis.unit}</span>`;
    el.parentNode.append(div);
  }
  return {el, chart, data: d, series: o.series, share: o.share, top, plotH, left, right, W, H};
}

// Words in a row, the chosen one underlined.
export const pick = (name, label, options, value) => `<fieldset class="pick"><span>${label}</span>${options.map(([v, t]) => `<label data-t="${esc(t)}"><input type="radio" name="${name}" value="${esc(v)}" ${String(value) === String(v) ? 'checked' : ''}>${esc(t)}</label>`).join('')}</fieldset>`;

// Figures as SVG and PNG files that stand alone: colours in place of variables, and labels that say what is shown.
import { $, css, key } from './evidence.js';
import { NS, captionOf, copied, finished, inlined, placed, sheet, textAt } from './sheet.js';
import { categoryTitle } from './categories.js';
import { runTitle } from './runs.js';
import { V } from './state.js';
import { shownPaths, sides } from './known.js';
import { at } from './sides.js';
import { panelOf } from './pathways.js';

const GAP = 24, LETTER = 18;
// All sides in a row, under their letters if there are two; `draws` puts one into its place.
function inRow(title, sizes, draws) {
  if (!sizes.length) return null;
  const top = V.held ? LETTER : 0, {svg, body} = sheet(sizes.reduce((all, s) => all + s.width, GAP * (sizes.length - 1)), top + Math.max(...sizes.map(s => s.height)), title, captionOf(sides()));
  let x = 0;
  for (const s of sizes) {
    const part = document.createElementNS(NS, 'g');
    if (top) part.append(textAt(0, 4, s.side.letter, `font-size:13px;font-weight:600;fill:${css('--ink')}`));
    const inner = document.createElementNS(NS, 'g'); inner.setAttribute('transform', `translate(0 ${top})`); part.append(inner);
    draws(s.side, inner); placed(body, part, x, 0);
    x += s.width + GAP;
  }
  return svg;
}
// Where a narrow page names the curves below the chart, so does the figure.
const LINE = 18;
const below = side => at(side, 'curvewrap').querySelector('.ends') ? [] : shownPaths(side).filter(p => panelOf(side).series[p.id]);
const curves = () => inRow($('curvetitle').textContent, sides().filter(panelOf).map(side => ({side, width: panelOf(side).W, height: panelOf(side).H + LINE * below(side).length})), curvesOf);
function legend(side, svg) {
  below(side).forEach((p, i) => {
    const holder = document.createElement('div'), y = panelOf(side).H + LINE * i;
    holder.innerHTML = key(p);
    const line = holder.firstElementChild; line.setAttribute('width', 26); line.setAttribute('height', 10);
    placed(svg, line, 0, y + 3); svg.append(textAt(32, y + 12, p.name, `font-size:12px;fill:${css('--ink')}`));
  });
}
function curvesOf(side, svg) {
  const P = panelOf(side), wrap = at(side, 'curvewrap'), origin = P.el.getBoundingClientRect();
  const win = wrap.querySelector('.win');
  if (win) { const r = document.createElementNS(NS, 'rect'); for (const [a, v] of [['x', win.offsetLeft], ['y', win.offsetTop], ['width', win.offsetWidth], ['height', win.offsetHeight], ['fill', css('--accent')], ['opacity', '.1']]) r.setAttribute(a, v); svg.append(r); }
  placed(svg, inlined(P.el.querySelector('svg')), 0, 0);
  wrap.querySelectorAll('.ends').forEach(ends => {
    const lines = ends.querySelector('svg'); if (lines) placed(svg, inlined(lines), 0, 0);
    ends.querySelectorAll('span').forEach(s => { const b = s.getBoundingClientRect(), zoom = origin.width / P.W, k = s.querySelector('svg'), x = (b.left - origin.left) / zoom, y = (b.top - origin.top) / zoom; if (k) { const copy = inlined(k); copy.setAttribute('width', 26); copy.setAttribute('height', 10); placed(svg, copy, x, y + 3); } svg.append(textAt(x + (k ? 32 : 0), y + 12, s.textContent, `font-size:12px;fill:${css('--ink')}`)); });
  });
  legend(side, svg);
  const text = wrap.querySelector('.wint');
  if (!text) return;
  const ground = document.createElementNS(NS, 'rect'), left = text.offsetLeft - text.offsetWidth / 2;
  for (const [a, v] of [['x', left], ['y', text.offsetTop], ['width', text.offsetWidth], ['height', text.offsetHeight], ['fill', css('--bg')]]) ground.setAttribute(a, v);
  svg.append(ground, textAt(left + 3, text.offsetTop + 11, text.textContent, `font-size:11px;fill:${css('--accent')}`));
}
const slopes = () => inRow(`What it would have said: ${shownPaths().find(p => p.id === V.path)?.name ?? ''}, ${sides().map(side => at(side, 'sayswhat').textContent).join(' | ')}`, sides().filter(side => at(side, 'slope').childElementCount).map(side => ({side, width: at(side, 'slope').clientWidth, height: at(side, 'slope').clientHeight})), (side, svg) => svg.append(sized(at(side, 'slope'))));
function sized(source) { const copy = inlined(source); copy.setAttribute('width', source.clientWidth); copy.setAttribute('height', source.clientHeight); return copy; }
function drawn(id, title) { const source = $(id); if (!source.childElementCount) return null; const {svg, body} = sheet(source.clientWidth, source.clientHeight, title); placed(body, sized(source), 0, 0); return svg; }
function picture() {
  const img = $('img'), box = $('pic').getBoundingClientRect();
  if (!img.naturalWidth) return null;
  const {svg: whole, body: svg} = sheet(box.width, box.height, $('attn').textContent || 'Picture'), image = (source, smooth) => { const canvas = document.createElement('canvas'); canvas.width = source.naturalWidth || source.width; canvas.height = source.naturalHeight || source.height; canvas.getContext('2d').drawImage(source, 0, 0); const e = document.createElementNS(NS, 'image'); e.setAttribute('href', canvas.toDataURL()); e.setAttribute('width', box.width); e.setAttribute('height', box.height); e.setAttribute('preserveAspectRatio', 'none'); if (!smooth) e.setAttribute('style', 'image-rendering:pixelated'); svg.append(e); };
  image(img, img.naturalWidth > box.width); if (!$('veil').hidden) image($('veil'), false);
  const over = inlined($('over')); over.setAttribute('width', box.width); over.setAttribute('height', box.height); placed(svg, over, 0, 0);
  $('marks').querySelectorAll('.box,.random').forEach(m => { const b = m.getBoundingClientRect(), r = document.createElementNS(NS, 'rect'); for (const [a, v] of [['x', b.left - box.left], ['y', b.top - box.top], ['width', b.width], ['height', b.height], ['fill', 'none'], ['stroke', css(m.className === 'box' ? '--accent' : '--ink2')], ['stroke-width', 2], ...(m.className === 'box' ? [] : [['stroke-dasharray', '2 3']])]) r.setAttribute(a, v); svg.append(r); svg.append(textAt(b.left - box.left + 6, b.top - box.top + 16, m.className, `font-size:11px;fill:${css('--ink')};stroke:${css('--bg')};stroke-width:3px;paint-order:stroke`)); });
  return whole;
}
export const FIGURES = {curves: ['Curves', curves], said: ['What it would have said', slopes], picture: ['Picture', picture], heads: ['Heads', () => drawn('headgrid', 'Change of log-odds, nats, when a head reads nothing at the last position')], lens: ['Lens', () => copied('lenstable', 'What the read-out would say behind each layer; p at temperature 1')], runs: ['Runs', () => runTitle() ? copied('runtable', runTitle(), []) : null], categories: ['Curves by category', () => categoryTitle() ? copied('panels', categoryTitle(), []) : null]};
export function svgOf(name) { const svg = FIGURES[name][1]?.(); return svg ? finished(svg) : null; }
export function pngOf(text) {
  const size = /width="([\d.]+)" height="([\d.]+)"/.exec(text), scale = 2;
  return new Promise((done, wrong) => {
    const url = URL.createObjectURL(new Blob([text], {type: 'image/svg+xml'})), img = new Image();
    img.onload = () => { const c = document.createElement('canvas'); c.width = size[1] * scale; c.height = size[2] * scale; c.getContext('2d').drawImage(img, 0, 0, c.width, c.height); URL.revokeObjectURL(url); c.toBlob(b => b ? done(b) : wrong(new Error('no picture'))); };
    img.onerror = () => { URL.revokeObjectURL(url); wrong(new Error('no picture')); };
    img.src = url;
  });
}

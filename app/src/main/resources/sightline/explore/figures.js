// Figures as SVG and PNG files that stand alone: colours in place of variables, and labels that say what is shown.
import { $, css } from './evidence.js';
import { V } from './state.js';
import { M, R, shownPaths } from './known.js';
import { P } from './pathways.js';

const NS = 'http://www.w3.org/2000/svg';
const resolved = text => text.replace(/var\((--[\w-]+)\)/g, (_, name) => css(name));
const textAt = (x, y, text, style) => { const t = document.createElementNS(NS, 'text'); t.setAttribute('x', x); t.setAttribute('y', y); t.setAttribute('style', style); t.textContent = text; return t; };
const caption = () => [`${R.text ? `“${R.text}”` : ''} — ${V.q}`, `${M.state.model?.name}, prompt ${V.prompt}, k ${V.k}, masking ${V.masking}, rows ${V.rows}, measure ${V.measure}${V.tok === 'all' ? '' : `, answer token ${Number(V.tok) + 1}`}`];

const MARGIN = 8;
// A line is broken where about so many letters of this size fill it.
function broken(text, width) {
  const lines = [''], most = Math.max(24, Math.floor((width - 2 * MARGIN) / 6.6));
  for (const word of text.split(' ')) { if (lines.at(-1) && lines.at(-1).length + word.length >= most) lines.push(word); else lines[lines.length - 1] += (lines.at(-1) ? ' ' : '') + word; }
  return lines;
}
function sheet(inner, high, title) {
  const width = inner + 2 * MARGIN, height = high + MARGIN, lines = [title, ...caption()].flatMap(line => broken(line, width)), all = height + 26 + 18 * lines.length;
  const svg = document.createElementNS(NS, 'svg');
  svg.setAttribute('xmlns', NS); svg.setAttribute('width', width); svg.setAttribute('height', all); svg.setAttribute('viewBox', `0 0 ${width} ${all}`);
  svg.setAttribute('font-family', 'sans-serif');
  const ground = document.createElementNS(NS, 'rect');
  ground.setAttribute('width', '100%'); ground.setAttribute('height', '100%'); ground.setAttribute('fill', css('--bg')); svg.append(ground);
  lines.forEach((line, i) => svg.append(textAt(MARGIN, height + 24 + 18 * i, line, `font-size:12px;fill:${css(i ? '--ink2' : '--ink')}`)));
  const body = document.createElementNS(NS, 'g'); body.setAttribute('transform', `translate(${MARGIN} ${MARGIN})`); svg.append(body);
  return {svg, body};
}
function placed(svg, child, x, y) { const g = document.createElementNS(NS, 'g'); g.setAttribute('transform', `translate(${x} ${y})`); g.append(child); svg.append(g); }
function finished(svg) {
  // Styles of the page do not go along: what they say is written into the elements.
  return resolved(new XMLSerializer().serializeToString(svg));
}
function inlined(source) {
  const copy = source.cloneNode(true), from = [source, ...source.querySelectorAll('*')], to = [copy, ...copy.querySelectorAll('*')];
  from.forEach((e, i) => { const style = getComputedStyle(e); for (const name of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-weight', 'opacity', 'fill-opacity', 'display', 'vector-effect']) if (style.getPropertyValue(name)) to[i].style.setProperty(name, style.getPropertyValue(name)); if (e.tagName === 'text') to[i].style.fontFamily = e.classList.contains('tok') ? 'monospace' : 'sans-serif'; });
  return copy;
}
function curves() {
  if (!P) return null;
  const {svg: whole, body: svg} = sheet(P.W, P.H, $('curvetitle').textContent), wrap = $('curvewrap'), origin = $('curve').getBoundingClientRect();
  const win = wrap.querySelector('.win');
  if (win) { const r = document.createElementNS(NS, 'rect'); for (const [a, v] of [['x', win.offsetLeft], ['y', win.offsetTop], ['width', win.offsetWidth], ['height', win.offsetHeight], ['fill', css('--accent')], ['opacity', '.1']]) r.setAttribute(a, v); svg.append(r); }
  placed(svg, inlined($('curve').querySelector('svg')), 0, 0);
  wrap.querySelectorAll('.ends').forEach(ends => {
    const lines = ends.querySelector('svg'); if (lines) placed(svg, inlined(lines), 0, 0);
    ends.querySelectorAll('span').forEach(s => { const b = s.getBoundingClientRect(), zoom = origin.width / P.W, k = s.querySelector('svg'), x = (b.left - origin.left) / zoom, y = (b.top - origin.top) / zoom; if (k) { const copy = inlined(k); copy.setAttribute('width', 26); copy.setAttribute('height', 10); placed(svg, copy, x, y + 3); } svg.append(textAt(x + (k ? 32 : 0), y + 12, s.textContent, `font-size:12px;fill:${css('--ink')}`)); });
  });
  const text = wrap.querySelector('.wint'); if (text) svg.append(textAt(text.offsetLeft - text.offsetWidth / 2, text.offsetTop + 11, text.textContent, `font-size:11px;fill:${css('--accent')}`));
  return whole;
}
function drawn(id, title) { const source = $(id), b = {width: source.clientWidth, height: source.clientHeight}; if (!source.childElementCount) return null; const {svg, body} = sheet(b.width, b.height, title), copy = inlined(source); copy.setAttribute('width', b.width); copy.setAttribute('height', b.height); placed(body, copy, 0, 0); return svg; }
function picture() {
  const img = $('img'), box = $('pic').getBoundingClientRect();
  if (!img.naturalWidth) return null;
  const {svg: whole, body: svg} = sheet(box.width, box.height, $('attn').textContent || 'Picture'), image = (source, smooth) => { const canvas = document.createElement('canvas'); canvas.width = source.naturalWidth || source.width; canvas.height = source.naturalHeight || source.height; canvas.getContext('2d').drawImage(source, 0, 0); const e = document.createElementNS(NS, 'image'); e.setAttribute('href', canvas.toDataURL()); e.setAttribute('width', box.width); e.setAttribute('height', box.height); e.setAttribute('preserveAspectRatio', 'none'); if (!smooth) e.setAttribute('style', 'image-rendering:pixelated'); svg.append(e); };
  image(img, img.naturalWidth > box.width); if (!$('veil').hidden) image($('veil'), false);
  const over = inlined($('over')); over.setAttribute('width', box.width); over.setAttribute('height', box.height); placed(svg, over, 0, 0);
  $('marks').querySelectorAll('.box,.random').forEach(m => { const b = m.getBoundingClientRect(), r = document.createElementNS(NS, 'rect'); for (const [a, v] of [['x', b.left - box.left], ['y', b.top - box.top], ['width', b.width], ['height', b.height], ['fill', 'none'], ['stroke', css(m.className === 'box' ? '--accent' : '--ink2')], ['stroke-width', 2], ...(m.className === 'box' ? [] : [['stroke-dasharray', '2 3']])]) r.setAttribute(a, v); svg.append(r); svg.append(textAt(b.left - box.left + 6, b.top - box.top + 16, m.className, `font-size:11px;fill:${css('--ink')};stroke:${css('--bg')};stroke-width:3px;paint-order:stroke`)); });
  return whole;
}
export const FIGURES = {curves: ['Curves', curves], said: ['What it would have said', () => drawn('slope', `What it would have said: ${shownPaths().find(p => p.id === V.path)?.name ?? ''}, ${$('sayswhat').textContent}`)], picture: ['Picture', picture], heads: ['Heads', () => drawn('headgrid', 'Change of log-odds, nats, when a head reads nothing')], lens: ['Lens', null], runs: ['Runs', null]};
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

// A figure's sheet: what is shown, and below it labels that say what it is. What the page's style says is written into it.
import { $, css } from './evidence.js';
import { LIVE, M } from './known.js';
import { nameOf } from './sides.js';

export const NS = 'http://www.w3.org/2000/svg';
const resolved = text => text.replace(/var\((--[\w-]+)\)/g, (_, name) => css(name));
export const textAt = (x, y, text, style) => { const t = document.createElementNS(NS, 'text'); t.setAttribute('x', x); t.setAttribute('y', y); t.setAttribute('style', style); t.textContent = text; return t; };
const caption = () => [nameOf(LIVE)[0], `${M.state.model?.name}, ${nameOf(LIVE)[1]}`];
// Sides by their letters.
export const captionOf = sides => sides.length < 2 ? caption() : [M.state.model?.name, ...sides.flatMap(side => nameOf(side).map((line, i) => `${i ? '' : `${side.letter}: `}${line}`))];

const MARGIN = 8;
// A line is broken where about so many letters of this size fill it.
function broken(text, width) {
  const lines = [''], most = Math.max(24, Math.floor((width - 2 * MARGIN) / 6.6));
  for (const word of text.split(' ')) { if (lines.at(-1) && lines.at(-1).length + word.length >= most) lines.push(word); else lines[lines.length - 1] += (lines.at(-1) ? ' ' : '') + word; }
  return lines;
}
export function sheet(inner, high, title, more = caption()) {
  const width = inner + 2 * MARGIN, height = high + MARGIN, lines = [title, ...more].flatMap(line => broken(line, width)), all = height + 26 + 18 * lines.length;
  const svg = document.createElementNS(NS, 'svg');
  svg.setAttribute('xmlns', NS); svg.setAttribute('width', width); svg.setAttribute('height', all); svg.setAttribute('viewBox', `0 0 ${width} ${all}`);
  svg.setAttribute('font-family', 'sans-serif');
  const ground = document.createElementNS(NS, 'rect');
  ground.setAttribute('width', '100%'); ground.setAttribute('height', '100%'); ground.setAttribute('fill', css('--bg')); svg.append(ground);
  lines.forEach((line, i) => svg.append(textAt(MARGIN, height + 24 + 18 * i, line, `font-size:12px;fill:${css(i ? '--ink2' : '--ink')}`)));
  const body = document.createElementNS(NS, 'g'); body.setAttribute('transform', `translate(${MARGIN} ${MARGIN})`); svg.append(body);
  return {svg, body};
}
export function placed(svg, child, x, y) { const g = document.createElementNS(NS, 'g'); g.setAttribute('transform', `translate(${x} ${y})`); g.append(child); svg.append(g); }
export function finished(svg) {
  // Styles of the page do not go along: what they say is written into the elements.
  return resolved(new XMLSerializer().serializeToString(svg));
}
export function inlined(source) {
  const copy = source.cloneNode(true), from = [source, ...source.querySelectorAll('*')], to = [copy, ...copy.querySelectorAll('*')];
  from.forEach((e, i) => { const style = getComputedStyle(e); for (const name of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-weight', 'opacity', 'fill-opacity', 'display', 'vector-effect']) if (style.getPropertyValue(name)) to[i].style.setProperty(name, style.getPropertyValue(name)); if (e.tagName === 'text') to[i].style.fontFamily = e.classList.contains('tok') ? 'monospace' : 'sans-serif'; });
  return copy;
}

// Its own text without what does not fit into its cell.
function fitting(node) {
  const cell = node.parentElement.closest('td,th,.tr>span,figcaption span') ?? node.parentElement, text = node.data.replace(/\s+/g, ' ').trim();
  return cell.scrollWidth > cell.clientWidth + 1 && getComputedStyle(cell).overflow === 'hidden' ? `${text.slice(0, Math.max(1, Math.floor(text.length * cell.clientWidth / cell.scrollWidth) - 1))}…` : text;
}
// A table or panels as they stand on the page: rules, texts and the drawings among them; of a scrolled part what is in sight.
export function copied(id, title, more) {
  const root = $(id), all = root?.getBoundingClientRect();
  if (!root?.childElementCount || !all.width) return null;
  const {svg: whole, body: svg} = sheet(root.scrollWidth, all.height, title, more), scroll = root.querySelector('#rows')?.getBoundingClientRect();
  const hidden = (el, b) => !b.width || !b.height || (scroll && el.closest('#rows') && (b.top < scroll.top - 1 || b.bottom > scroll.bottom + 1));
  root.querySelectorAll('tr,.tr').forEach(row => { const b = row.getBoundingClientRect(); if (hidden(row, b)) return; const line = document.createElementNS(NS, 'path'); line.setAttribute('d', `M0 ${(b.bottom - all.top).toFixed(1)}H${root.scrollWidth}`); line.setAttribute('stroke', css('--rule')); svg.append(line); });
  root.querySelectorAll('svg').forEach(one => { const b = one.getBoundingClientRect(); if (hidden(one, b)) return; const copy = inlined(one); copy.setAttribute('width', b.width); copy.setAttribute('height', b.height); copy.removeAttribute('style'); copy.setAttribute('overflow', 'visible'); placed(svg, copy, b.left - all.left, b.top - all.top); });
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, node => !node.data.trim() || node.parentElement.closest('svg') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT), range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    range.selectNodeContents(node);
    const b = range.getBoundingClientRect(), style = getComputedStyle(node.parentElement);
    if (!hidden(node.parentElement, b)) svg.append(textAt((b.left - all.left).toFixed(1), (b.top - all.top + b.height * .78).toFixed(1), fitting(node), `font-size:${style.fontSize};font-weight:${style.fontWeight};font-family:${node.parentElement.closest('.tok') ? 'monospace' : 'sans-serif'};fill:${style.color}`));
  }
  return whole;
}

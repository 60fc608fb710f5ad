// Text is never markup: what is filled into html`…` is escaped, unless html`…` itself made it.
import { $, esc, pick } from './evidence.js';

class Markup { constructor(text) { this.text = text; } }
export const trusted = text => new Markup(text);
const marked = v => v instanceof Markup ? v.text : Array.isArray(v) ? v.map(marked).join('') : v === null || v === undefined || v === false ? '' : esc(v);
export const html = (parts, ...values) => new Markup(parts.reduce((text, part, i) => text + marked(values[i - 1]) + part));

// Replaces what an element holds; the focus stays on the control that had it.
export function put(el, markup) {
  const text = marked(markup);
  if (el.shown === text) return;
  const had = el.contains(document.activeElement) ? document.activeElement : null;
  const again = had && (had.id ? `#${CSS.escape(had.id)}` : had.name ? `[name="${CSS.escape(had.name)}"][value="${CSS.escape(had.value)}"]` : had.dataset.key ? `[data-key="${CSS.escape(had.dataset.key)}"]` : null);
  el.shown = text;
  el.innerHTML = text;
  if (again) el.querySelector(again)?.focus({preventScroll: true});
}
export const fill = (id, markup) => put($(id), markup);
export const words = (name, label, options, value) => trusted(pick(name, label, options, value));

// Behind the next painting: what was drawn before is seen first.
export const afterPaint = f => requestAnimationFrame(() => setTimeout(f));

// A token as it is written in the prompt: a leading space is a dot, line ends are arrows.
export function tokenText(text) {
  const lead = /^ /.test(text) ? html`<i>·</i>` : '';
  return html`${lead}${text.replace(/^ /, '').replace(/\\n|\n/g, '↵').replace(/\t/g, '→') || (lead ? '' : '␣')}`;
}
// The same for text that cannot be marked up.
export const tokenWord = text => text.replace(/^ /, '·').replace(/\\n|\n/g, '↵').replace(/\t/g, '→');
export const numeral = p => !Number.isFinite(p) ? '' : p >= .0995 ? p.toFixed(2) : p >= .001 ? p.toFixed(3) : '<0.001';
export const third = p => !Number.isFinite(p) ? '' : p >= .001 ? p.toFixed(3) : '<0.001';

// Keys that work everywhere or on the curves, and the pointer over them.
import { $ } from './evidence.js';
import { V, remember } from './state.js';
import { BESIDE, LIVE, M, R, layerAt } from './known.js';
import { at } from './sides.js';
import { layerUnder } from './pathways.js';
import { stop } from './ask.js';

// A hover previews; a click or Enter locks; unlock, Esc or a second click lets go.
export function layerActions(preview, settle) {
  const hover = l => { if (V.layer < 0 && R.hover !== l) { R.hover = l; preview(); } }, lock = l => { V.layer = V.layer === l ? -1 : l; R.hover = l; remember(); settle(); };
  for (const side of [BESIDE, LIVE]) {
    at(side, 'curve').addEventListener('pointermove', e => { if (e.pointerType !== 'touch') { const l = layerUnder(side, e); if (l >= 0) hover(l); } });
    at(side, 'curve').addEventListener('click', e => { const l = layerUnder(side, e); if (l >= 0) lock(l); });
    at(side, 'curve').addEventListener('keydown', moved);
  }
  function moved(e) {
    if (!M.data) return;
    const L = M.data.layers, now = layerAt(), to = {ArrowRight: Math.min(L - 1, now + 1), ArrowLeft: Math.max(0, now - 1), Home: 0, End: L - 1}[e.key];
    if (to !== undefined) { e.preventDefault(); if (V.layer >= 0) { V.layer = to; remember(); settle(); } else hover(to); }
    if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); lock(now); }
  }
  $('lens').addEventListener('click', e => { const l = Number(e.target.closest('tr[data-layer]')?.dataset.layer ?? -1); if (l >= 0) lock(l); });
  document.addEventListener('click', e => { if (e.target.id === 'unlock') { V.layer = -1; remember(); settle(); $('curve').focus({preventScroll: true}); } });
}
export function globalKeys(settle) {
  document.addEventListener('keydown', e => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName) && e.target.type !== 'radio' && e.target.type !== 'range';
    if (e.key === 'Escape') {
      if (stop()) { settle(); return; }
      if (V.layer >= 0) V.layer = -1; else R.hover = -1;
      remember(); settle();
    }
    if (e.key === '/' && !typing) { e.preventDefault(); $('q').focus(); $('q').select(); }
  });
}

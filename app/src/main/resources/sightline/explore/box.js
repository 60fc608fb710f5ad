// The box: dragged, moved, sized, by hand or by key, always whole patches; and what its cut does to the answer.
import { $ } from './evidence.js';
import { fill, html, numeral } from './dom.js';
import { V, remember } from './state.js';
import { M, R, boxIsHere, leaveBox } from './known.js';
import { NEXT, OFFLINE } from './server.js';
import { cutBox } from './asking.js';
import { depthCells, depthHead } from './depth.js';

// Patches from first to last row and column.
function snapped() {
  if (!V.box || !R.layout) return null;
  const [x, y, w, h] = V.box.split(',').map(Number), L = R.layout;
  const first = (edges, v) => Math.max(0, Math.min(edges.length - 2, edges.findLastIndex(e => e <= v + .01)));
  const last = (edges, v) => Math.max(0, Math.min(edges.length - 2, edges.findIndex(e => e >= v - .01) - 1));
  const c0 = first(L.x, x), r0 = first(L.y, y);
  return {c0, r0, c1: Math.max(c0, last(L.x, x + w)), r1: Math.max(r0, last(L.y, y + h))};
}
export function boxPatches() {
  const b = snapped(), all = [];
  if (b) for (let r = b.r0; r <= b.r1; r++) for (let c = b.c0; c <= b.c1; c++) all.push([r, c]);
  return all;
}
export const boxTokens = () => boxPatches().map(([r, c]) => R.layout.number[r][c]);
const boxAsk = () => boxIsHere() ? R.box.ask : null;
export const randomBoxes = () => boxAsk()?.regions.random_boxes[0]?.boxes.map(({pixels: [a, b, c, d]}) => [a, b, c - a, d - b]) ?? [];

function setBox(b) {
  const L = R.layout, round = v => Math.round(v * 1000) / 1000;
  V.box = b ? [L.x[b.c0], L.y[b.r0], L.x[b.c1 + 1] - L.x[b.c0], L.y[b.r1 + 1] - L.y[b.r0]].map(round).join(',') : '';
}

export function drawBoxTable() {
  const b = snapped(), ask = boxAsk();
  $('boxes').classList.toggle('old', !!b && !ask);
  fill('boxn', b ? html`${b.c1 - b.c0 + 1} × ${b.r1 - b.r0 + 1} patches, ${boxPatches().length} of ${R.layout.patch_rows * R.layout.patch_columns} <button type="button" class="word" id="nobox">remove</button>` : '');
  if (!b) fill('boxnote', '');
  if (!b) { fill('box', html`<tbody><tr><td class="dim">${matchMedia('(pointer: coarse)').matches ? 'Tap a patch of the picture, or drag sideways over several, to cut that part.' : 'Drag over the picture to cut a part of it.'}</td></tr></tbody>`); return; }
  if (!ask && OFFLINE) { fill('box', ''); fill('boxnote', `The box ${NEXT}`); return; }
  const last = ask ?? R.box?.ask;
  if (!last) { fill('box', html`${depthHead(TITLE, null)}<tbody>${['this box', 'question’s rows only', 'last row only', 'random, same area', 'all but the box', 'painted over'].map(n => html`<tr><td>${n}</td><td></td><td></td><td></td></tr>`)}</tbody>`); return; }
  const g = last.regions, of = name => g.whole_depth.find(w => w.intervention === name);
  const row = (name, w, hint, strong) => html`<tr title="${hint}"><td>${strong ? html`<b>${name}</b>` : name}</td>${depthCells(last, w, strong)}</tr>`;
  const random = g.random_boxes.map(d => d.to_all), painted = g.occluded && {...g.occluded, top: g.occluded.measures.top};
  fill('box', html`${depthHead(TITLE, last)}<tbody>${row('this box', of('region_to_all'), 'Its vision tokens cut from all rows', true)}${[['region_to_question', 'question’s rows only'], ['region_to_last', 'last row only']].map(([id, name]) => of(id) ? row(html`<span class="dim">${name}</span>`, of(id), 'The same tokens, read by other rows as before') : '')}${random[0] ? row('random, same area', random[0], 'The dotted box of the same area, cut from all rows') : ''}${row('all but the box', of('outside_to_all'), `Every other vision token cut${M.data.cross.length ? ', class tokens too' : ''}`)}${painted ? row('painted over', painted, 'The picture seen again with the box in its mean colour') : ''}</tbody>`);
  const left = random.map(r => r.probability), [least, most] = [Math.min(...left), Math.max(...left)].map(numeral);
  fill('boxnote', random.length > 1 ? `Of ${random.length} random boxes, one is shown; ${least === most ? `each leaves p at ${least}` : `they leave p between ${least} and ${most}`}.` : '');
}
const TITLE = 'Cut in all layers';

export function boxActions(redraw) {
  const pic = $('pic');
  let mode = '', start = null, was = null, soon;
  const patch = e => {
    const r = pic.getBoundingClientRect(), L = R.layout, x = (e.clientX - r.left) / r.width * L.width, y = (e.clientY - r.top) / r.height * L.height, in_ = (edges, v) => Math.max(0, Math.min(edges.length - 2, edges.findLastIndex(q => q <= v)));
    return [in_(L.x, x), in_(L.y, y)];
  };
  const later = () => { remember(); clearTimeout(soon); soon = setTimeout(() => V.box && cutBox(), 250); };
  const away = () => { setBox(null); R.box = null; leaveBox(); remember(); redraw(); };
  $('boxes').addEventListener('click', e => { if (e.target.id === 'nobox') { away(); pic.focus({preventScroll: true}); } });
  pic.addEventListener('pointerdown', e => {
    if (!R.layout || R.picture !== V.p || e.button) return;
    pic.setPointerCapture(e.pointerId);
    start = patch(e); was = snapped();
    const handle = e.target.dataset?.handle;
    mode = handle ? 'size' : was && !e.shiftKey && e.target.closest('.box') ? 'move' : 'new';
    if (handle) start = [handle[1] === 'w' ? was.c1 : was.c0, handle[0] === 'n' ? was.r1 : was.r0]; // the opposite corner
    pic.focus({preventScroll: true}); e.preventDefault();
  });
  pic.addEventListener('pointermove', e => {
    if (!mode) return;
    const [c, r] = patch(e), L = R.layout, before = V.box;
    if (mode === 'move') {
      const dc = Math.max(-was.c0, Math.min(L.patch_columns - 1 - was.c1, c - start[0])), dr = Math.max(-was.r0, Math.min(L.patch_rows - 1 - was.r1, r - start[1]));
      setBox({c0: was.c0 + dc, c1: was.c1 + dc, r0: was.r0 + dr, r1: was.r1 + dr});
    } else setBox({c0: Math.min(c, start[0]), c1: Math.max(c, start[0]), r0: Math.min(r, start[1]), r1: Math.max(r, start[1])});
    if (V.box !== before) redraw();
  });
  const end = () => { if (!mode) return; const changed = JSON.stringify(snapped()) !== JSON.stringify(was); mode = ''; if (changed) later(); };
  pic.addEventListener('pointerup', e => { if (mode === 'new' && JSON.stringify(snapped()) === JSON.stringify(was)) { const [c, r] = patch(e); setBox({c0: c, c1: c, r0: r, r1: r}); redraw(); } end(); });
  // A swipe up or down is the page's.
  pic.addEventListener('pointercancel', () => { if (!mode) return; mode = ''; setBox(was); redraw(); });
  pic.addEventListener('keydown', e => {
    const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[e.key], L = R.layout;
    if (!L || R.picture !== V.p) return;
    if (['Delete', 'Backspace', 'Escape'].includes(e.key) && V.box && !R.working) { away(); e.preventDefault(); e.stopPropagation(); }
    if (!step) return;
    e.preventDefault();
    const b = snapped();
    if (!b) { const c = L.patch_columns >> 1, r = L.patch_rows >> 1; setBox({c0: Math.max(0, c - 2), c1: Math.min(L.patch_columns - 1, c + 1), r0: Math.max(0, r - 2), r1: Math.min(L.patch_rows - 1, r + 1)}); } else {
      const [dc, dr] = step, c1 = b.c1 + dc, r1 = b.r1 + dr, c0 = e.shiftKey ? b.c0 : b.c0 + dc, r0 = e.shiftKey ? b.r0 : b.r0 + dr;
      if (c0 < 0 || r0 < 0 || c1 >= L.patch_columns || r1 >= L.patch_rows || c1 < c0 || r1 < r0) return;
      setBox({c0, c1, r0, r1});
    }
    redraw(); later();
  });
}

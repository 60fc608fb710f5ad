// The picture: grid of patches and tiles, the veil of attention or of the region map, and the box.
import { $, LEAST, css } from './evidence.js';
import { fill, html, tokenText, tokenWord, words } from './dom.js';
import { V } from './state.js';
import { M, R, answerTokens } from './known.js';
import { NEXT, pictureUrl } from './server.js';
import { imageAttention, lookedLayer, lookers, share, sharesOf, whyLayer, without } from './attention.js';
import { boxPatches, randomBoxes } from './box.js';

const percent = (v, of) => `${(100 * v / of).toFixed(3)}%`;
const ready = () => R.layout && R.picture === V.p;

export function drawPicture() {
  const img = $('img'), url = V.p ? pictureUrl(V.p) : '', L = ready() ? R.layout : null;
  if (img.dataset.of !== url) { img.dataset.of = url; if (url) img.src = url; else img.removeAttribute('src'); img.hidden = !url; }
  fill('drop', V.p ? '' : 'Drop a picture here, paste one, or choose an example above.');
  $('pic').style.aspectRatio = L ? `${L.width} / ${L.height}` : '';
  $('pic').style.setProperty('--most', L ? `${Math.round(560 * L.width / L.height)}px` : '100%');
  fill('picsize', L ? html`<span title="${L.patch_rows * L.patch_columns} of them are patches of the picture${L.patch_rows * L.patch_columns < L.tokens ? '; the others are class tokens and padding' : ''}">${L.width} × ${L.height} px, ${L.patch_columns} × ${L.patch_rows} patches, ${L.tokens} vision tokens</span>` : '');
  drawControls();
  drawOver();
}
function drawControls() {
  if (!M.data) return;
  const tokens = answerTokens(), layers = lookers(), heads = [...Array(M.state.model?.heads ?? 0).keys()], text = lookedLayer() !== 'mean' && !layers.includes(Number(lookedLayer()));
  const range = html`<label class="veil">Veil <input type="range" id="opacity" min="0" max="100" step="5" value="${V.opacity}" aria-label="Opacity of the veil"></label>`;
  const few = V.look >= 0 ? html`<span class="dim">Head: mean only</span>` : heads.length <= 8 ? words('ahead', 'Head', [...heads.map(h => [h, h]), ['mean', 'mean']], V.ahead)
    : html`<label class="dim">Head <select id="aheads">${[...heads, 'mean'].map(h => html`<option ${String(h) === V.ahead ? 'selected' : ''}>${h}</option>`)}</select></label>`;
  fill('ctl', html`${words('veil', 'Show', [['attention', 'attention'], ['map', 'region map'], ['none', 'neither']], V.veil)}${range}${V.veil !== 'attention' ? '' : html`${words('alayer', 'Layer', [...layers.map(c => [c, c]), ...(text ? [[lookedLayer(), `${lookedLayer()} (text)`]] : []), ['mean', 'mean']], lookedLayer())}${few}${tokens.length > 1 ? words('atok', 'Read out at', tokens.map((t, i) => [i, tokenWord(t.text)]), V.atok) : ''}`}`);
}

// What a cell's cut takes, in the measure that is chosen: of p, a share; of the log-odds, nats; or the answer itself.
const DROPS = {
  change: {of: (cell, base) => 1 - cell.probability / base.probability, least: LEAST / 100, say: share},
  'log-odds': {of: (cell, base) => base.answer_measures.log_odds - cell.answer_measures.log_odds, least: .1, say: v => `${v < .005 ? '0' : v.toFixed(v < 9.95 ? 2 : 1)}\u00a0nats`},
  flip: {of: cell => cell.answer_measures.flip ? 1 : 0, least: 1, say: v => v ? 'another answer' : 'the same answer'},
};
const takenBy = cell => DROPS[V.measure].of(cell, R.map.ask.baseline);
// Weights of patches, rows first; of the map, what is taken.
function patchValues() {
  const L = R.layout;
  if (V.veil === 'map') {
    const map = R.map?.ask.regions.map;
    if (!map) return null;
    const values = L.number.map(row => row.map(() => 0));
    for (const cell of map.cells) {
      const drop = Math.max(0, takenBy(cell)), [r0, r1] = cell.box.patch_rows, [c0, c1] = cell.box.patch_columns;
      for (let r = r0; r <= r1; r++) for (let c = c0; c <= c1; c++) values[r][c] = drop;
    }
    return values;
  }
  const weights = V.veil === 'attention' ? imageAttention() : null;
  return weights ? L.number.map(row => row.map(n => weights[n] ?? 0)) : null;
}
export function drawOver() {
  const over = $('over'), veil = $('veil'), L = ready() ? R.layout : null;
  if (!L) { fill('over', ''); fill('attn', ''); veil.hidden = true; fill('marks', ''); return; }
  over.setAttribute('viewBox', `0 0 ${L.width} ${L.height}`);
  const values = patchValues(), most = values ? Math.max(...values.flat()) : 0;
  veil.hidden = !values || (V.veil === 'map' && most < DROPS[V.measure].least);
  if (!veil.hidden) paintVeil(veil, L, values, most);
  fill('over', grid(L));
  drawBox(L);
  tell(values, most);
}
// A mouse that rests on a patch is told its number.
export function pictureActions() {
  const pic = $('pic');
  pic.addEventListener('pointermove', e => {
    const L = ready() ? R.layout : null, values = L && e.pointerType === 'mouse' && !e.buttons ? patchValues() : null;
    if (!values) { pic.removeAttribute('title'); return; }
    const b = pic.getBoundingClientRect(), under = (edges, v) => Math.max(0, edges.findLastIndex((x, i) => x <= v && i < edges.length - 1)), r = under(L.y, (e.clientY - b.top) / b.height * L.height), c = under(L.x, (e.clientX - b.left) / b.width * L.width);
    pic.title = `patch row ${among([r, r], L.patch_rows)}, column ${among([c, c], L.patch_columns)}: ${V.veil === 'map' ? `${V.measure === 'flip' ? 'without its cell' : `its cell lowers ${V.measure === 'change' ? 'p' : 'the log-odds'} by`} ${DROPS[V.measure].say(values[r][c])}` : `${share(values[r][c])} of the attention`}`;
  });
}
// Where next to nothing is looked at, nothing shines, nor where no cell changes the answer's probability by what is worth naming.
const FAINT = .5;
const faint = L => V.veil === 'map' ? DROPS[V.measure].least : FAINT / L.tokens;
function paintVeil(veil, L, values, most) {
  // One pixel of the picture is one of the canvas, or more: patches are far larger.
  const scale = Math.max(1, Math.min(8, 800 / L.width));
  veil.width = Math.round(L.width * scale); veil.height = Math.round(L.height * scale);
  const draw = veil.getContext('2d');
  draw.fillStyle = css('--bg');
  values.forEach((row, r) => row.forEach((v, c) => {
    draw.globalAlpha = V.opacity / 100 * (1 - Math.sqrt(v / Math.max(most, faint(L))));
    const x0 = Math.round(L.x[c] * scale), x1 = Math.round(L.x[c + 1] * scale), y0 = Math.round(L.y[r] * scale), y1 = Math.round(L.y[r + 1] * scale);
    draw.fillRect(x0, y0, x1 - x0, y1 - y0);
  }));
}
// Tiles are numbered one after the other, each behind its class token.
const tileOf = (L, n) => L.class_tokens.filter(c => c <= n).length;
function grid(L) {
  const line = (x1, y1, x2, y2, tile) => html`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" class="${tile ? 'tile' : 'patch'}"/>`;
  const all = [];
  for (let c = 1; c < L.patch_columns; c++) all.push(line(L.x[c], 0, L.x[c], L.height, tileOf(L, L.number[0][c]) !== tileOf(L, L.number[0][c - 1])));
  for (let r = 1; r < L.patch_rows; r++) all.push(line(0, L.y[r], L.width, L.y[r], tileOf(L, L.number[r][0]) !== tileOf(L, L.number[r - 1][0])));
  return html`${all}<rect x="0" y="0" width="${L.width}" height="${L.height}" class="tile"/>`;
}
function drawBox(L = ready() ? R.layout : null) {
  if (!L) return;
  const b = V.box ? V.box.split(',').map(Number) : null;
  const at = ([x, y, w, h]) => `left:${percent(x, L.width)};top:${percent(y, L.height)};width:${percent(w, L.width)};height:${percent(h, L.height)}`;
  const handles = ['nw', 'ne', 'sw', 'se'].map(name => html`<i class="handle ${name}" data-handle="${name}"></i>`);
  fill('marks', html`${randomBoxes().slice(0, 1).map(x => html`<div class="random" style="${at(x)}"><span>random</span></div>`)}${b ? html`<div class="box" style="${at(b)}"><span>box</span>${handles}</div>` : ''}`);
  $('pic').setAttribute('aria-label', b ? `Picture with a box at ${b[0]}, ${b[1]}, ${b[2]} × ${b[3]} pixels. Arrow keys move it, with Shift they size it, Esc removes it.` : 'Picture. Drag a box, or press an arrow key for one.');
}
const among = ([a, b], of) => a === b ? `${a + 1} of ${of}` : `${a + 1}–${b + 1} of ${of}`;
const whereIs = box => `patch row ${among(box.patch_rows, R.layout.patch_rows)}, column ${among(box.patch_columns, R.layout.patch_columns)}`;
const CUT_HOW = 'is cut in all layers, from all rows';
function told(cells, most) {
  if (V.measure === 'flip' && R.map.ask.baseline.answer_measures.flip) return 'The model says something else with nothing cut, too: what a cell’s cut changes is not told.';
  if (V.measure === 'flip') { const flips = cells.filter(takenBy); return flips.length ? html`The veil lifts where a cell’s cut changes the answer: <b>${flips.length}</b> of ${cells.length} do. Each ${CUT_HOW}.` : html`<b>No single cell changes the answer.</b> Each of ${cells.length} ${CUT_HOW}.`; }
  const {least, say} = DROPS[V.measure], {box} = cells.reduce((a, b) => takenBy(b) > takenBy(a) ? b : a), where = whereIs(box), what = V.measure === 'change' ? 'p' : 'the log-odds';
  const by = most < .0005 ? V.measure === 'change' ? 'by less than 0.1 %' : 'by nothing' : `by ${say(most)}`, limit = V.measure === 'change' ? `${LEAST} %` : `${least} nats`;
  return most < least ? html`<b>No single cell matters:</b> each of ${cells.length} ${CUT_HOW}, and none lowers ${what} by ${limit} or more. The most, ${by}, is ${where}. Try a box: several cells together may matter.` : html`The veil lifts where the answer needs the picture: each of ${cells.length} cells ${CUT_HOW}; the one that matters most, ${where}, lowers ${what} <b>${by}</b>.`;
}
const NTH = ['the first answer token', 'the second answer token', 'the third answer token'];
const backToAnswer = html`<button type="button" class="word" id="unlook">back to the answer</button>`;
function tell(values, most) {
  const layer = lookedLayer();
  if (V.veil === 'map') { fill('attn', R.map ? told(R.map.ask.regions.map.cells, most) : 'The region map is being made: each cell is cut in turn.'); return; }
  if (V.veil === 'none') { fill('attn', ''); return; }
  if (!R.inside) { fill('attn', R.curves && Object.keys(R.curves).length && !R.error ? `Attention ${NEXT}` : ''); return; }
  if (!values && V.look >= 0 && (layer === 'mean' || lookers().includes(Number(layer)))) { fill('attn', html`${R.look?.of === V.look ? 'What this token reads here reaches nothing: it is not computed.' : 'Its attention is being read.'} ${backToAnswer}`); return; }
  if (!values) { fill('attn', layer === 'mean' || lookers().includes(Number(layer)) ? '' : html`Layer ${layer} reads text: its attention is marked in the prompt.`); return; }
  const other = sharesOf(values).without, patches = V.box ? boxPatches() : null, within = patches ? patches.reduce((s, [r, c]) => s + values[r][c], 0) : 0;
  fill('attn', html`${whyLayer()}The veil lifts where ${V.look >= 0 ? html`token ${V.look}, <b>${tokenText(R.tokens[V.look]?.text ?? '')}</b>,` : V.atok ? NTH[V.atok] ?? `answer token ${V.atok + 1}` : 'the last position'} looks: ${patches ? html`<b>${share(within)}</b> of its attention is in the box, ` : ''}${share(most)} in the strongest patch${other > .005 ? `, ${share(other)} ${without()}` : ''}.${V.look >= 0 ? html` ${backToAnswer}` : ''}`);
}

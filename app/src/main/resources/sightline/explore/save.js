// Files of what is shown: the chosen figure as PNG, SVG or CSV, the object of `ask --json`, the view as one page.
import { $ } from './evidence.js';
import { fill, html } from './dom.js';
import { V, address } from './state.js';
import { M, R, anySweep, cutAsk, layerAt, series, sides, sweep, sweepOf, tokenIndex, topUncut, tops } from './known.js';
import { nameOf, pictureName } from './sides.js';
import { OFFLINE, Told, exported } from './server.js';
import { keptOf } from './questions.js';
import { FIGURES, pngOf, svgOf } from './figures.js';
import { imageAttention } from './attention.js';
import { lensRows } from './layers.js';
import { categoryRows } from './categories.js';
import { runRows } from './runs.js';

// A line for each side, pathway and layer; of two sides each says what it is of.
const ofSide = () => V.held ? ['side', 'picture', 'question', 'answer', 'prompt', 'rows'] : [];
const tokenCell = side => side.v.tok === 'all' ? 'all' : tokenIndex(side);
const VALUES = {change: ['change_percent', v => v], 'log-odds': ['log_odds_change', v => v], flip: ['flip', v => v > 0]};
const sideCells = side => V.held ? [side.letter, pictureName(side.v.p), side.v.q, anySweep(side)?.answer ?? '', side.v.prompt, side.v.rows] : [];
function curveRows(side) {
  return Object.entries(series(side)).flatMap(([id, {mean}]) => mean.map((v, l) => [...sideCells(side), tokenCell(side), id, side.v.k, side.v.masking, l, VALUES[V.measure][1](v)]));
}
function saidRows(side) {
  const t = Math.max(0, tokenIndex(side)), l = layerAt(), after = tops(cutAsk(V.path, side), sweepOf(V.path, side), t, l);
  return topUncut(t, side).map((b, i) => [...sideCells(side), V.path, side.v.k, side.v.masking, l, i + 1, b.text, b.p, after[i]?.text ?? '', after[i]?.p ?? '']);
}
function mapRows() {
  const map = R.map?.ask.regions.map, base = R.map?.ask.baseline.probability;
  return map ? [['first patch row', 'last patch row', 'first patch column', 'last patch column', 'p', 'p after', 'change_percent', 'log_odds_change', 'flip'], ...map.cells.map(({box, probability: p, answer_measures: m}) => [...box.patch_rows, ...box.patch_columns, base, p, (p / base - 1) * 100, m.log_odds - R.map.ask.baseline.answer_measures.log_odds, m.flip])] : [];
}
const headed = (head, rows) => rows.length ? [[...ofSide(), ...head], ...rows] : [];
function tables(name) {
  if (name === 'curves') return headed(['answer_token', 'pathway', 'k', 'masking', 'layer', VALUES[V.measure][0]], sides().flatMap(curveRows));
  if (name === 'said') return headed(['pathway', 'k', 'masking', 'layer', 'place', 'token before', 'p before', 'token after', 'p after'], sides().flatMap(saidRows));
  if (name === 'picture' && V.veil === 'map') return mapRows();
  if (name === 'picture') { const w = imageAttention(); return w && R.layout ? [['patch row', 'patch column', 'vision token', 'attention'], ...R.layout.number.flatMap((row, r) => row.map((n, c) => [r, c, n, w[n]]))] : []; }
  if (name === 'heads') { const h = R.inside?.ask.heads; return h ? [['layer', 'head', 'log_odds_loss', 'probability'], ...h.log_odds_loss.flatMap((row, l) => row.map((v, i) => [l, i, v, h.probability[l][i]]))] : []; }
  return name === 'lens' ? lensRows() : name === 'categories' ? categoryRows() : runRows();
}
// A cell that a table program would run as a formula is text.
const cell = v => { const text = typeof v === 'string' && /^[=+\-@\t\r]/.test(v) ? `'${v}` : String(v); return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text; };
const csvOf = name => tables(name).map(row => row.map(cell).join(',')).join('\r\n') + '\r\n';

// Says what it has saved.
function download(blob, name) {
  const a = document.createElement('a');
  a.href = URL.createObjectURL(blob); a.download = name; document.body.append(a); a.click(); a.remove();
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000);
  return `Saved ${name}.`;
}
let figure = 'curves', quiet = 0;
const saidSaved = text => { fill('saved', text); clearTimeout(quiet); quiet = setTimeout(() => fill('saved', ''), 4000); };
const keys = () => [...new Set([...sides().flatMap(({r}) => [...Object.values(r.curves), ...Object.values(r.own)]), ...R.silenced, R.inside, R.look, R.box, R.map, R.whole].filter(Boolean).map(r => r.key))];
// Curves of other rows and maskings that a switch would show.
const more = () => sides().flatMap(({v}) => keptOf(v)).map(r => r.key).filter(key => !keys().includes(key));
// What `ask --json` prints for either side, under its letter and name, with the command that prints it.
const bothSides = () => Object.fromEntries(sides().filter(side => sweep(side)).map(side => [side.letter, {name: nameOf(side).join(', '), command: side.r.curves[side.v.masking].command, ask: sweep(side)}]));
async function copy(text) {
  try { await navigator.clipboard.writeText(text); } catch { // without permission, or not from this machine
    const area = document.createElement('textarea'); area.value = text; area.className = 'off'; document.body.append(area); area.select(); document.execCommand('copy'); area.remove();
  }
}
const DOES = {
  png: async () => { const svg = svgOf(figure); return svg ? download(await pngOf(svg), `${figure}.png`) : 'There is nothing to save yet.'; },
  svg: () => { const svg = svgOf(figure); return svg ? download(new Blob([svg], {type: 'image/svg+xml'}), `${figure}.svg`) : 'There is nothing to save yet.'; },
  csv: () => tables(figure).length ? download(new Blob([csvOf(figure)], {type: 'text/csv'}), `${figure}.csv`) : 'There is nothing to save yet.',
  json: () => sweep() ? download(new Blob([JSON.stringify(V.held ? bothSides() : sweep()) + '\n'], {type: 'application/json'}), 'ask.json') : 'There is nothing to save yet.',
  page: async () => keys().length || V.run >= 0 ? download(await exported(address(), keys(), more(), M.state.runs[V.run]?.number), 'sightline.html') : 'Ask first.',
  link: async () => { await copy(location.href.split('#')[0].replace(/[?&]token=[^&]*/, '') + address()); return /^(127\.|localhost|\[::1\])/.test(location.host) ? 'Link copied. It opens on this machine; for others save the page.' : 'Link copied.'; },
  command: async () => { const r = R.curves[V.masking]; if (!r) return 'Ask first.'; await copy(r.command); return 'Command copied.'; },
};
export function saveActions() {
  fill('save', html`<label>Save <select id="figure" aria-label="Figure to save">${Object.entries(FIGURES).map(([id, [name]]) => html`<option value="${id}">${name.toLowerCase()}</option>`)}</select></label>${[['png', 'PNG'], ['svg', 'SVG'], ['csv', 'CSV'], ['json', 'JSON'], ...(OFFLINE ? [] : [['page', 'Page']]), ['command', 'Copy command'], ...(OFFLINE ? [] : [['link', 'Copy link']])].map(([id, name]) => html`<button type="button" class="word" data-save="${id}">${name}</button>`)}`);
  $('figure').addEventListener('change', e => { figure = e.target.value; });
  $('save').addEventListener('click', async e => {
    const does = DOES[e.target.dataset.save];
    if (!does) return;
    try { saidSaved(await does() ?? 'Saved.'); } catch (error) { if (!(error instanceof Told)) console.error(error); saidSaved(error instanceof Told ? error.message : 'This cannot be saved.'); }
  });
}

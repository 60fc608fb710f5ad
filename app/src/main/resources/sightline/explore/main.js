// Puts the views together: what is drawn when, and what a choice does.
import { $, paint, theme } from './evidence.js';
import { afterPaint, fill, html } from './dom.js';
import { V, readAddress, remember, rewritten } from './state.js';
import { M, OWN, R, isBox, leaveSelection } from './known.js';
import { OFFLINE, state } from './server.js';
import { askAll, askHeld, extras, hold, mapRegions, masked, onChange, otherRows, swap, together } from './asking.js';
import { askActions, choose, drawAsk, drawProgress, noteAsked } from './ask.js';
import { drawAnswer } from './answer.js';
import { drawCurves, drawLayer } from './pathways.js';
import { drawSays } from './says.js';
import { drawTokens, look, tokenActions } from './tokens.js';
import { lookers, wantAttention } from './attention.js';
import { drawOver, drawPicture, pictureActions } from './picture.js';
import { boxActions, drawBoxTable } from './box.js';
import { drawHeads, headActions, silenceSoon, wantRanks } from './heads.js';
import { drawLens, underLens } from './layers.js';
import { drawRuns, drawSample, forgetRow, loadRun, runActions } from './runs.js';
import { saveActions } from './save.js';
import { globalKeys, layerActions } from './keys.js';
import { firstVisit } from './hints.js';

function drawAll() {
  drawAsk(); drawAnswer(); drawSample(); forgetRow();
  if (!M.data) return;
  drawPicture(); drawBoxTable(); drawCurves(); drawSays(); drawTokens(); drawHeads(); drawLens();
  fetchMore();
}
const looks = () => { drawPicture(); drawBoxTable(); drawHeads(); drawTokens(); fetchMore(); };
function fetchMore() { wantAttention(() => { drawPicture(); drawTokens(); }); wantRanks(() => drawHeads()); }
const layered = () => { drawLayer(); drawSays(); drawHeads(); underLens(); };
let due = 0;
const previewed = () => { due ||= requestAnimationFrame(() => { due = 0; layered(); }); };
function changed(what) {
  if (what === 'progress') drawProgress();
  else if (what === 'answer') { drawProgress(); drawAnswer(); }
  else { if (what === 'all') { remember(); if (R.asked?.q === V.q && R.asked.p === V.p && V.row < 0) noteAsked(); } drawAll(); }
}

// What a choice among words does. Most need no new answer.
const NUMBERS = new Set(['k', 'atok', 'run', 'least', 'flips']);
const AFTER = {
  k: layeredAll, masking: () => { R.own = R.own ?? {}; layeredAll(); masked().then(extras); }, measure: () => { layeredAll(); afterPaint(() => { drawPicture(); drawBoxTable(); }); }, tok: () => { layeredAll(); drawLens(); },
  rows: () => { if (!R.picture) return; if (otherRows()) layeredAll(); afterPaint(() => askAll()); }, veil: () => { looks(); if (V.veil === 'map') mapRegions(); }, alayer: looks, ahead: () => { V.look = -1; looks(); silenceSoon(); }, atok: () => { V.look = -1; looks(); },
  set: drawTokens, mode: () => { drawTokens(); if (V.mode !== 'cut') together(); }, kind: () => drawRuns(), run: () => { V.row = -1; V.cat = ''; drawSample(); loadRun().then(() => $('runs').scrollIntoView({block: 'start'})); },
};
// The curves at once; what else says the same in another way, behind them.
// Of a held side nothing is at hand but its curves: what is not is asked.
const HELD_AFTER = {k: layeredAll, tok: layeredAll, masking: () => { layeredAll(); askHeld(); }, rows: () => { layeredAll(); askHeld(); }};
function letGo() { V.held = null; drawAll(); remember(); $('curves').scrollIntoView({block: 'nearest'}); $('hold').focus({preventScroll: true}); }
function layeredAll() { drawCurves(); drawSays(); afterPaint(() => { drawTokens(); drawHeads(); underLens(); }); }
function chosen(e) {
  const {name, value, type, id} = e.target;
  if (type === 'radio' && name in V) { V[name] = NUMBERS.has(name) ? Number(value) : value; if (name === 'least' || name === 'flips') again(); else (AFTER[name] ?? drawAll)(); remember(); }
  const of = name?.startsWith('held.') ? name.slice(5) : '';
  if (type === 'radio' && of in HELD_AFTER && V.held) { V.held[of] = NUMBERS.has(of) ? Number(value) : value; HELD_AFTER[of](); remember(); }
  if (id === 'aheads') { V.ahead = value; V.look = -1; looks(); silenceSoon(); remember(); }
}
let again = () => {};
function openRow(r, of) {
  choose({picture: r.picture, question: r.question, prompt: of.prompt, choice: r.choice});
  const among = (all, value, usual) => all.includes(value) ? value : usual;
  // As the run traced it: the answer's own tokens, since its text may have others.
  Object.assign(V, {row: r.row, rows: among(M.state.rows, of.rows, V.rows), k: among(M.state.sizes, of.k, V.k), masking: among(M.state.maskings, of.masking, V.masking), temperature: `${of.temperature}`, tokens: r.answer_tokens.join(','), ends: of.flip_end ? 1 : 0, layer: r.layer, path: M.paths.some(p => p.id === r.pathway) ? r.pathway : V.path});
  $('q').value = V.q;
  askAll();
  scrollTo({top: 0});
}

function begin() {
  const model = M.state.model;
  if (model) {
    M.data = {layers: model.layers, cross: model.cross};
    if (!M.paths.length) { M.paths = [...M.state.pathways.filter(p => p.cross), ...M.state.pathways.filter(p => !p.cross).reverse()]; paint(M.paths); roles(); }
    fill('model', html`${model.name}, ${model.layers} layers${model.cross.length ? `, cross-attention in ${model.cross.join(', ')}` : ''}`);
    if (!M.state.sizes.includes(V.k)) V.k = M.state.sizes[0];
    if (!M.paths.some(p => p.id === V.path) && V.path !== OWN.id && !(V.box && isBox(V.path))) V.path = '';
  }
}
// A role in the prompt wears the colour of the pathway that it feeds.
function roles() {
  const of = (id, usual) => M.paths.find(p => p.id === id)?.css ?? usual, sheet = document.createElement('style');
  sheet.textContent = `:root{--p-image:var(${of('image_to_last', '--ink3')});--p-question:var(${of('question_to_last', '--ink3')});--p-answer:var(${of('last_to_last', '--ink3')})}`;
  document.head.append(sheet);
}
function usualView() {
  const first = M.state.examples[0];
  const example = V.p ? M.state.examples.find(e => e.picture === V.p) : first;
  if (example && !V.q) Object.assign(V, {p: example.picture, q: example.question, prompt: example.prompt, choice: [...(example.choice ?? [])]});
  if (!V.prompt) V.prompt = M.state.prompts.find(p => p.name === 'vqav2')?.name ?? M.state.prompts[0].name;
}
async function start() {
  theme(); saveActions();
  readAddress(OFFLINE ? OFFLINE.address : location.hash);
  onChange(changed);
  askActions(drawAll); tokenActions(looks); boxActions(() => { drawPicture(); drawBoxTable(); drawCurves(); });
  pictureActions(); headActions(() => { looks(); layered(); }); layerActions(previewed, () => { layered(); if (V.alayer === '') looks(); }); globalKeys(() => { drawAll(); });
  again = runActions(openRow);
  document.addEventListener('change', chosen);
  document.addEventListener('input', e => { if (e.target.id === 'opacity') { V.opacity = Number(e.target.value); remember(); drawOver(); } });
  document.addEventListener('click', clicked);
  drawAsk();
  firstVisit(OFFLINE);
  M.state = await state(false);
  begin(); usualView(); drawAll(); drawRuns();
  while (M.state.status === 'loading') { M.state = await state(true); begin(); usualView(); drawAll(); drawRuns(); }
  if (V.run >= 0 && V.run < M.state.runs.length) loadRun(); else V.run = -1;
  if (M.state.status === 'ready' || OFFLINE) await askAll();
}
function clicked(e) {
  const path = e.target.dataset?.path;
  if (path) { V.path = path; R.pathFound = false; remember(); drawLayer(); drawSays(); drawHeads(); underLens(); }
  if (e.target.id === 'hold' && R.asked) { hold(); remember(); drawAll(); $('pair').scrollIntoView({block: 'start'}); $('unhold').focus({preventScroll: true}); }
  if (e.target.id === 'unhold') letGo();
  if (e.target.id === 'swap' && R.asked) { swap(); $('q').value = V.q; }
  if (e.target.id === 'tracea') { askHeld(); drawCurves(); }
  if (e.target.id === 'unlook') look(V.look);
  if (e.target.id === 'clearcut') { V.src = V.dst = ''; R.own = {}; leaveSelection(); remember(); drawAll(); }
  if (e.target.dataset?.to) $(e.target.dataset.to).scrollIntoView({block: 'nearest'});
  if (e.target.id === 'allheads') { V.ahead = 'mean'; if (!lookers().includes(Number(V.alayer))) V.alayer = ''; remember(); looks(); }
}
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { theme(); drawAll(); });
let timer;
addEventListener('resize', () => { clearTimeout(timer); timer = setTimeout(() => { drawAll(); drawRuns(); }, 120); });
addEventListener('hashchange', () => { if (rewritten()) { readAddress(location.hash); usualView(); $('q').value = V.q; drawRuns(); loadRun(); askAll(); } });
start().catch(e => { R.error = e.message; drawProgress(); console.error(e); });

// Asks in stages, so that something is there early: curves, what is inside, the other maskings. One question at a time.
import { V, questionOf, remember, sideOf } from './state.js';
import { BESIDE, HELD, LIVE, M, R, boxIsHere, isBox, leaveSelection, strongest, sweep } from './known.js';
import { OFFLINE, Told, ask, hasAnswer, layoutOf, saysOf, tokensOf } from './server.js';
import { chosenHead, silencedAt } from './attention.js';
import { besideBody, boxBody, cutBody, forgetOthers, insideBody, keptCurves, present, question, sameBut, sweptCurves, wording } from './questions.js';

let redraw = () => {}, current = null, aside = null, holding = null;
const behind = new Map(); // by side
export const onChange = f => { redraw = f; };

function progress(name, data) {
  if (name === 'queued') R.working = data.ahead ? `${data.ahead} ${data.ahead === 1 ? 'question' : 'questions'} before this one` : 'begins';
  if (name === 'working') { R.share = data.total ? data.done / data.total : 0; R.working = data.total ? `${data.done.toLocaleString('en-US')} of ${data.total.toLocaleString('en-US')} ${data.unit}${left(data)}` : data.task; }
  redraw('progress');
}
let begun = 0, task = '';
function left(data) {
  if (task !== data.task) { task = data.task; begun = performance.now(); }
  const spent = (performance.now() - begun) / 1000;
  const more = Math.ceil(spent * (data.total - data.done) / data.done);
  return data.done && spent > 1 ? `, ${more < 120 ? `${more} s` : `${Math.ceil(more / 60).toLocaleString('en-US')} min`} left` : '';
}
function failed(e) {
  if (e.name === 'AbortError') return;
  if (!(e instanceof Told)) console.error(e);
  R.error = e instanceof Told ? e.message : 'This answer cannot be shown. Ask again; reload the page if that does not help.';
}

export function cancel() {
  const any = current || aside || holding;
  drop();
  holding?.abort();
  holding = null;
  if (R.working) { R.working = ''; R.stale = !!sweep() && R.stale; redraw('all'); }
  return !!any;
}
function drop() {
  [current, aside, ...behind.values()].forEach(c => c?.abort());
  current = aside = null;
  behind.clear();
}
const forget = () => Object.assign(R, {curves: {}, own: {}, whole: null, box: null, map: null, look: null, silenced: [], error: ''});

const allKept = () => Object.fromEntries(M.state.maskings.filter(masking => keptCurves(masking)).map(masking => [masking, keptCurves(masking)]));
// Curves of the rows that are chosen now, if they are kept; all else is asked for behind them.
export function otherRows() {
  const there = !!keptCurves(V.masking);
  if (there) Object.assign(R, {curves: allKept(), own: {}, dated: true});
  return there;
}
// The whole question anew.
export async function askAll() {
  if (!V.p || !V.q.trim()) { R.error = V.p ? 'Type a question first.' : 'Drop a picture first, or choose one of the examples.'; redraw('all'); return; }
  drop();
  const mine = current = new AbortController(), asked = questionOf(V), start = performance.now(), first = V.masking, again = !!keptCurves(first);
  forgetOthers();
  R.stale = !again; R.error = ''; R.working = 'begins'; R.share = 0; R.said = []; R.first = 0; task = '';
  remember(true); redraw('progress');
  const here = () => current === mine;
  try {
    const layout = R.picture === V.p && R.layout ? Promise.resolve(R.layout) : layoutOf(V.p), tokens = tokensOf(wording());
    layout.catch(() => {}); tokens.catch(() => {});
    const result = await sweptCurves(first, sideOf(V), mine.signal, (name, data) => {
      if (!here()) return;
      if (name === 'token') { R.first ||= performance.now() - start; R.said[data.index] = data; R.stale = true; redraw('answer'); } else if (name === 'answer') { R.text = data.text; redraw('answer'); } else progress(name, data);
    });
    if (!here()) return;
    forget();
    R.dated = again && sameBut(V, R.asked); // what is inside follows
    if (!R.dated) R.inside = null;
    R.curves = allKept();
    R.asked = asked; R.picture = V.p; R.text = result.ask.answer; R.stale = false; R.hover = -1;
    R.layout = await layout; R.tokens = (await tokens).tokens;
    if (!here()) return;
    if (!V.path || (isBox(V.path) && !V.box)) { V.path = strongest(); R.pathFound = true; }
    if (V.tok !== 'all' && Number(V.tok) >= result.ask.answer_tokens.length) V.tok = 'all';
    if (V.look >= R.tokens.length) V.look = -1;
    if (!again) R.spent = performance.now() - start;
    if (!again) R.took = `${R.first ? `answered in ${seconds(R.first)}, ` : ''}traced in ${seconds(R.spent)}`;
    R.working = ''; redraw('all');
    await rest(mine, here);
  } catch (e) { if (here() || e.name !== 'AbortError') { failed(e); R.working = ''; redraw('all'); } } finally { if (here()) current = null; }
}
const seconds = ms => `${(ms / 1000).toFixed(1)}\u00a0s`;
async function rest(mine, here) {
  await askHeld();
  if (!here()) return;
  // A saved page has what is inside under the rows that it was saved with.
  const inside = hasAnswer(insideBody()) ? await ask(insideBody(), mine.signal, hush) : null;
  if (!here()) return;
  R.inside = inside; R.dated = false; redraw('inside');
  await extras();
  if (here() && !OFFLINE) await others(mine.signal);
}
const hush = () => {};
// Where a sweep is soon done, rows that may be switched to are swept too, while nobody waits.
const SOON = 2000;
async function others(signal) {
  const quick = R.spent < SOON, asked = present(), mine = R.curves;
  for (const masking of M.state.maskings) {
    if (!mine[masking]) { const made = await sweptCurves(masking, asked, signal, hush); if (R.curves === mine) { mine[masking] = made; redraw('curves'); } }
  }
  for (const rows of quick ? M.state.rows : []) for (const masking of M.state.maskings) if (rows !== asked.rows) await sweptCurves(masking, {...asked, rows}, signal, hush);
}
// The chosen masking, if a link or a quick hand wants it before it is there.
export async function masked() {
  if (R.curves[V.masking] || !sweepAny()) return;
  await besides(async signal => { const mine = R.curves, {masking} = V, made = await sweptCurves(masking, present(), signal, progress); if (R.curves === mine) mine[masking] = made; });
}
const sweepAny = () => Object.keys(R.curves).length > 0;

// One thing asked beside the question; a newer one takes its place, and what waits in the background waits on. What it pushed
// aside comes behind it.
async function besides(does) {
  aside?.abort();
  const mine = aside = new AbortController();
  let done = false;
  R.error = '';
  try { await does(mine.signal); done = true; } catch (e) { if (aside === mine) failed(e); }
  if (aside !== mine) return;
  aside = null; R.working = ''; redraw('all');
  if (done) await extras();
}
// A saved page has what it was saved with.
const asideOf = (body, keep) => OFFLINE && !hasAnswer(body) ? undefined : besides(async signal => keep(await ask(body, signal, progress)));

const headIsHere = () => !chosenHead() || !!silencedAt(chosenHead().join('.'));
// All that the view shows beside the question, one after the other.
const EXTRAS = [
  [() => V.src && V.dst && !R.own[V.masking], () => traceOwn()], [() => V.look >= 0 && R.look?.of !== V.look, () => lookFrom()], [() => V.box && !boxIsHere(), () => cutBox()],
  [() => R.inside && !headIsHere(), () => silence([chosenHead().join('.')])], [() => V.veil === 'map' && !R.map, () => mapRegions()], [() => V.mode !== 'cut' && R.whole?.of !== V.mode, () => together()],
];
export async function extras() {
  if (!sweepAny()) return;
  for (const [missing, make] of EXTRAS) {
    const started = missing() ? make() : undefined;
    if (started) { await started; return; } // which goes on with the others
  }
}
export function traceOwn() {
  if (!V.src || !V.dst || !sweepAny()) { R.own = {}; redraw('all'); return undefined; }
  const own = R.own = {}, {masking} = V;
  return asideOf(cutBody(LIVE), made => { if (R.own === own) own[masking] = made; });
}
// Attention of one prompt token: of that row alone.
export function lookFrom() {
  const row = V.look;
  return R.look?.of === row ? undefined : asideOf(besideBody({masking: 'paper', attention: true, 'attention-rows': `${row}`}), made => { R.look = {...made, of: row}; });
}
// Heads, or sets of them, silenced at all rows: what they bring into rows before the last counts too.
export function silence(sets) {
  const missing = sets.filter(set => !silencedAt(set)), of = R.silenced;
  return !missing.length || !R.inside ? undefined : asideOf(besideBody({masking: 'paper', 'head-set': missing, 'heads-at': 'all'}), made => { if (R.silenced === of) of.push(made); });
}
export function cutBox() {
  const {box} = V;
  return asideOf(boxBody(), made => { R.box = {...made, of: box}; });
}
export const mapRegions = () => R.map ? undefined : asideOf(besideBody({masking: 'zero', map: `${cellSide()}`, 'map-to': 'all'}), made => { R.map = made; });
// Each cell is a pass over all rows: as many as one waits for.
const MOST_CELLS = 36;
const cellSide = () => { let side = 1; while (Math.ceil(R.layout.patch_rows / side) * Math.ceil(R.layout.patch_columns / side) > MOST_CELLS) side++; return side; };
export function together() {
  const {mode} = V, more = mode === 'keep' ? {masking: 'zero', keep: 'image_to_last,question_to_last'} : {masking: V.masking, joint: 'image_to_last,image_to_question,question_to_last'};
  return R.whole?.of === mode ? undefined : asideOf(besideBody(more), made => { R.whole = {...made, of: mode}; });
}
// The words that follow under a locked window.
export async function follow(side, result, pathway, layer) {
  behind.get(side)?.abort();
  const mine = new AbortController();
  behind.set(side, mine);
  return saysOf(result.key, pathway, side.v.k, layer, 8, mine.signal);
}

// It is held, with what is known of it.
export function hold() {
  V.held = present();
  Object.assign(HELD, {asked: JSON.stringify(question(V.held)), curves: {...R.curves}, own: {...R.own}, tokens: R.tokens, said: R.said, error: ''});
}
export const isHolding = () => holding !== null;
// What is held and not at hand: a link brings it, or a setting of its own was changed.
export async function askHeld() {
  if (!V.held) return;
  holding?.abort();
  const mine = holding = new AbortController(), r = HELD, asked = JSON.stringify(question(V.held)), {masking} = V.held, here = () => holding === mine;
  if (r.asked !== asked) Object.assign(r, {asked, curves: {}, own: {}, tokens: [], said: []});
  r.error = '';
  try {
    if (!r.curves[masking]) {
      const made = await sweptCurves(masking, sideOf(V.held), mine.signal, (name, data) => { if (here()) progress(name, data); });
      if (here()) r.curves[masking] = made;
    }
    if (here() && V.held.src && V.held.dst && !r.own[masking]) {
      if (!r.tokens.length) r.tokens = (await tokensOf(wording(V.held))).tokens;
      const made = await ask(cutBody(BESIDE), mine.signal, progress);
      if (here()) r.own[masking] = made;
    }
  } catch (e) {
    if (e.name !== 'AbortError' && !(e instanceof Told)) console.error(e);
    if (here()) r.error = e instanceof Told ? e.message : 'A cannot be shown.';
  }
  if (here()) { holding = null; R.working = ''; redraw('all'); }
}
// The two change places; what was asked of either is at hand.
export function swap() {
  const was = present(), known = {curves: R.curves, own: R.own, tokens: R.tokens, said: R.said};
  Object.assign(V, V.held, {held: was, row: -1, atok: 0, look: -1, ...(V.held.p === was.p ? {} : {box: ''})});
  R.curves = HELD.curves;
  if (!(V.src && V.dst)) leaveSelection();
  Object.assign(HELD, known, {asked: JSON.stringify(question(was)), error: ''});
  return askAll();
}

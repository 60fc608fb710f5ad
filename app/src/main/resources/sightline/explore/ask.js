// Question, picture and prompt: typed, dropped, pasted or chosen from the examples.
import { $ } from './evidence.js';
import { fill, html } from './dom.js';
import { V } from './state.js';
import { M, R, leaveSelection, sweep } from './known.js';
import { OFFLINE, hasPicture, pictureUrl, upload } from './server.js';
import { askAll, cancel } from './asking.js';

let uploads = [];
const choicesOf = name => M.state?.prompts.find(p => p.name === name)?.choices ?? 0;

export function drawAsk() {
  const examples = (M.state?.examples ?? []).filter(e => hasPicture(e.picture)), extra = [...uploads, V.p].filter((id, i, all) => id && !examples.some(e => e.picture === id) && all.indexOf(id) === i);
  if (OFFLINE) $('ask').classList.add('offline');
  $('q').readOnly = !!OFFLINE;
  fill('pics', html`${[...examples.map(e => [e.picture, `${e.title}: ${e.question}`]), ...extra.map(id => [id, /^r/.test(id) ? 'picture of the run' : 'your picture'])].map(([id, title]) => html`<button type="button" class="pick-pic ${id === V.p ? 'on' : ''}" ${OFFLINE ? 'disabled' : ''} data-pic="${id}" data-key="pic-${id}" title="${title}" aria-label="${title}" aria-pressed="${id === V.p}"><img src="${pictureUrl(id)}" alt=""></button>`)}${OFFLINE ? '' : html`<button type="button" class="word open" id="openpic">Open…</button>`}`);
  if (document.activeElement !== $('q')) $('q').value = V.q;
  fill('promptpick', html`<label>prompt <select id="promptname" ${OFFLINE ? 'disabled' : ''}>${(M.state?.prompts ?? []).map(p => html`<option ${p.name === V.prompt ? 'selected' : ''}>${p.name}</option>`)}</select></label>`);
  const n = choicesOf(V.prompt);
  fill('choices', n ? html`${[...Array(n).keys()].map(i => html`<label><span class="dim">${'ABCDEFGH'[i]}</span> <input type="text" data-choice="${i}" data-key="choice-${i}" value="${V.choice[i] ?? ''}" maxlength="400" aria-label="Choice ${'ABCDEFGH'[i]}"></label>`)}` : '');
  $('choices').hidden = !n;
  drawOthers();
  $('go').disabled = !!OFFLINE || M.state?.status !== 'ready';
  drawProgress();
}
// The demo's model has learned few words: questions that it knows, and the one that was asked last of a picture.
const lastOf = new Map();
export const noteAsked = () => { lastOf.set(V.p, {question: V.q, prompt: V.prompt, choice: [...V.choice]}); };
const questionsToo = () => { const e = M.state?.examples.find(x => x.picture === V.p); return e ? [{question: e.question, prompt: e.prompt, choice: e.choice ?? []}, ...e.others].filter(o => o.question !== V.q) : []; };
function drawOthers() {
  const all = OFFLINE ? [] : questionsToo();
  const unknown = M.state?.model?.demo && R.asked?.q === V.q ? unlearned() : [];
  fill('others', all.length ? html`${unknown.length ? html`<span class="warn">The demo’s model has not learned ${unknown.map((w, i) => html`${i ? ', ' : ''}<b>${w}</b>`)}: its answer may mean little.</span> ` : ''}${M.state.model?.demo ? 'The demo’s small model knows few words; of this picture also ask' : 'Also ask'} ${all.map((o, i) => html`${i ? ' ' : ''}<button type="button" class="word" data-other="${i}" data-key="other-${i}">${o.question}</button>`)}` : '');
}
// A word that it has learned is one token.
function unlearned() {
  const all = [];
  for (const t of R.tokens.filter(x => x.role === 'question' || x.role === 'choices')) {
    const text = t.text.trim();
    if (!/^[\p{L}]+$/u.test(text)) all.push({text, parts: 9, word: false}); else if (/^\s/.test(t.text) || !all.at(-1)?.word) all.push({text, parts: 1, word: true}); else { all.at(-1).text += text; all.at(-1).parts++; }
  }
  return [...new Set(all.filter(w => w.word && w.parts > 1).map(w => w.text))];
}
export function drawProgress() {
  const status = M.state?.status;
  document.body.classList.toggle('waiting', R.stale); // old results stay, faded
  document.body.classList.toggle('dated', !!R.dated);
  if ($('swap')) $('swap').disabled = R.stale; // until B is there
  $('line').style.width = R.working ? `${Math.max(.02, R.share ?? 0) * 100}%` : '0';
  fill('progress', R.working ? html`${R.working} <span class="dim">Esc cancels</span>` : status === 'loading' ? html`<span class="dim">The model is being loaded.</span>` : status === 'failed' ? `The model cannot be loaded: ${M.state.error}` : OFFLINE ? html`<span class="dim">a saved page: it shows, and does not compute</span>` : html`<span class="dim">${R.took}</span>`);
  fill('error', R.error);
}

async function take(file) {
  if (!file || OFFLINE) return;
  R.error = '';
  if (file.size > 32 * 2 ** 20) { R.error = `${file.name} has more than 32 MB. Save it smaller, as PNG or JPEG.`; drawAsk(); return; }
  try {
    const got = await upload(file);
    uploads = [got.picture, ...uploads.filter(id => id !== got.picture)].slice(0, 3);
    V.p = got.picture; V.box = ''; V.row = -1;
    if (V.q.trim()) askAll(); else { drawAsk(); $('q').focus(); }
  } catch (e) { R.error = file.name ? e.message.replace(/^the picture\b/i, file.name) : e.message; drawAsk(); }
}
export function choose(example) {
  Object.assign(V, {p: example.picture, q: example.question, prompt: example.prompt, choice: [...(example.choice ?? [])], tokens: '', temperature: '', ends: 0, ahead: 'mean', alayer: '', look: -1, box: '', src: '', dst: '', mode: 'cut', row: -1, layer: -1, path: '', tok: 'all', atok: 0});
}

export function askActions(redraw) {
  $('ask').addEventListener('submit', e => { e.preventDefault(); if ($('go').disabled) return; V.q = $('q').value; V.row = -1; V.tokens = ''; V.temperature = ''; V.ends = 0; V.layer = V.look = -1; V.ahead = 'mean'; V.alayer = ''; V.src = V.dst = ''; leaveSelection(); if (R.pathFound) V.path = ''; askAll(); });
  $('q').addEventListener('input', () => { V.q = $('q').value; });
  $('ask').addEventListener('click', e => {
    if (e.target.id === 'openpic') $('file').click();
    const other = questionsToo()[e.target.dataset.other];
    if (other) { const was = M.state.examples.find(x => x.picture === V.p); choose({...was, ...other}); $('q').value = V.q; redraw(); askAll(); return; }
    const id = e.target.closest('[data-pic]')?.dataset.pic, example = M.state?.examples.find(x => x.picture === id);
    if (!id) return;
    if (example) { choose({...example, ...lastOf.get(id)}); $('q').value = V.q; redraw(); askAll(); } else if (id !== V.p) { V.p = id; V.box = ''; V.row = -1; V.tokens = ''; redraw(); if (V.q.trim()) askAll(); }
  });
  $('ask').addEventListener('change', e => {
    if (e.target.id === 'promptname') { V.prompt = e.target.value; V.choice = V.choice.slice(0, choicesOf(V.prompt)); drawAsk(); }
    if (e.target.dataset.choice) { const all = [...Array(choicesOf(V.prompt)).keys()].map(i => V.choice[i] ?? ''); all[Number(e.target.dataset.choice)] = e.target.value; V.choice = all; }
  });
  $('file').addEventListener('change', e => { take(e.target.files[0]); e.target.value = ''; });
  addEventListener('dragover', e => { if (e.dataTransfer?.types.includes('Files')) { e.preventDefault(); document.body.classList.add('dropping'); } });
  addEventListener('dragleave', e => { if (!e.relatedTarget) document.body.classList.remove('dropping'); });
  addEventListener('drop', e => { document.body.classList.remove('dropping'); if (e.dataTransfer?.files.length) { e.preventDefault(); take(e.dataTransfer.files[0]); } });
  addEventListener('paste', e => { const file = [...(e.clipboardData?.files ?? [])][0]; if (file) { e.preventDefault(); take(file); } });
}
export const stop = () => { const was = cancel(); if (was && !sweep()) { R.stale = false; R.said = []; } return was; };

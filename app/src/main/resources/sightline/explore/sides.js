// A held result stands as A beside what is asked as B: their names, what differs between them, and where the page has them.
import { $ } from './evidence.js';
import { fill, html, numeral, tokenWord, words } from './dom.js';
import { V } from './state.js';
import { BESIDE, LIVE, M, R, anySweep, answerTokens, isBox, own, shownPaths, sides } from './known.js';
import { pictureUrl } from './server.js';

export const at = (side, name) => $(side.prefix + name);
export const pictureName = id => { const i = M.state.examples.findIndex(e => e.picture === id); return i >= 0 ? `example ${i + 1}` : (/^r\d/.test(id) ? `row ${id.split('-')[1]} of run ${id.slice(1).split('-')[0]}` : `picture ${id.slice(0, 6)}`); };
const tokenRead = side => side.v.tok === 'all' ? 'all of the answer' : `answer token ${Number(side.v.tok) + 1}`;
const selection = ({v}) => v.src && v.dst ? `tokens ${v.src} to ${v.dst}` : 'none';
const SETTINGS = [
  ['picture', side => side.v.p, side => pictureName(side.v.p)], ['question', side => side.v.q, side => `“${side.v.q}”`], ['prompt', side => side.v.prompt], ['choices', side => side.v.choice.join('\n'), side => side.v.choice.join(' / ') || 'none'],
  ['answer tokens', side => side.v.tokens, side => side.v.tokens || 'the model’s own'], ['temperature', side => side.v.temperature, side => side.v.temperature || 'the model’s own'], ['what a flip is', side => side.v.ends, side => side.v.ends ? 'another answer, or one that goes on' : 'another answer'],
  ['k', side => `${side.v.k}`], ['masking', side => side.v.masking], ['rows', side => side.v.rows], ['what is read', tokenRead], ['selection', selection],
];
const differences = () => SETTINGS.filter(([, is]) => is(BESIDE) !== is(LIVE)).map(([name, is, say = is]) => [name, say(BESIDE), say(LIVE)]);
const list = all => all.length < 2 ? all : [...all.slice(0, -1).flatMap((x, i) => i ? [', ', x] : [x]), ' and ', all.at(-1)];
function differ() {
  const found = differences(), a = anySweep(BESIDE), b = anySweep();
  if (!found.length) return 'A is held as it was. Another question or picture is B’s; each side has settings of its own.';
  const answers = !a || !b ? '' : a.answer === b.answer ? html` Both answer <b>${a.answer}</b>.` : html` Each curve is of its own side’s answer.`;
  return html`A and B differ in ${list(found.map(([name, x, y]) => html`${name} (${x}; ${y})`))}; all else is the same.${answers}`;
}
// One line for a file: what a side shows.
export const nameOf = side => [`${anySweep(side) ? `“${anySweep(side).answer}”` : ''} — ${side.v.q}`, `${V.held ? `${pictureName(side.v.p)}, ` : ''}prompt ${side.v.prompt}, k ${side.v.k}, masking ${side.v.masking}, rows ${side.v.rows}, measure ${V.measure}${side.v.tok === 'all' ? '' : `, ${tokenRead(side)}`}${V.held && own(side) ? `, selection: ${selection(side)}` : ''}${shownPaths(side).some(p => isBox(p.id)) ? `, box ${V.box}` : ''}`];

function who(side) {
  const ask = anySweep(side), stale = side === LIVE && R.stale;
  return html`<b class="letter">${side.letter}</b><img src="${pictureUrl(side.v.p)}" alt="${pictureName(side.v.p)}"><span class="${stale ? 'old' : ''}"><span>${side.v.q}</span><br>${ask ? html`<b>${ask.answer || '␣'}</b> <span class="dim">p = ${numeral(ask.baseline.probability)}</span>` : html`<span class="dim">no answer yet</span>`}</span>`;
}
// Words for k, masking, rows and the token that is read; the measure is one for both.
const SETTING_MEANS = {
  k: 'How many neighbouring layers are cut at once: the window around a layer',
  masking: 'What a row reads that a cut leaves nothing: the mean of all values (paper) or nothing (zero)',
  rows: 'What rows before the image token read, which see no picture: as in the published tracing (paper), as the model was trained (meta), or as in the library (transformers)',
};
const MEASURE = [['change', 'change'], ['log-odds', 'log-odds'], ['flip', 'flip']];
function settings(side) {
  const tokens = answerTokens(side), name = option => side === BESIDE ? `held.${option}` : option;
  const of = (option, label, all) => html`<span title="${SETTING_MEANS[option]}">${words(name(option), label, (all ?? []).map(x => [x, x]), side.v[option])}</span>`;
  return html`${of('k', 'k', M.state?.sizes)}${of('masking', 'Masking', M.state?.maskings)}${M.state?.rows.length ? of('rows', 'Rows', M.state.rows) : ''}${tokens.length > 1 ? words(name('tok'), 'Answer', [['all', 'all'], ...tokens.map((t, i) => [i, tokenWord(t.text)])], side.v.tok) : ''}`;
}
const TITLES = {change: 'Change of probability, by layer', 'log-odds': 'Change of log-odds, by layer', flip: 'Windows that change the answer'};

// Curves and what is said instead move into two columns, and back where they were.
function place() {
  const pair = $('pair'), together = !!V.held;
  if (pair.hidden !== together) return;
  pair.hidden = !together;
  if (together) { $('differ').before($('curveshead')); $('sideb').append($('curves'), $('says')); } else { $('curves').prepend($('curveshead')); $('prompt').before($('curves')); $('boxes').after($('says')); }
}
export function drawSides() {
  place();
  $('curvetitle').textContent = TITLES[V.measure];
  fill('holds', V.held ? html`<button type="button" class="word" id="swap">swap A and B</button> <button type="button" class="word" id="unhold">let go of A</button>` : html`<button type="button" class="word" id="hold" title="Keep this on the left, and compare it with other settings, another question or another picture" ${anySweep() ? '' : 'disabled'}>side by side</button>`);
  for (const side of sides()) { fill(`${side.prefix}set`, settings(side)); fill(`${side.prefix}who`, V.held ? who(side) : ''); }
  fill('measures', words('measure', '', MEASURE, V.measure));
  if (V.held) fill('differ', differ());
}

// All that comes from the server, or, in an exported page, from the page itself.
const KEPT = document.getElementById('offline');
export const OFFLINE = KEPT ? JSON.parse(KEPT.textContent) : null;

const same = body => JSON.stringify(Object.entries(body).sort(([a], [b]) => a < b ? -1 : 1));
// What was asked and what came of it, so that an exported page knows it again.
const asked = new Map(Object.entries(OFFLINE?.tokens?.asked ?? {}));
const replies = new Map(Object.entries(OFFLINE?.tokens?.replies ?? {}));

export class Told extends Error {}
// What follows the curves, and what of it a saved page has not.
export const NEXT = OFFLINE ? 'of these settings is not in this saved page.' : 'comes next.';
const OFF = 'This page was saved to be read. Asking needs `sightline explore`.';

async function fetched(path, options = {}) {
  if (OFFLINE) throw new Told(OFF);
  let reply;
  try {
    reply = await fetch(path, options);
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Told('The explorer no longer answers. Start `sightline explore` again, then reload this page.');
  }
  if (!reply.ok) throw new Told((await reply.json().catch(() => ({}))).error ?? `The server answers ${reply.status}.`);
  return reply;
}
const read = async (path, options) => (await fetched(path, options)).json();
const posted = (body, signal) => ({method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body), signal});
async function remembered(name, make) {
  if (replies.has(name)) return replies.get(name);
  const made = await make();
  replies.set(name, made);
  if (replies.size > 400) replies.delete(replies.keys().next().value);
  return made;
}

export const state = wait => OFFLINE ? Promise.resolve(OFFLINE.state) : read(`/api/state${wait ? '?wait=1' : ''}`);
export const pictureUrl = id => OFFLINE ? OFFLINE.pictures[id]?.url ?? '' : `/api/pictures/${encodeURIComponent(id)}`;
export const hasPicture = id => !OFFLINE || !!OFFLINE.pictures[id];
export const layoutOf = id => OFFLINE ? Promise.resolve(OFFLINE.pictures[id]?.layout) : read(`/api/pictures/${encodeURIComponent(id)}/layout`);
export const upload = file => read('/api/pictures', {method: 'POST', headers: {'Content-Type': file.type.startsWith('image/') ? file.type : 'image/x-unknown'}, body: file});
export const tokensOf = body => remembered('tokens ' + same(body), () => read('/api/tokens', posted(body)));
const ofRun = (run, part) => !OFFLINE ? read(`/api/runs/${run}/${part}`) : OFFLINE.run?.number === run ? Promise.resolve(OFFLINE.run[part]) : Promise.reject(new Told('This page was saved without this run.'));
export const samplesOf = run => ofRun(run, 'samples');
export const reportOf = run => ofRun(run, 'report');
const looked = new Map();
export function attentionOf(key, token, layer) {
  const name = `${key} ${token} ${layer}`;
  if (!looked.has(name)) {
    if (looked.size > 300) looked.clear();
    looked.set(name, OFFLINE ? Promise.resolve(OFFLINE.attention[key]?.[`${token}-${layer}`] ?? {heads: []}) : read(`/api/results/${key}/attention?token=${token}&layer=${layer}`));
    looked.get(name).catch(() => looked.delete(name));
  }
  return looked.get(name);
}

// Server-sent events of one request; gives the last one's data.
async function events(path, options, on) {
  const reply = await fetched(path, options), reader = reply.body.getReader(), decoder = new TextDecoder();
  let text = '', last = null;
  for (;;) {
    const {value, done} = await reader.read();
    if (done) break;
    text += decoder.decode(value, {stream: true});
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end); text = text.slice(end + 2);
      const name = /^event: ?(.*)$/m.exec(block)?.[1], data = [...block.matchAll(/^data: ?(.*)$/gm)].map(m => m[1]).join('\n');
      if (!name) continue;
      last = JSON.parse(data);
      if (name === 'failed') throw new Told(last.message);
      on?.(name, last);
    }
  }
  if (!last) throw new Told('The answer ended before it was told. Ask again.');
  return last;
}
// An exported page has the answers that it was saved with.
export const hasAnswer = body => !OFFLINE || OFFLINE.results.some(r => r.key === asked.get(same(body)));
export async function ask(body, signal, on) {
  if (OFFLINE) {
    const found = OFFLINE.results.find(r => r.key === asked.get(same(body)));
    if (!found) throw new Told(OFF);
    return found;
  }
  const result = await events('/api/ask', posted(body, signal), on);
  asked.set(same(body), result.key);
  return result;
}
export const saysOf = (key, pathway, k, layer, most, signal) => remembered(`says ${key} ${pathway} ${k} ${layer}`,
  () => events(`/api/results/${key}/says?${new URLSearchParams({pathway, k, layer, most})}`, {signal}));

// The view as one file.
export const exported = async (view, keys, more, run) => (await fetched('/api/export', posted({
  address: view, keys, more, ...(run === undefined ? {} : {run}), tokens: {asked: Object.fromEntries([...asked].filter(([, key]) => keys.includes(key) || more.includes(key))), replies: Object.fromEntries([...replies].slice(-120))},
}))).blob();

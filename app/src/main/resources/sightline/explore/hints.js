// On a first visit three sentences point at three places; a click or a key, and they are gone for good.
import { $ } from './evidence.js';

const VISITED = 'sightline-explorer-seen';
const AXIS = 64; // where the curves begin
const TOUCH = matchMedia('(hover: none)').matches;
const HINTS = [['q', TOUCH ? 'Choose a picture, type a question, tap Ask.' : 'Choose a picture, type a question, press Enter.'], ['curvewrap', TOUCH ? 'Tap a layer to see what cutting there does.' : 'Move over a layer to see what cutting there does; a click keeps it.'], ['pic', TOUCH ? 'Tap a patch, or drag sideways, to cut that part of the picture.' : 'Drag a box to cut that part of the picture.']];
const seen = () => { try { return localStorage.getItem(VISITED); } catch { return null; } };

export function firstVisit(offline) {
  if (offline || seen() || new URLSearchParams(location.search).has('nohints')) return;
  const all = HINTS.map(([id, text]) => { const p = document.createElement('p'); p.className = 'hint'; p.textContent = text; document.body.append(p); return [$(id), p]; });
  const place = () => all.forEach(([at, p]) => { const box = at.getBoundingClientRect(), zoom = box.width / at.offsetWidth || 1, b = {left: box.left / zoom, top: box.top / zoom, width: box.width / zoom, height: box.height / zoom}, from = scrollY / zoom, half = p.offsetWidth; p.style.left = `${Math.max(8, Math.min(innerWidth / zoom - half - 8, b.left + (at.id === 'curvewrap' ? AXIS : Math.min(24, b.width / 8))))}px`; p.style.top = `${b.top + from + (b.height > 60 ? b.height * .3 : b.height + 8)}px`; });
  document.body.classList.add('first'); // leaves the place below the question to its hint
  const gone = () => { document.body.classList.remove('first'); all.forEach(([, p]) => p.remove()); removeEventListener('resize', place); document.removeEventListener('pointerdown', gone); document.removeEventListener('keydown', gone); watch.disconnect(); try { localStorage.setItem(VISITED, '1'); } catch { /* it shows again next time */ } };
  const watch = new ResizeObserver(place);
  watch.observe(document.body); place();
  addEventListener('resize', place); document.addEventListener('pointerdown', gone); document.addEventListener('keydown', gone);
}

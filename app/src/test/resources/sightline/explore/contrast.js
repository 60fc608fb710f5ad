// The texts in sight whose contrast is below 4.5:1, large ones' below 3:1 (WCAG 2.2, 1.4.3; what is disabled is exempt).
// The window must be as high as the page: what lies below a text is asked for at its middle.
(() => {
  const colour = text => { const m = /rgba?\(([^)]+)\)/.exec(text); if (!m) return null; const [r, g, b, a = 1] = m[1].split(/[ ,/]+/).map(Number); return {r, g, b, a}; };
  const over = (top, below, alpha = 1) => { const a = top.a * alpha; return {r: top.r * a + below.r * (1 - a), g: top.g * a + below.g * (1 - a), b: top.b * a + below.b * (1 - a), a: 1}; };
  const light = c => [c.r, c.g, c.b].reduce((sum, v, i) => sum + [.2126, .7152, .0722][i] * (v / 255 <= .04045 ? v / 255 / 12.92 : ((v / 255 + .055) / 1.055) ** 2.4), 0);
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  const drawn = e => e instanceof SVGGeometryElement;
  const ground = e => { const s = getComputedStyle(e), c = colour(drawn(e) ? s.fill : e instanceof SVGElement ? '' : s.backgroundColor); return c && {...c, a: c.a * (drawn(e) ? Number(s.fillOpacity) : 1)}; };
  const veiled = e => { let all = 1; for (let x = e; x instanceof Element; x = x.parentElement) all *= Number(getComputedStyle(x).opacity); return all; };
  const poor = [];
  let seen = 0;
  function look(e, box, text, style) {
    if (!box.width || !box.height || style.visibility === 'hidden' || e.closest(':disabled,[aria-hidden=true]') && !e.closest('svg[aria-hidden=true] text')) return;
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    if (x < 0 || x >= innerWidth || y < 0 || y >= innerHeight) return;
    const hit = document.elementsFromPoint(x, y), own = hit.indexOf(e), chain = [];
    for (let a = e; a instanceof Element; a = a.parentElement) chain.push(a);
    const scrolled = chain.find(a => getComputedStyle(a).overflow !== 'visible' && !(a instanceof SVGElement));
    if (scrolled && scrolled !== document.documentElement) { const b = scrolled.getBoundingClientRect(); if (x < b.left || x > b.right || y < b.top || y > b.bottom) return; }
    const below = [...chain.filter(a => !hit.includes(a)), ...hit.slice(Math.max(0, own))].reverse();
    let under = {r: 255, g: 255, b: 255, a: 1};
    for (const b of below) { const c = ground(b); if (c) under = over(c, under, veiled(b)); }
    const ink = colour(e instanceof SVGElement ? style.fill : style.color);
    if (!ink) return;
    const size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700, found = ratio(over(ink, under, veiled(e)), under);
    seen++;
    if (found < (large ? 3 : 4.5)) poor.push(`${found.toFixed(2)} “${text.trim().slice(0, 40)}” ${e.tagName.toLowerCase()}${e.closest('[id]') ? ` in #${e.closest('[id]').id}` : ''}`);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, n => n.data.trim() && !n.parentElement.closest('script,style,title,option') ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT), range = document.createRange();
  for (let n = walker.nextNode(); n; n = walker.nextNode()) { range.selectNodeContents(n); look(n.parentElement, range.getBoundingClientRect(), n.data, getComputedStyle(n.parentElement)); }
  document.querySelectorAll('input:not([type=radio],[type=range],[type=file],[type=checkbox]),select').forEach(e => look(e, e.getBoundingClientRect(), e.value || e.placeholder || '', e.value || !e.placeholder ? getComputedStyle(e) : getComputedStyle(e, '::placeholder')));
  return {seen, poor};
})()

"""What a page looks like, told so that two machines tell the same.

Letters are the first thing two machines draw differently, so a page is dressed in one typeface that comes with
Pillow, which the tests have anyway, and its words are written in the letters that typeface holds. What is drawn by lot
(codes, phrases, the number of a request, the squares of a QR code) is put in the place of one fixed thing. Then every
element in sight says where it stands and, in colours and measures, what it wears: lines of text, compared one by one,
a few pixels apart being the same place. A small picture lies beside them, for people, and for what no line says: the
drawings.
"""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

from PIL import Image, ImageChops, ImageFont
from playwright.sync_api import BrowserContext, Page

NEAR = 3  # CSS pixels: what another version of Chromium may round otherwise
FAINT = 12  # levels of grey out of 255, seen from far enough to read no letter
WIDE = 144  # of a kept picture, in pixels
# One element: its depth and name, its place, what it wears.
LINE = re.compile(r"^(?P<what> *[^@]+) @ (?P<place>-?\d+ -?\d+ -?\d+ -?\d+)(?P<wears>.*)$")

DRESS = """(letters) => addEventListener('DOMContentLoaded', () => {
  const face = new FontFace('Pinned', Uint8Array.from(atob(letters), c => c.charCodeAt(0)), {weight: '100 900'});
  document.fonts.add(face);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`*, ::before, ::after { font-family: Pinned, monospace !important; font-synthesis: none !important;
    text-rendering: geometricPrecision !important; hyphens: manual !important; transition: none !important;
    animation: none !important; caret-color: transparent !important }
    input[type=file]::file-selector-button { inline-size: 9rem } :focus { outline: none !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
})"""

# A no-break space goes, and takes its place with it: the two words stay together.
PLAIN = """() => {
  const plain = s => s.normalize('NFD').replace(/[\\u0300-\\u036f\\u00a0\\u202f\\u2060\\u00ad]/g, '')
    .replace(/[’‘]/g, "'").replace(/[«»“”]/g, '"').replace(/[–—−‑]/g, '-').replace(/…/g, '...').replace(/œ/g, 'oe')
    .replace(/[^\\x20-\\x7e\\n]/g, '*').replace(/localhost:\\d+/g, 'localhost:8000')
    .replace(/[0-9a-f]{16,}/g, 'abcd'.repeat(4)).replace(/invitations\\/\\S+/g, 'invitations/abcd');
  const lots = '[data-join-code], [data-check-in-code], [data-invitation], [data-phrase]';
  for (const e of document.querySelectorAll(lots)) if (!e.children.length) e.textContent = 'ABCD-EFGH';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) walk.currentNode.data = plain(walk.currentNode.data)
    .replace(/\\b(?=[0-9A-HJKMNP-TV-Z-]*\\d)[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\\b/g, 'ABCD-EFGH');
  for (const e of document.querySelectorAll('input, textarea')) {
    e.placeholder = plain(e.placeholder || '');
    if (['text', 'search', 'textarea'].includes(e.type))
      e.value = e.name === 'pseudonym' ? 'Somebody' : e.name === 'code' && e.value ? 'ABCDEFGH' : plain(e.value);
  }
  for (const e of document.querySelectorAll('.qr svg')) e.replaceChildren();
  return document.fonts.load('16px Pinned').then(() => document.fonts.ready).then(() => true);
}"""

SAY = """() => {
  const INHERITED = ['color', 'font-size', 'font-weight', 'line-height', 'text-align'];
  const OWN = ['background-color', 'border-top-width', 'border-top-color', 'border-top-left-radius', 'margin-top',
    'margin-left', 'padding-top', 'padding-left', 'box-shadow', 'opacity', 'display', 'text-decoration-line',
    'fill', 'stroke'];
  const round = v => v.replace(/-?\\d+\\.\\d+(?=px)/g, n => String(Math.round(n)));
  const bare = document.createElement('i');
  document.documentElement.append(bare);
  const usual = Object.fromEntries(OWN.map(p => [p, round(getComputedStyle(bare)[p])]));
  bare.remove();
  const said = (p, s) => p === 'display' ? !['block', 'inline'].includes(s[p])
    : p === 'border-top-color' ? s['border-top-width'] !== '0px' : round(s[p]) !== usual[p];
  // A drawing is what its SVG says; an address in it loses the print of the file.
  const drawn = e => [...e.innerHTML.replace(/"[^"]*#/g, '"#').replace(/[\\d.]+/g, n => String(Math.round(n)))]
    .reduce((sum, c) => (sum * 31 + c.codePointAt(0)) % 65521, 7);
  const lines = [];
  const visit = (e, depth, above) => {
    const s = getComputedStyle(e), r = e.getBoundingClientRect();
    if (s.display === 'none' || s.visibility === 'hidden' || e.classList.contains('unseen')) return;
    const place = [r.left + scrollX, r.top + scrollY, r.width, r.height].map(Math.round).join(' ');
    const wears = [...INHERITED.filter(p => !above || round(s[p]) !== round(above[p])), ...OWN.filter(p => said(p, s))]
      .map(p => ` | ${p} ${round(s[p])}`);
    if (e.localName === 'svg') wears.push(` | drawn ${drawn(e)}`);
    const name = [e.localName, ...e.classList].join('.');
    if (r.width && r.height) lines.push(`${' '.repeat(depth)}${name} @ ${place}${wears.join('')}`);
    const frame = e.matches('.top, .bar, .bottom') && location.pathname !== '/';  // told once, by the first page
    if (e.localName !== 'svg' && !frame) for (const child of e.children) visit(child, depth + 1, s);
  };
  visit(document.body, 0, null);
  return lines;
}"""


def dress(context: BrowserContext) -> BrowserContext:
    """Every page of this context in the one typeface."""
    letters = base64.b64encode(ImageFont.load_default(10).font_bytes).decode()  # type: ignore[union-attr]
    context.add_init_script(f"({DRESS})({letters!r})")
    return context


def told(page: Page) -> tuple[list[str], Image.Image]:
    """Its lines, and its small picture."""
    page.evaluate(PLAIN)
    lines = page.evaluate(SAY)
    seen = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled"))).convert("RGB")
    return lines, seen.resize((WIDE, max(1, round(seen.height * WIDE / seen.width))), Image.Resampling.BOX)


def changes(before: list[str], after: list[str]) -> list[str]:
    """What is no longer as it was, in words; nothing when every element stands near its place and wears the same."""
    found = []
    for old, new in zip(before, after, strict=False):
        was, now = LINE.match(old), LINE.match(new)
        if was is None or now is None or was["what"] != now["what"]:
            return [*found, f"another element: {old.strip()} → {new.strip()}"]
        if was["wears"] != now["wears"]:
            found.append(f"{was['what'].strip()} wears something else: {_other(was['wears'], now['wears'])}")
        elif any(abs(int(a) - int(b)) > NEAR for a, b in zip(was["place"].split(), now["place"].split(), strict=True)):
            found.append(f"{was['what'].strip()} stands elsewhere: {was['place']} → {now['place']}")
    if len(before) != len(after):
        found.append(f"{len(before)} elements were in sight, now {len(after)}")
    return found


def unlike(before: Image.Image, after: Image.Image) -> float:
    """How far apart the two places that differ most are, in levels of grey out of 255; each is a few letters wide."""
    grid = (6, max(1, before.height // 24))
    one, other = (each.convert("L").resize(grid, Image.Resampling.BOX) for each in (before, after))
    return float(ImageChops.difference(one, other).getextrema()[1])


def keep(where: Path, lines: list[str], picture: Image.Image) -> None:
    where.parent.mkdir(parents=True, exist_ok=True)
    where.with_suffix(".txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    picture.save(where.with_suffix(".webp"), quality=30, method=6)


def _other(was: str, now: str) -> str:
    old, new = set(was.split(" | ")), set(now.split(" | "))
    return f"{', '.join(sorted(old - new)) or 'nothing'} → {', '.join(sorted(new - old)) or 'nothing'}"

// Runs inside the window and answers what is wrong with what is on screen right now, as a list of sentences.
// Everything is judged as it is seen: what an ancestor clips or covers does not count.
// The function is called with the widths of tolerance and the exceptions: [{ selector, why }].
const exceptions = arguments[0];
const checksContrast = arguments[1];
const wrong = [];
const SLACK = 1.5;
const view = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };

const styles = new Map();
const styleOf = (element) => {
  let style = styles.get(element);
  if (style === undefined) styles.set(element, (style = getComputedStyle(element)));
  return style;
};
const isException = (element) => exceptions.some((selector) => element.closest(selector) !== null);
const cross = (a, b) => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});
const wide = (r) => r.right - r.left;
const high = (r) => r.bottom - r.top;
const isSome = (r) => wide(r) > SLACK && high(r) > SLACK;
const named = (element) => {
  const id = element.closest("[data-testid]")?.getAttribute("data-testid");
  const own = element.tagName.toLowerCase();
  return id ? `${own} in ${id}` : own;
};
const shortly = (text) => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 50 ? `${line.slice(0, 49)}…` : line;
};

// What lies in an element is seen only within this: the boxes of all ancestors that clip.
const clips = new Map();
function clipOf(element) {
  if (element === null || element === document.documentElement) return view;
  const known = clips.get(element);
  if (known !== undefined) return known;
  const style = styleOf(element);
  const outer = style.position === "fixed" ? view : clipOf(element.parentElement);
  const box = element.getBoundingClientRect();
  const clipped = { ...outer };
  if (style.overflowX !== "visible") Object.assign(clipped, { left: Math.max(outer.left, box.left), right: Math.min(outer.right, box.right) });
  if (style.overflowY !== "visible") Object.assign(clipped, { top: Math.max(outer.top, box.top), bottom: Math.min(outer.bottom, box.bottom) });
  clips.set(element, clipped);
  return clipped;
}
const hidden = new Map();
function isHidden(element) {
  if (element === null) return false;
  const known = hidden.get(element);
  if (known !== undefined) return known;
  const style = styleOf(element);
  const box = element.getBoundingClientRect();
  // Texts for screen readers alone are a pixel in size.
  const forReaders = style.overflow !== "visible" && style.position === "absolute" && (box.width <= 1 || box.height <= 1);
  const is = style.visibility !== "visible" || style.display === "none" || Number(style.opacity) === 0 || forReaders
    || /inset\(50%\)|rect\(/.test(`${style.clipPath} ${style.clip}`) || isHidden(element.parentElement);
  hidden.set(element, is);
  return is;
}

// Every run of text that is seen, with the rectangle of each of its lines.
const lines = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
  const element = node.parentElement;
  if (node.data.trim() === "" || element === null || /^(SCRIPT|STYLE|OPTION|TITLE)$/.test(element.tagName)) continue;
  if (isHidden(element) || isException(element)) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  for (const box of range.getClientRects()) {
    const seen = cross(box, clipOf(element));
    if (isSome(seen)) lines.push({ node, element, text: node.data, box, seen });
  }
}

// 1. Nothing is scrolled sideways.
const root = document.scrollingElement;
if (root.scrollWidth > root.clientWidth + 1) wrong.push(`the page scrolls sideways: ${root.scrollWidth} in ${root.clientWidth}`);
for (const element of document.body.querySelectorAll("*")) {
  const style = styleOf(element);
  if (!/auto|scroll/.test(style.overflowX) || element.clientWidth === 0 || isHidden(element) || isException(element)) continue;
  if (/^(INPUT|TEXTAREA)$/.test(element.tagName)) continue;
  if (element.scrollWidth > element.clientWidth + 2 && isSome(cross(element.getBoundingClientRect(), clipOf(element.parentElement)))) {
    wrong.push(`${named(element)} scrolls sideways: ${element.scrollWidth} in ${element.clientWidth}`);
  }
}

// 2. No text runs out of its box or of the window, and none is cut without an ellipsis.
for (const { element, text, box, seen } of lines) {
  let block = element;
  while (block.parentElement !== null && /^(inline|contents)$/.test(styleOf(block).display)) block = block.parentElement;
  const around = block.getBoundingClientRect();
  const ends = styleOf(block).textOverflow === "ellipsis";
  const over = Math.max(box.right - around.right, around.left - box.left);
  // A blank at the end of a line that keeps its blanks hangs over the edge and is not seen.
  const blank = /pre-wrap/.test(styleOf(block).whiteSpace) ? parseFloat(styleOf(block).fontSize) / 2 : 0;
  if (over > SLACK + blank && !ends) wrong.push(`“${shortly(text)}” (${named(element)}) runs ${Math.round(over)} px out of its box`);
  // Cut by an ancestor that does not scroll.
  const cut = Math.max(seen.left - box.left, box.right - seen.right);
  if (cut > SLACK && !ends) {
    let holder = block;
    let scrolls = false;
    while (holder !== null) {
      const style = styleOf(holder);
      if (style.textOverflow === "ellipsis" || /auto|scroll/.test(style.overflowX)) scrolls = true;
      holder = holder.parentElement;
    }
    if (!scrolls) wrong.push(`“${shortly(text)}” (${named(element)}) is cut by ${Math.round(cut)} px`);
  }
}

// Colours, whatever their notation, as red, green, blue, opacity.
const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const colours = new Map();
function colourOf(text) {
  let colour = colours.get(text);
  if (colour !== undefined) return colour;
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = "#000";
  pixel.fillStyle = text;
  pixel.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
  // What is nearly clear has lost its colour in the pixel.
  colours.set(text, (colour = [r, g, b, a / 255]));
  return colour;
}
const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];

// 3. No two texts lie on each other, unless something opaque between them covers the lower one.
function coveredAt(x, y, one, other) {
  const stack = document.elementsFromPoint(x, y);
  const at = [one, other].map((element) => stack.findIndex((each) => each === element || element.contains(each) || each.contains(element) && false));
  const first = Math.min(...at.map((index) => (index < 0 ? Infinity : index)));
  // One of them is not to be met there at all: it is covered.
  if (at.includes(-1)) return true;
  const [top, below] = at[0] <= at[1] ? [one, other] : [other, one];
  for (let index = first; index < stack.length; index += 1) {
    const each = stack[index];
    if (each.contains(below)) return false;
    if (colourOf(styleOf(each).backgroundColor)[3] > 0.9 && !each.contains(below)) return true;
    if (each === below) return false;
  }
  return top === below;
}
const sorted = [...lines].sort((a, b) => a.seen.top - b.seen.top);
const met = new Set();
for (let i = 0; i < sorted.length; i += 1) {
  for (let j = i + 1; j < sorted.length && sorted[j].seen.top < sorted[i].seen.bottom - 3; j += 1) {
    const [a, b] = [sorted[i], sorted[j]];
    if (a.node === b.node) continue;
    const both = cross(a.seen, b.seen);
    // Lines of small leading touch; letters that lie on each other share more.
    if (wide(both) < 3 || high(both) < 5) continue;
    const key = `${shortly(a.text)}|${shortly(b.text)}`;
    if (met.has(key)) continue;
    met.add(key);
    if (coveredAt((both.left + both.right) / 2, (both.top + both.bottom) / 2, a.element, b.element)) continue;
    wrong.push(`“${shortly(a.text)}” (${named(a.element)}) and “${shortly(b.text)}” (${named(b.element)}) lie on each other`);
  }
}

// 4. Every control that can be used says what it is.
const CONTROLS = "button, a[href], input:not([type=hidden]), textarea, select, [role=button], [role=tab], [role=menuitem], [role=option], [role=combobox], [role=checkbox], [role=radio], [role=switch], [role=listbox], [role=dialog]";
const textOf = (element) => {
  if (element === null) return "";
  const images = [...element.querySelectorAll("img[alt], [aria-label]")].map((each) => each.getAttribute("alt") ?? each.getAttribute("aria-label"));
  return [element.textContent, ...images].join(" ").trim();
};
for (const control of document.querySelectorAll(CONTROLS)) {
  if (control.closest("[aria-hidden=true], [inert]") !== null || isException(control)) continue;
  const style = styleOf(control);
  if (style.display === "none" || style.visibility !== "visible" || control.getClientRects().length === 0) continue;
  const by = (control.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean).map((id) => textOf(document.getElementById(id))).join(" ").trim();
  const label = [...(control.labels ?? [])].map(textOf).join(" ").trim();
  const own = /^(INPUT|TEXTAREA|SELECT)$/.test(control.tagName) ? "" : textOf(control);
  if ((control.getAttribute("aria-label") || by || label || own || control.getAttribute("title")) ? false : true) {
    wrong.push(`${named(control)} is a control without a name: ${control.outerHTML.slice(0, 120)}`);
  }
}

// 5. Text can be read on what lies under it: 4.5, or 3 where it is large.
if (checksContrast) {
  const channel = (c) => { const part = c / 255; return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const grounds = new Map();
  const ground = (element) => {
    if (element === null) return [255, 255, 255, 1];
    const known = grounds.get(element);
    if (known !== undefined) return known;
    const style = styleOf(element);
    // A picture under a text cannot be judged.
    const own = style.backgroundImage === "none" ? colourOf(style.backgroundColor) : null;
    let found = null;
    if (own !== null) {
      const under = own[3] === 1 ? own : ground(element.parentElement);
      found = under === null ? null : over(own, under);
    }
    grounds.set(element, found);
    return found;
  };
  const told = new Set();
  for (const { element, text, seen } of lines) {
    if (element.closest("[disabled], [aria-disabled=true], [inert]") !== null) continue;
    if (element.closest("label")?.querySelector(":disabled")) continue;
    const hit = document.elementFromPoint((seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2);
    if (hit === null || !(hit === element || hit.contains(element) || element.contains(hit))) continue;
    const under = ground(element);
    if (under === null) continue;
    const style = styleOf(element);
    let ink = colourOf(style.color);
    for (let each = element; each !== null; each = each.parentElement) {
      ink = [ink[0], ink[1], ink[2], ink[3] * Number(styleOf(each).opacity)];
    }
    const [a, b] = [light(over(ink, under)), light(under)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio + 0.01 >= (large ? 3 : 4.5)) continue;
    const key = `${named(element)} ${style.color}`;
    if (told.has(key)) continue;
    told.add(key);
    wrong.push(`“${shortly(text)}” (${named(element)}) has a contrast of ${ratio.toFixed(2)}: ${style.color} on ${under.slice(0, 3).map(Math.round)}`);
  }
}
return { wrong, texts: lines.length, width: innerWidth };

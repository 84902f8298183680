// Builds and updates elements. Texts become text nodes and nothing else, so that nothing a customer writes is ever
// read as markup.

/** An element: `h("a", { href: "#/" }, "text", child, null)`; `on…` functions listen. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2).toLowerCase(), value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Replaces the children of an element. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
}

const shownIn = new WeakMap();

/** Fills an element anew only where what it shows has changed: a button that is just being pressed stays the same. */
export function fillWith(element, shown, make) {
  const now = JSON.stringify(shown);
  if (shownIn.get(element) === now) return;
  shownIn.set(element, now);
  fill(element, make());
}

/** Sets a text where it differs, so that a selection in it survives. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets or takes away an attribute. */
export function mark(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : value);
}

/**
 * Makes the children of `parent` those of `items`, keeping the elements of items that were there: focus, scroll
 * position and selection stay. `make(item)` gives an element, `update(element, item)` brings it up to date.
 */
export function keep(parent, items, key, make, update = () => {}) {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const name = String(key(item));
    let element = known.get(name);
    known.delete(name);
    if (!element) {
      element = make(item);
      element.dataset.key = name;
    }
    update(element, item);
    if (element === place) place = place.nextElementSibling;
    else parent.insertBefore(element, place);
  }
  for (const gone of known.values()) gone.remove();
}

/** Something grey where content will be. */
export function skeleton(lines = 6) {
  return h("div", { class: "skeleton", "aria-busy": "true", "aria-label": "Loading" }, Array.from({ length: lines }, () => h("i")));
}

/** What is shown instead of content that could not be had. */
export function failure(error, again) {
  return h("div", { class: "empty", role: "alert" }, h("h2", {}, "This could not be loaded"), h("p", {}, error.message), h("div", { class: "row" }, h("button", { type: "button", onClick: again }, "Try again")));
}

/** A passing word at the lower edge. */
export function toast(text, bad = false) {
  const note = h("p", { class: bad ? "bad" : null }, text);
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), bad ? 8000 : 4000);
}

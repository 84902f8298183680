// Keeps the focus where the next key belongs: an element that goes gives it to its pane, a dialog that closes to where
// it was before; and F6 goes round the panes.

const PANE = "[data-pane]";
const DIALOG = "[role=dialog]";

/** Where the focus was: the element, and what it stood in from the inside out. */
interface Place {
  element: HTMLElement;
  above: readonly HTMLElement[];
}

let last: Place | null = null;
/** Where the focus was before it went into a dialog. */
let openers = new Map<Element, Place>();
/** Whether the last thing done was a press of the pointer, which may take the focus off on purpose. */
let pointed = false;
let checking = false;

function placeOf(element: HTMLElement): Place {
  const above: HTMLElement[] = [];
  for (let one = element.parentElement; one !== null; one = one.parentElement) above.push(one);
  return { element, above };
}

function dialogOf({ element, above }: Place): Element | null {
  return [element, ...above].find((one) => one.matches(DIALOG)) ?? null;
}

function isUsable(element: Element): boolean {
  return (
    element.isConnected &&
    element.closest("[inert], [hidden]") === null &&
    !element.matches(":disabled") &&
    (element.checkVisibility?.() ?? true)
  );
}

/** Puts the focus where a pane's next key belongs. */
export function focusPane(pane: HTMLElement): void {
  (pane.querySelector<HTMLElement>("[data-pane-focus]") ?? pane).focus({ preventScroll: true });
}

/** The panes that are shown, in their order. A screen without panes is one. */
export function panes(): HTMLElement[] {
  const found = [...document.querySelectorAll<HTMLElement>(PANE)].filter(isUsable);
  const screen = document.querySelector<HTMLElement>("[data-focus-home]");
  return screen === null || found.some((pane) => screen.contains(pane))
    ? found
    : [...found, screen];
}

/** Goes to the next pane, or to the one before. */
export function roundPanes(by: 1 | -1): void {
  const all = panes();
  const at = all.findIndex((pane) => pane.contains(document.activeElement));
  const from = at === -1 && by === -1 ? 0 : at;
  const next = all[(from + by + all.length) % all.length];
  if (next) focusPane(next);
}

/** The pane that the focus is in, or was in before something lay over it. */
export function leaveForPane(element: Element): boolean {
  const pane = element.closest<HTMLElement>(PANE);
  if (pane === null || !isUsable(pane)) return false;
  focusPane(pane);
  return true;
}

/** Gives the focus back to a place, or to what is nearest to it. */
function goTo(place: Place, beyond: ReadonlySet<Element> = new Set()): void {
  if (isUsable(place.element)) {
    place.element.focus({ preventScroll: true });
    if (document.activeElement === place.element) return;
  }
  const dialog = dialogOf(place);
  if (dialog !== null && !beyond.has(dialog)) {
    const opener = openers.get(dialog);
    if (!dialog.isConnected && opener) {
      goTo(opener, new Set([...beyond, dialog]));
      return;
    }
    if (dialog.isConnected) {
      const field = dialog.querySelector<HTMLElement>(
        "input:enabled, textarea:enabled, button:enabled, [href], [tabindex='0']",
      );
      field?.focus({ preventScroll: true });
      return;
    }
  }
  const pane = place.above.find((one) => isUsable(one))?.closest<HTMLElement>(PANE);
  const [first] = panes().filter((one) => one.dataset.pane !== "navigation");
  const next = pane && isUsable(pane) ? pane : first;
  if (next) focusPane(next);
}

function dropped(): boolean {
  const active = document.activeElement;
  return active === null || active === document.body;
}

function check(): void {
  checking = false;
  if (last === null || !dropped()) return;
  // A click beside everything takes the focus off what it was on.
  if (pointed && last.element.isConnected && isUsable(last.element)) return;
  const place = last;
  if (isUsable(place.element)) {
    // It gave the focus up, as a field does by Escape.
    if (!leaveForPane(place.element)) last = null;
    return;
  }
  goTo(place);
}

/** After what happens now is done: whoever moves the focus on purpose comes first. */
function checkSoon(): void {
  if (checking || last === null) return;
  checking = true;
  setTimeout(check);
}

function onFocusIn({ target }: FocusEvent): void {
  if (!(target instanceof HTMLElement) || target === document.body) return;
  const place = placeOf(target);
  const dialog = dialogOf(place);
  if (dialog !== null && last !== null && dialogOf(last) !== dialog && !openers.has(dialog)) {
    openers.set(dialog, last);
  }
  last = place;
}

function onFocusOut({ relatedTarget }: FocusEvent): void {
  if (relatedTarget === null) checkSoon();
}

function onPointer(): void {
  pointed = true;
}

function onKey(): void {
  pointed = false;
}

/** Begins to keep the focus; gives what ends it. */
export function keepFocus(): () => void {
  const observer = new MutationObserver(() => {
    for (const dialog of openers.keys()) {
      if (!dialog.isConnected && last !== null && dialogOf(last) !== dialog) openers.delete(dialog);
    }
    if (last !== null && dropped()) checkSoon();
  });
  observer.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["disabled", "inert", "hidden"],
  });
  document.addEventListener("focusin", onFocusIn);
  document.addEventListener("focusout", onFocusOut);
  document.addEventListener("pointerdown", onPointer, { capture: true });
  window.addEventListener("keydown", onKey, { capture: true });
  return () => {
    observer.disconnect();
    document.removeEventListener("focusin", onFocusIn);
    document.removeEventListener("focusout", onFocusOut);
    document.removeEventListener("pointerdown", onPointer, { capture: true });
    window.removeEventListener("keydown", onKey, { capture: true });
    last = null;
    openers = new Map();
    pointed = false;
  };
}

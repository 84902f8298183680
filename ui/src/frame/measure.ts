// How long a key takes until the change that it leads to is painted: told to `cargo xtask bench typing open-case`, which
// starts the program for it. Nobody else loads this file.
import { call } from "../platform/platform";

/** A change that a key can lead to, as an expression of what the page shows: another value is another picture. */
interface Change {
  name: "move" | "case" | "open" | "filter" | "write";
  /** Whether this key may lead to it. */
  begins: (event: KeyboardEvent) => boolean;
  shown: () => string | null;
}

const one = (selector: string) => document.querySelector<HTMLElement>(selector);
const inField = ({ target }: Event) =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
const inComposer = ({ target }: Event) =>
  target instanceof HTMLElement && target.closest("[data-testid=composer-text]") !== null;

const chosenRow = () => one("[data-testid=incident-row][aria-selected=true]")?.id ?? null;

/** The case whose correspondence is on the screen. */
function readCase(): string | null {
  const pane = one("[data-pane=case] [data-case]");
  return pane?.querySelector("[data-testid=case-message]") ? (pane.dataset.case ?? null) : null;
}

const CHANGES: readonly Change[] = [
  { name: "move", begins: (event) => event.key === "j" && !inField(event), shown: chosenRow },
  { name: "case", begins: (event) => event.key === "j" && !inField(event), shown: readCase },
  {
    name: "open",
    begins: (event) => event.key === "Enter" && !inField(event),
    // Both: the case that is shown, and that the keyboard is in it.
    shown: () => (document.activeElement?.closest("[data-pane=case]") === null ? null : readCase()),
  },
  {
    name: "filter",
    begins: (event) => inField(event) && !inComposer(event),
    shown: () => one("[data-testid=incidents]")?.dataset.query ?? null,
  },
  {
    name: "write",
    begins: inComposer,
    shown: () =>
      document.querySelector<HTMLTextAreaElement>("[data-testid=composer-text] textarea")?.value ??
      null,
  },
];

/** After this many frames a key that changed nothing is given up. */
const FRAMES = 600;

function watch({ name, shown }: Change, pressed: number): void {
  const before = shown();
  let left = FRAMES;
  const look = () => {
    const now = shown();
    left -= 1;
    if (now === null || now === before) {
      if (left > 0) requestAnimationFrame(look);
      return;
    }
    // The task that follows the frame: what it shows has been handed to the screen.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      call("app_measured", { change: name, milliseconds: performance.now() - pressed }).catch(
        () => undefined,
      );
    };
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
}

/** Measures every key from now on. */
export function measureKeys(): void {
  // Before the page's own handlers: what was shown before the key is still there.
  window.addEventListener(
    "keydown",
    (event) => {
      for (const change of CHANGES) if (change.begins(event)) watch(change, event.timeStamp);
    },
    { capture: true },
  );
}

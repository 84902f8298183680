// Puts one draft's content on disk: a moment after a change, soon also while the user goes on typing, at once when
// asked, and again and again where the disk did not take it. It outlives the screen until everything is saved, so that a
// screen that comes back finds what was typed.
import type { DraftContent, DraftId, DraftSaved, Problem } from "../platform/contract";
import { asProblem, call } from "../platform/platform";
import { beforeEnd, Debounce } from "./saving";

/** Milliseconds before the first try after a failed save; each further one waits twice as long. */
const FIRST_RETRY = 2_000;
const LONGEST_RETRY = 15_000;

export type SaveState =
  | { state: "idle" }
  | { state: "saving" }
  | { state: "saved"; at: number }
  /** `retrying`: it is tried again without anybody's doing. */
  | { state: "failed"; problem: Problem; retrying: boolean };

/** What a screen shows of a draft's saving. */
export interface Saving {
  save: SaveState;
  /** What still keeps the draft from being sent, as of the last save; null before the first. */
  problems: Problem[] | null;
}

/** Told with every content that has reached the disk. */
export type OnSaved = (content: DraftContent, saved: DraftSaved) => void;

/** Whether the same content may be taken another time: not where the draft is gone or wrong. */
function mayPass({ code }: Problem): boolean {
  return code !== "not-found" && code !== "invalid-input";
}

export class DraftSaver {
  /** What is typed and not known to be on disk. */
  unsaved: DraftContent | null = null;
  private saving: Saving = { save: { state: "idle" }, problems: null };
  /** Of `unsaved`, what no save is under way for. */
  private pending: DraftContent | null = null;
  private running: Promise<boolean> | null = null;
  private readonly next = new Debounce(() => void this.flush());
  private failures = 0;
  private readonly watchers = new Set<() => void>();
  private onSaved: OnSaved = () => undefined;
  private stopEnd: (() => void) | null = null;

  private readonly draft: DraftId;

  constructor(draft: DraftId) {
    this.draft = draft;
  }

  readonly snapshot = (): Saving => this.saving;

  /** Calls `watcher` with each change of the snapshot until the returned function is called. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    this.keep();
    return () => {
      this.watchers.delete(watcher);
      void this.flush().then(() => this.rest());
    };
  };

  tell(onSaved: OnSaved): void {
    this.onSaved = onSaved;
  }

  readonly change = (content: DraftContent): void => {
    this.pending = content;
    this.unsaved = content;
    this.keep();
    this.next.request();
  };

  /** Saves what is not saved yet; resolves to whether everything is on disk. */
  readonly flush = async (): Promise<boolean> => {
    this.next.cancel();
    while (this.running) await this.running;
    const content = this.pending;
    if (!content) return true;
    this.pending = null;
    // A warning stays until it is no longer true; it does not come and go with each try.
    if (this.saving.save.state !== "failed") this.show({ save: { state: "saving" } });
    const run = call("draft_save", { draft: this.draft, content }).then(
      (saved) => this.succeeded(content, saved),
      (thrown: unknown) => this.failed(content, asProblem(thrown)),
    );
    this.running = run;
    const ok = await run;
    this.running = null;
    const all = ok && this.pending ? await this.flush() : ok;
    this.rest();
    return all;
  };

  private succeeded(content: DraftContent, saved: DraftSaved): boolean {
    this.failures = 0;
    if (!this.pending) this.unsaved = null;
    this.show({ save: { state: "saved", at: saved.savedAt }, problems: saved.problems });
    this.onSaved(content, saved);
    return true;
  }

  private failed(content: DraftContent, problem: Problem): boolean {
    const retrying = mayPass(problem);
    this.show({ save: { state: "failed", problem, retrying } });
    if (problem.code === "not-found" && this.watchers.size === 0) {
      // Discarded or sent after its screen was left: there is nothing to save it in.
      this.pending = null;
      this.unsaved = null;
      return false;
    }
    // Kept for the next try, unless something newer was typed meanwhile.
    this.pending ??= content;
    if (retrying) {
      this.next.later(Math.min(FIRST_RETRY * 2 ** this.failures, LONGEST_RETRY));
      this.failures += 1;
    }
    return false;
  }

  private show(part: Partial<Saving>): void {
    this.saving = { ...this.saving, ...part };
    for (const watcher of this.watchers) watcher();
  }

  /** Stays at hand, and saves before the program ends, until there is nothing left to save. */
  private keep(): void {
    savers.set(this.draft, this);
    this.stopEnd ??= beforeEnd(this.flush);
  }

  /** Goes when nobody looks and nothing is left to save. */
  private rest(): void {
    if (this.watchers.size > 0 || this.running || this.pending) return;
    if (savers.get(this.draft) === this) savers.delete(this.draft);
    this.stopEnd?.();
    this.stopEnd = null;
  }
}

/** Those that are in use, and those that still have something to save. */
const savers = new Map<DraftId, DraftSaver>();

/** The one saver of a draft. */
export function saverOf(draft: DraftId): DraftSaver {
  const known = savers.get(draft);
  if (known !== undefined) return known;
  const saver = new DraftSaver(draft);
  savers.set(draft, saver);
  return saver;
}

/** What was typed into a draft and has not reached the disk yet, or null. */
export function unsavedContent(draft: DraftId): DraftContent | null {
  return savers.get(draft)?.unsaved ?? null;
}

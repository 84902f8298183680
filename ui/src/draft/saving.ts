// When what is typed is written down: a moment after the last key, and all of it before the program ends.

/** Milliseconds without a further request before the work is done. */
export const PAUSE = 200;
/** Milliseconds after the first request that is not served yet, at the latest. */
export const LONGEST_WAIT = 300;

export class Debounce {
  private readonly work: () => void;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** When the first request that is not served yet came; null where there is none. */
  private since: number | null = null;

  constructor(work: () => void) {
    this.work = work;
  }

  /** Does the work after a pause, or when the first open request has waited long enough. */
  request(): void {
    const now = performance.now();
    this.since ??= now;
    const left = Math.max(0, this.since + LONGEST_WAIT - now);
    this.start(Math.min(PAUSE, left));
  }

  /** Does the work after so many milliseconds, unless it is requested or cancelled before. */
  later(milliseconds: number): void {
    this.since = null;
    this.start(milliseconds);
  }

  /** Forgets what was requested. */
  cancel(): void {
    clearTimeout(this.timer);
    this.since = null;
  }

  private start(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.since = null;
      this.work();
    }, milliseconds);
  }
}

/** Saves something; resolves to whether all of it is on disk. */
type Flush = () => Promise<boolean>;

const open = new Set<Flush>();

/** Registers what saves an open draft; returns what ends that. */
export function beforeEnd(flush: Flush): () => void {
  open.add(flush);
  return () => {
    open.delete(flush);
  };
}

/** Saves all of it. Resolves to whether everything is on disk; where something is not, its screen says so. */
export async function flushAll(): Promise<boolean> {
  const saved = await Promise.allSettled([...open].map((flush) => flush()));
  return saved.every((flush) => flush.status === "fulfilled" && flush.value);
}

// A debounce with a longest wait: typing that never pauses is saved as well.

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

// One shared ticker for each step, however many times are on screen; none while nothing shows one
// and none while the window is hidden.
import { useSyncExternalStore } from "react";

class Ticker {
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private now = Date.now();
  private readonly step: number;

  constructor(step: number) {
    this.step = step;
  }

  readonly read = (): number => this.now;

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.listeners.size === 0) this.start();
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stop();
    };
  };

  private readonly tick = (): void => {
    this.now = Date.now();
    for (const listener of this.listeners) listener();
  };

  private readonly shown = (): void => {
    clearInterval(this.timer);
    if (document.hidden) return;
    this.timer = setInterval(this.tick, this.step);
    this.tick();
  };

  private start(): void {
    // What mounts first must not read a time from before the ticker slept.
    this.now = Date.now();
    this.timer = setInterval(this.tick, this.step);
    document.addEventListener("visibilitychange", this.shown);
  }

  private stop(): void {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.shown);
  }
}

const tickers = {
  minute: new Ticker(60_000),
  seconds: new Ticker(5_000),
};

/** Now, renewed each minute, or each five seconds where seconds are shown. */
export function useNow(step: keyof typeof tickers = "minute"): number {
  const ticker = tickers[step];
  return useSyncExternalStore(ticker.subscribe, ticker.read);
}

/** What runs again and again because time passes, whatever it looks for. */
import type { Logger } from '../log.ts';

export interface Clock {
  /** Does what is due at `now`; how many things it did. */
  tick(now: number): Promise<number>;
  stop(): void;
}

export interface ClockOptions {
  readonly everyMs: number;
  readonly tick: Clock['tick'];
  readonly log: Logger;
  /** What the log says when something was done, and when a tick failed. */
  readonly words: { readonly done: string; readonly failed: string };
  /** Before the next tick after one that failed. */
  readonly onFailure?: () => void;
}

/** Ticks every `everyMs`, never two at a time, and keeps no process alive. One that fails is logged and tried again. */
export function startClock({ everyMs, tick, log, words, onFailure }: ClockOptions): Clock {
  let ticking = false;
  const timer = setInterval(() => {
    if (ticking) return;
    ticking = true;
    tick(Date.now())
      .then((done) => done > 0 && log.info({ done }, words.done))
      .catch((error: unknown) => {
        onFailure?.();
        log.warn({ error }, words.failed);
      })
      .finally(() => {
        ticking = false;
      });
  }, everyMs);
  timer.unref();
  return { tick, stop: () => clearInterval(timer) };
}

import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ProblemError } from './problem.ts';

/** So many of something in a minute for each of those who do it; more is refused with the time to wait. */
export class Pace {
  readonly #limiter: RateLimiterMemory;
  readonly #words: string;

  /** `what` is what is counted, in the plural. */
  constructor(perMinute: number, what: string) {
    this.#limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
    this.#words = `more than ${perMinute} ${what} in a minute`;
  }

  /** Rejects with `too-many-requests`; what was refused has not been done. */
  async keep(who: string, count = 1): Promise<void> {
    try {
      await this.#limiter.consume(who, count);
    } catch (rejected) {
      if (!(rejected instanceof RateLimiterRes)) throw rejected;
      const retryAfterSeconds = Math.max(1, Math.ceil(rejected.msBeforeNext / 1_000));
      throw new ProblemError('too-many-requests', this.#words, { retryAfterSeconds });
    }
  }
}

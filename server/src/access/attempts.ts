/** Slows down guessing: counted failures of signing in, by what an attacker can vary least. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ProblemError } from '../routes/problem.ts';

const WINDOW_SECONDS = 15 * 60;

export interface Attempts {
  /**
   * Counts an attempt before the password is looked at, so that guesses sent all at once do not all get in.
   * Throws `too-many-attempts` when this address or this account has failed too often.
   */
  begin(address: string, account: string): Promise<void>;
  /** Takes the attempt back: it was no failure. */
  succeeded(address: string, account: string): Promise<void>;
}

export interface AttemptLimits {
  readonly byAddressAndAccount: number;
  readonly byAddress: number;
  readonly byAccount: number;
}

const ATTEMPT_LIMITS: AttemptLimits = { byAddressAndAccount: 8, byAddress: 100, byAccount: 60 };

/** Failures in fifteen minutes; accounts that do not exist are counted like those that do. */
export function openAttempts(limits: AttemptLimits = ATTEMPT_LIMITS): Attempts {
  const together = counter(limits.byAddressAndAccount);
  const byAddress = counter(limits.byAddress);
  const byAccount = counter(limits.byAccount);
  return {
    async begin(address, account) {
      await count(together, `${address} ${account}`);
      await count(byAddress, address);
      await count(byAccount, account);
    },
    async succeeded(address, account) {
      await together.delete(`${address} ${account}`);
      await byAddress.reward(address);
      await byAccount.reward(account);
    },
  };
}

function counter(points: number): RateLimiterMemory {
  return new RateLimiterMemory({ points, duration: WINDOW_SECONDS });
}

async function count(failures: RateLimiterMemory, key: string): Promise<void> {
  try {
    await failures.consume(key);
  } catch (rejected) {
    throw rejected instanceof RateLimiterRes ? tooMany(rejected) : rejected;
  }
}

function tooMany(state: RateLimiterRes): ProblemError {
  const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
  return new ProblemError('too-many-attempts', `try again in ${Math.ceil(seconds / 60)} min`, {
    retryAfterSeconds: seconds,
  });
}

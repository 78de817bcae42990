/** Slows down guessing: counted failures of signing in, by what an attacker can vary least. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ProblemError } from '../routes/problem.ts';

const WINDOW_SECONDS = 15 * 60;

export interface Attempts {
  /** Throws `too-many-attempts` when this address or this account has failed too often. */
  check(address: string, account: string): Promise<void>;
  failed(address: string, account: string): Promise<void>;
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
  const counters = [
    { limit: limits.byAddressAndAccount, key: (address: string, account: string) => `${address} ${account}` },
    { limit: limits.byAddress, key: (address: string) => address },
    { limit: limits.byAccount, key: (_address: string, account: string) => account },
  ].map(({ limit, key }) => ({
    limit,
    key,
    failures: new RateLimiterMemory({ points: limit, duration: WINDOW_SECONDS }),
  }));
  return {
    async check(address, account) {
      for (const { limit, key, failures } of counters) {
        const state = await failures.get(key(address, account));
        if (state !== null && state.consumedPoints >= limit) throw tooMany(state);
      }
    },
    async failed(address, account) {
      for (const { key, failures } of counters) await count(failures, key(address, account));
    },
    async succeeded(address, account) {
      await counters[0]?.failures.delete(`${address} ${account}`);
    },
  };
}

async function count(failures: RateLimiterMemory, key: string): Promise<void> {
  try {
    await failures.consume(key);
  } catch (rejected) {
    if (!(rejected instanceof RateLimiterRes)) throw rejected;
  }
}

function tooMany(state: RateLimiterRes): ProblemError {
  const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
  return new ProblemError('too-many-attempts', `try again in ${Math.ceil(seconds / 60)} min`, {
    retryAfterSeconds: seconds,
  });
}

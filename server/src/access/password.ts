import { hash, verify } from '@node-rs/argon2';
import type { PasswordCost } from '../config.ts';

/** `Algorithm.Argon2id`; the package's enum exists for compilers of enums only. */
const ARGON2ID = 2;

export const MIN_PASSWORD_LENGTH = 10;
export const MAX_PASSWORD_LENGTH = 200;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** False also for a hash that is none. */
  verify(stored: { readonly hash: string; readonly password: string }): Promise<boolean>;
}

/** Argon2id on the thread pool of Node; the cost stands in each hash, so it may be raised at any time. */
export function openPasswords(cost: PasswordCost): Passwords {
  const options = {
    algorithm: ARGON2ID,
    memoryCost: cost.memoryKib,
    timeCost: cost.passes,
    parallelism: cost.lanes,
  };
  return {
    hash: (password) => hash(password, options),
    verify: ({ hash: stored, password }) => verify(stored, password).catch(() => false),
  };
}

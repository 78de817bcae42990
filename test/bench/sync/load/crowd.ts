/** Who comes to which documents on one generator. */
import type { Started } from '../servers/server.ts';

export interface Crowd extends Started {
  readonly cookies: readonly string[];
  readonly documents: readonly string[];
  readonly membersEach: number;
  /** Of them, how many write. */
  readonly writersEach: number;
}

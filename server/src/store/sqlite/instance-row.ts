/** The one row that says which store this is, and where its chain of events ends. */
import type { Statements } from './statements.ts';

export interface Instance {
  readonly name: string;
  readonly generation: number;
  readonly commits: number;
  readonly era: string;
}

/** The last event of the chain; before the first, sequence 0 and the hash that stands there. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}

export function readInstance(statements: Statements): Instance & { readonly backup_taken_at: number | null } {
  const row = statements
    .prepare('select name, generation, commits, era, backup_taken_at from instance')
    .get();
  return row as Instance & { readonly backup_taken_at: number | null };
}

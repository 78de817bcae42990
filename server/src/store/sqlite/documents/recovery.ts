/**
 * What people wrote together after the copy that was put back lives on their devices only, and each device holds
 * everybody's. The first to come back brings all of it: structures under the client ids of others too, which is
 * forgery in ordinary times (SYN-13) and the only way home now, because what they wrote builds on one another and
 * their authors may not come back for weeks.
 *
 * So for a bounded time after a restore, and only in the first step 2 of a connection to a document that there was
 * before it, client ids are not asked whose they are. Such an update is logged under who brought it and marked
 * recovered; it binds no id, so the author of each goes on under their own. What a forger could do in this time:
 * bring words of their own making under the client id of a colleague, up to where that colleague's own device comes
 * back. The log says who brought them; nobody else's binding changes; nothing that the store has is altered.
 */
import { parseName } from '@muster/documents';
import { isUlid } from '@muster/domain/shared';
import { decodeTime } from 'ulid';
import type { Statements } from '../statements.ts';
import type { DocumentRow } from './document-row.ts';

export class Recovery {
  readonly #statements: Statements;
  readonly #forMs: number;

  constructor(statements: Statements, forMs: number) {
    this.#statements = statements;
    this.#forMs = forMs;
  }

  /** Whether a connection may now bring back what others wrote in a document. */
  isOpenFor(row: DocumentRow, now: number): boolean {
    const restoredAt = this.#lastRestore();
    if (restoredAt === null || now - restoredAt >= this.#forMs) return false;
    return row.made_at < restoredAt || (madeAt(row) ?? now) < restoredAt;
  }

  #lastRestore(): number | null {
    const row = this.#statements.prepare('select max(at) as at from restore').get() as { at: number | null };
    return row.at;
  }
}

/** When the record of a document was made, as its id tells: one that was lost keeps its id when it is made again. */
function madeAt(row: DocumentRow): number | null {
  const name = parseName(row.name);
  return name !== null && 'id' in name && isUlid(name.id) ? decodeTime(name.id) : null;
}

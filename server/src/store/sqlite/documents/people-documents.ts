import type { AppendOutcome, AppendRequest } from '../../store.ts';
import type { Statements } from '../statements.ts';
import type { WriteUnit } from '../write-unit.ts';
import type { DocumentLogTables } from './log.ts';
import type { Recovery } from './recovery.ts';

/** Newest rejected updates that a person may recover from in one document; a client that goes on and on fills no disk. */
const REJECTED_KEPT = 20;

/** Appends to the documents that people write. The guard has looked at the update before; here only identity counts. */
export class PeopleDocuments {
  readonly #statements: Statements;
  readonly #log: DocumentLogTables;
  readonly #recovery: Recovery;

  constructor(statements: Statements, log: DocumentLogTables, recovery: Recovery) {
    this.#statements = statements;
    this.#log = log;
    this.#recovery = recovery;
  }

  append(unit: WriteUnit, request: AppendRequest, now: number): AppendOutcome {
    const row = this.#log.find(request.name);
    if (row === undefined || row.frozen_at !== null) return { ok: false, code: 'no-such-document' };
    if (row.damaged_at !== null) return this.#reject(request, 'damaged', now);
    const recovered = request.recovering === true && this.#recovery.isOpenFor(row, now);
    if (!recovered) {
      if (request.clientIds.some((id) => this.#ownerOf(request.name, id, request.person) === 'another'))
        return this.#reject(request, 'client-id-bound', now);
      for (const id of request.clientIds) this.bind(request.name, id, request.person);
    }
    // what recovers binds nobody: an id that nobody has is left to who goes on writing under it
    const { person, session, clientIds } = request;
    const others = clientIds.some((id) => this.#ownerOf(row.name, id, person) !== 'themselves');
    const author = { person, session, recovered: recovered && others };
    const seq = this.#log.append(row.name, row.head_seq, author, request.update, now);
    unit.noteGrowth(row.name);
    return { ok: true, seq };
  }

  bind(name: string, clientId: number, person: string): void {
    this.#statements
      .prepare('insert or ignore into client_binding (name, client_id, person) values (?, ?, ?)')
      .run(name, clientId, person);
  }

  keepRejected(name: string, person: string, update: Uint8Array, code: string, now: number): void {
    this.#statements
      .prepare('insert into rejected_update (name, person, bin, code, at) values (?, ?, ?, ?, ?)')
      .run(name, person, update, code, now);
    this.#statements
      .prepare(
        `delete from rejected_update where name = ? and person = ? and id <= (
          select id from rejected_update where name = ? and person = ? order by id desc limit 1 offset ?)`,
      )
      .run(name, person, name, person, REJECTED_KEPT);
  }

  #ownerOf(name: string, clientId: number, person: string): 'themselves' | 'another' | 'nobody' {
    const bound = this.#statements
      .prepare('select person from client_binding where name = ? and client_id = ?')
      .get(name, clientId) as { person: string } | undefined;
    if (bound === undefined) return 'nobody';
    return bound.person === person ? 'themselves' : 'another';
  }

  #reject(request: AppendRequest, code: 'damaged' | 'client-id-bound', now: number): AppendOutcome {
    this.keepRejected(request.name, request.person, request.update, code, now);
    return { ok: false, code };
  }
}

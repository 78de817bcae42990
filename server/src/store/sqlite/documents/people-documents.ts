import type { AppendOutcome, AppendRequest } from '../../store.ts';
import type { Statements } from '../statements.ts';
import type { WriteUnit } from '../write-unit.ts';
import type { DocumentLogTables } from './log.ts';

/** Newest rejected updates that a person may recover from in one document; a client that goes on and on fills no disk. */
const REJECTED_KEPT = 20;

/** Appends to the documents that people write. The guard has looked at the update before; here only identity counts. */
export class PeopleDocuments {
  readonly #statements: Statements;
  readonly #log: DocumentLogTables;

  constructor(statements: Statements, log: DocumentLogTables) {
    this.#statements = statements;
    this.#log = log;
  }

  append(unit: WriteUnit, request: AppendRequest, now: number): AppendOutcome {
    const row = this.#log.find(request.name);
    if (row === undefined || row.frozen_at !== null) return { ok: false, code: 'no-such-document' };
    if (row.damaged_at !== null) return this.#reject(request, 'damaged', now);
    if (request.clientIds.some((id) => this.#belongsToAnother(request.name, id, request.person))) {
      return this.#reject(request, 'client-id-bound', now);
    }
    for (const id of request.clientIds) this.bind(request.name, id, request.person);
    const seq = this.#log.append(row.name, row.head_seq, request, request.update, now);
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

  #belongsToAnother(name: string, clientId: number, person: string): boolean {
    const bound = this.#statements
      .prepare('select person from client_binding where name = ? and client_id = ?')
      .get(name, clientId) as { person: string } | undefined;
    return bound !== undefined && bound.person !== person;
  }

  #reject(request: AppendRequest, code: 'damaged' | 'client-id-bound', now: number): AppendOutcome {
    this.keepRejected(request.name, request.person, request.update, code, now);
    return { ok: false, code };
  }
}

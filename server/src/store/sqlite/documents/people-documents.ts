import type { AppendOutcome, AppendRefusal, AppendRequest } from '../../store.ts';
import { diskFailure } from '../connection.ts';
import { describeError } from '../errors.ts';
import { packOutcome, unpackAppends } from '../packed-appends.ts';
import type { DocumentAppends, PackedAppends, PackedOutcomes } from '../packed-appends.ts';
import type { AppendAnswer } from '../protocol.ts';
import type { Statements } from '../statements.ts';
import type { WriteUnit } from '../write-unit.ts';
import type { DocumentRow } from './document-row.ts';
import type { Author, DocumentLogTables } from './log.ts';
import { RejectedUpdates } from './rejected-updates.ts';
import type { Recovery } from './recovery.ts';
import { isLocked, isOver } from './room-lock.ts';

/** Appends to the documents that people write. The guard has looked at the update before; here identity counts, and what the record locks. */
export class PeopleDocuments {
  readonly #statements: Statements;
  readonly #log: DocumentLogTables;
  readonly #recovery: Recovery;
  readonly #rejected: RejectedUpdates;

  constructor(statements: Statements, log: DocumentLogTables, recovery: Recovery) {
    this.#statements = statements;
    this.#log = log;
    this.#recovery = recovery;
    this.#rejected = new RejectedUpdates(statements);
  }

  /**
   * Appends to many documents; one in which something breaks is taken back alone. All share a savepoint as long as
   * nothing breaks: SQLite copies each page anew that is changed in another one.
   */
  async appendAll(unit: WriteUnit, packed: PackedAppends, now: number): Promise<AppendAnswer> {
    const documents = unpackAppends(packed);
    const outcomes = new Float64Array(packed.count);
    try {
      await this.#inSavepoint(unit, documents, outcomes, now);
      return { outcomes, failed: [] };
    } catch (error) {
      if (diskFailure(error) !== null) throw error;
      return { outcomes, failed: await this.#appendEach(unit, documents, outcomes, now) };
    }
  }

  async #appendEach(
    unit: WriteUnit,
    documents: readonly DocumentAppends[],
    outcomes: PackedOutcomes,
    now: number,
  ): Promise<AppendAnswer['failed']> {
    const failed: AppendAnswer['failed'][number][] = [];
    for (const document of documents) {
      try {
        await this.#inSavepoint(unit, [document], outcomes, now);
      } catch (error) {
        if (diskFailure(error) !== null) throw error;
        failed.push({ name: document.name, error: describeError(error) });
      }
    }
    return failed;
  }

  /** All of these documents or none. */
  async #inSavepoint(
    unit: WriteUnit,
    documents: readonly DocumentAppends[],
    outcomes: PackedOutcomes,
    now: number,
  ): Promise<void> {
    const grown = await unit.savepoint(() =>
      documents.map((document) => this.#append(document, outcomes, now)),
    );
    grown.forEach((updates, index) => {
      const name = documents[index]?.name;
      if (name !== undefined && updates > 0) unit.noteGrowth(name, updates);
    });
  }

  /** How many updates the document got. */
  #append({ name, appends }: DocumentAppends, outcomes: PackedOutcomes, now: number): number {
    const row = this.#log.find(name);
    const taken: { readonly place: number; readonly author: Author; readonly update: Uint8Array }[] = [];
    for (const { place, request } of appends) {
      const judged = this.#judge(row, request, now);
      if ('ok' in judged) outcomes[place] = packOutcome(judged);
      else taken.push({ place, author: judged, update: request.update });
    }
    if (row === undefined || taken.length === 0) return 0;
    const last = this.#log.appendAll(name, row.head_seq, taken, now);
    for (const [index, { place }] of taken.entries()) outcomes[place] = last - taken.length + 1 + index;
    return taken.length;
  }

  /** Whose an update is, or why it is not taken. Binds the client ids that write in it. */
  #judge(row: DocumentRow | undefined, request: AppendRequest, now: number): Author | AppendOutcome {
    if (row === undefined || row.frozen_at !== null) return { ok: false, code: 'no-such-document' };
    if (row.damaged_at !== null) return this.#reject(request, 'damaged', now);
    const isOfPlans = request.lockable === true;
    const { name, person, session, clientIds } = request;
    const recovered = request.recovering === true && this.#recovery.isOpenFor(row, now);
    // what a restore lost was kept once, before its room was over
    const isClosed = !recovered && isOver(this.#statements, name);
    if ((isOfPlans && isLocked(this.#statements, name)) || isClosed)
      return this.#reject(request, 'locked', now);
    if (!recovered) {
      if (clientIds.some((id) => this.#ownerOf(name, id, person) === 'another'))
        return this.#reject(request, 'client-id-bound', now);
      // who is shown to others under an id is its owner before they have written with it
      if (request.claimedByOthers?.some((id) => this.#ownerOf(name, id, person) === 'nobody') === true)
        return this.#reject(request, 'client-id-bound', now);
      for (const id of clientIds) this.bind(name, id, person);
      return { person, session };
    }
    // what recovers binds nobody: an id that nobody has is left to who goes on writing under it
    const others = clientIds.some((id) => this.#ownerOf(name, id, person) !== 'themselves');
    return { person, session, recovered: others };
  }

  bind(name: string, clientId: number, person: string): void {
    this.#statements
      .prepare('insert or ignore into client_binding (name, client_id, person) values (?, ?, ?)')
      .run(name, clientId, person);
  }

  keepRejected(name: string, person: string, update: Uint8Array, code: string, now: number): void {
    this.#rejected.keep(name, person, update, code, now);
  }

  #ownerOf(name: string, clientId: number, person: string): 'themselves' | 'another' | 'nobody' {
    const bound = this.#statements
      .prepare('select person from client_binding where name = ? and client_id = ?')
      .get(name, clientId) as { person: string } | undefined;
    if (bound === undefined) return 'nobody';
    return bound.person === person ? 'themselves' : 'another';
  }

  #reject(request: AppendRequest, code: AppendRefusal, now: number): AppendOutcome {
    this.keepRejected(request.name, request.person, request.update, code, now);
    return { ok: false, code };
  }
}

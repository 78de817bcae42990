/**
 * The log of documents on one connection: rows of `document`, updates with their checksums, snapshots with their
 * hashes. Knows nothing of what documents hold. Reading always verifies; writing happens inside the writer's
 * transaction only.
 */
import { failpoint } from '@muster/sync/failpoint';
import { isWholeSnapshot, isWholeUpdate, updateSum } from '../row-sums.ts';
import type { Statements } from '../statements.ts';
import type { DocumentRow, SnapshotRow, UpdateRow } from './document-row.ts';

export interface Author {
  readonly person: string;
  readonly session: string;
  /** It may hold what others wrote, brought back by this person after a restore. */
  readonly recovered?: boolean;
}

/** What verifies of a log. `damage` says in words what does not; the rest is then the part before it. */
export interface ReadLog {
  readonly snapshot: Uint8Array | null;
  /** The sequence of the snapshot; 0 without one. */
  readonly snapshotSeq: number;
  readonly tail: readonly Uint8Array[];
  /** The last sequence that the parts reach. */
  readonly seq: number;
  readonly damage: string | null;
}

export type NewDocument = Pick<
  DocumentRow,
  'name' | 'kind' | 'base' | 'epoch' | 'server_client_id' | 'layout' | 'restricted_to' | 'made_at'
>;

export class DocumentLogTables {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  find(name: string): DocumentRow | undefined {
    return this.#get<DocumentRow>('select * from document where name = ?', name);
  }

  /** The newest epoch of a document that has epochs. */
  current(base: string): DocumentRow | undefined {
    return this.#get<DocumentRow>(
      'select * from document where base = ? and frozen_at is null order by epoch desc limit 1',
      base,
    );
  }

  /** The highest epoch that a name ever had, frozen ones included; 0 when it never had one. */
  lastEpoch(base: string): number {
    const row = this.#get<{ epoch: number | null }>(
      'select max(epoch) as epoch from document where base = ?',
      base,
    );
    return row?.epoch ?? 0;
  }

  make(document: NewDocument): DocumentRow {
    this.#run(
      `insert into document (name, kind, base, epoch, server_client_id, layout, restricted_to, made_at)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
      document.name,
      document.kind,
      document.base,
      document.epoch,
      document.server_client_id,
      document.layout,
      document.restricted_to,
      document.made_at,
    );
    return {
      ...document,
      snapshot_seq: 0,
      head_seq: 0,
      bytes: 0,
      frozen_at: null,
      damaged_at: null,
      failed_compactions: 0,
      indexed_seq: 0,
    };
  }

  /** Adds an update at the next sequence, which it returns. */
  append(name: string, headSeq: number, author: Author, update: Uint8Array, at: number): number {
    return this.appendAll(name, headSeq, [{ author, update }], at);
  }

  /** Adds updates at the next sequences, of which it returns the last. */
  appendAll(
    name: string,
    headSeq: number,
    updates: readonly { readonly author: Author; readonly update: Uint8Array }[],
    at: number,
  ): number {
    const insert = this.#statements.prepare(
      `insert into document_update (name, seq, person, session, bin, crc, at, recovered)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    let seq = headSeq;
    let bytes = 0;
    for (const { author, update } of updates) {
      seq += 1;
      bytes += update.byteLength;
      const recovered = author.recovered === true ? 1 : 0;
      const { person, session } = author;
      const sum = updateSum(name, seq, person, session, at, recovered, update);
      insert.run(name, seq, person, session, update, sum, at, recovered);
    }
    const moved = this.#statements
      .prepare('update document set head_seq = ?, bytes = bytes + ? where name = ? and head_seq = ?')
      .run(seq, bytes, name, headSeq);
    failpoint('store.update.appended');
    if (moved.changes !== 1) throw new Error(`the head of ${name} is not ${headSeq}`);
    return seq;
  }

  /**
   * Reads the newest snapshot whose hash verifies and the updates after it, each against its checksum. Falls back
   * to the snapshot before with a longer tail. Stops at the first thing that does not verify.
   */
  read(document: Pick<DocumentRow, 'name' | 'head_seq'>): ReadLog {
    const snapshot = this.#newestSound(document.name);
    const from = snapshot?.seq ?? 0;
    const tail: Uint8Array[] = [];
    let seq = from;
    let damage: string | null = null;
    for (const update of this.#updatesAfter(document.name, from)) {
      damage = faultOf(update, seq + 1);
      if (damage !== null) break;
      tail.push(update.bin);
      seq += 1;
    }
    if (damage === null && seq !== document.head_seq) {
      damage = `update ${seq + 1} of ${document.head_seq} is missing`;
    }
    return {
      snapshot: snapshot?.bin ?? null,
      snapshotSeq: from,
      tail,
      seq,
      damage,
    };
  }

  markDamaged(name: string, at: number): void {
    this.#run('update document set damaged_at = coalesce(damaged_at, ?) where name = ?', at, name);
  }

  freeze(name: string, at: number): void {
    this.#run('update document set frozen_at = ? where name = ?', at, name);
  }

  /** Takes a document away with everything it has; for what can be made again from SQL. */
  drop(name: string): void {
    this.#run('delete from document where name = ?', name);
  }

  /** Looks at no more snapshots than it must: they are the large part of a log. */
  #newestSound(name: string): SnapshotRow | null {
    const rows = this.#statements
      .prepare('select * from document_snapshot where name = ? order by seq desc')
      .iterate(name) as IterableIterator<SnapshotRow>;
    for (const row of rows) if (isWholeSnapshot(row)) return row;
    return null;
  }

  #updatesAfter(name: string, seq: number): IterableIterator<UpdateRow> {
    const rows = this.#statements
      .prepare('select * from document_update where name = ? and seq > ? order by seq')
      .iterate(name, seq);
    return rows as IterableIterator<UpdateRow>;
  }

  #get<Row>(sql: string, ...values: unknown[]): Row | undefined {
    return this.#statements.prepare(sql).get(...values) as Row | undefined;
  }

  #run(sql: string, ...values: unknown[]): void {
    this.#statements.prepare(sql).run(...values);
  }
}

/** What is wrong with an update that should have this sequence; null when nothing is. */
export function faultOf(update: UpdateRow, expectedSeq: number): string | null {
  if (update.seq !== expectedSeq) return `update ${expectedSeq} is missing`;
  if (!isWholeUpdate(update)) return `update ${update.seq} has a wrong checksum`;
  return null;
}

/** Bytes with a buffer of their own, so that posting them to another thread moves or copies nothing else. */
export function ownBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

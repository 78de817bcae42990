import { rulesOf } from '@muster/documents';
import { SYSTEM } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { snapshotHash } from '../row-sums.ts';
import type { WriteUnit } from '../write-unit.ts';
import type { DocumentRow } from './document-row.ts';
import { countStructures, docOf, encodeVerified } from './fold.ts';
import type { Fold } from './fold.ts';
import type { DocumentLogTables } from './log.ts';

interface OpenDocument {
  readonly doc: Y.Doc;
  headSeq: number;
}

const KEPT_DOCUMENTS = 400;
const SERVER = { person: SYSTEM, session: 'server' } as const;

/** A projection whose log does not verify cannot be written on: the caller makes it again from SQL. */
export class DamagedDocument extends Error {
  override readonly name = 'DamagedDocument';
  readonly document: string;

  constructor(document: string, damage: string) {
    super(`${document}: ${damage}`);
    this.document = document;
  }
}

/**
 * The documents that the server writes, in memory in the writer's thread. Each is written under the one client id
 * of its epoch, and only when memory stands at the head of the log: a clock used twice would make copies of the
 * document differ for ever.
 */
export class ServerDocuments {
  readonly #log: DocumentLogTables;
  /** Boards and the directory stay while they are used; the others leave when they were not used longest. */
  readonly #open = new Map<string, OpenDocument>();

  constructor(log: DocumentLogTables) {
    this.#log = log;
  }

  /** Gives a document that was just made its first content. Nobody can have it open, so nothing is announced. */
  fill(unit: WriteUnit, name: string, now: number, write: (doc: Y.Doc) => void): void {
    const announced = unit.updates.length;
    this.change(unit, name, now, write);
    unit.updates.length = announced;
  }

  /** Changes a document and appends what changed to its log. Nothing is appended when nothing changed. */
  change(unit: WriteUnit, name: string, now: number, write: (doc: Y.Doc) => void): void {
    const row = this.#log.find(name);
    if (row === undefined) throw new Error(`there is no document ${name}`);
    const open = this.#atHead(row);
    unit.onUndo(() => this.forget(name));
    const updates: Uint8Array[] = [];
    const collect = (update: Uint8Array): void => void updates.push(update);
    open.doc.on('update', collect);
    try {
      open.doc.transact(() => write(open.doc));
    } finally {
      open.doc.off('update', collect);
    }
    for (const update of updates) {
      open.headSeq = this.#log.append(name, open.headSeq, SERVER, update, now);
      unit.updates.push({ name, seq: open.headSeq, update });
      unit.noteGrowth(name);
    }
  }

  /** Reads a document that the server writes, as it stands in this transaction. */
  read<T>(name: string, look: (doc: Y.Doc) => T): T {
    const row = this.#log.find(name);
    if (row === undefined) throw new Error(`there is no document ${name}`);
    return look(this.#atHead(row).doc);
  }

  /** All of a document as one snapshot at its head: what was taken out of it is in none of these bytes. */
  fold(name: string, at: number): Fold {
    const row = this.#log.find(name);
    if (row === undefined) throw new Error(`there is no document ${name}`);
    const { doc, headSeq } = this.#atHead(row);
    const snapshot = { name, seq: headSeq, bin: encodeVerified(doc, rulesOf(row.kind).roots), at };
    const counts = { structures: countStructures(doc), entries: 0 };
    return { ...snapshot, ...counts, fromSnapshotSeq: row.snapshot_seq, sha256: snapshotHash(snapshot) };
  }

  forget(name: string): void {
    this.#open.get(name)?.doc.destroy();
    this.#open.delete(name);
  }

  forgetAll(): void {
    for (const name of [...this.#open.keys()]) this.forget(name);
  }

  #atHead(row: DocumentRow): OpenDocument {
    const known = this.#open.get(row.name);
    if (known !== undefined && known.headSeq === row.head_seq) {
      this.#open.delete(row.name);
      this.#open.set(row.name, known);
      return known;
    }
    this.forget(row.name);
    const { snapshot, tail, seq, damage } = this.#log.read(row);
    if (damage !== null) throw new DamagedDocument(row.name, damage);
    const doc = docOf(snapshot, tail);
    // After loading: Yjs gives a document a new id when an update brings structures under the id it has.
    doc.clientID = row.server_client_id;
    const open = { doc, headSeq: seq };
    this.#open.set(row.name, open);
    this.#letGo();
    return open;
  }

  #letGo(): void {
    if (this.#open.size <= KEPT_DOCUMENTS) return;
    for (const name of this.#open.keys()) {
      if (name.startsWith('board/') || name.startsWith('directory')) continue;
      this.forget(name);
      return;
    }
  }
}

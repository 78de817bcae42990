import { parseName, readRoomText } from '@muster/documents';
import type { TextIndex } from '../../../commands/text-index.ts';
import type { Records } from '../../../commands/records.ts';
import { docOf } from './fold.ts';
import type { DocumentLogTables } from './log.ts';
import type { Statements } from '../statements.ts';
import type { WriteUnit } from '../write-unit.ts';

/** Rooms at a time, so that indexing never holds up commands for long. */
const ROOMS_AT_ONCE = 20;
/** How much longer than it took a room stays as indexed, so that a long one that is typed in does not hold up commits. */
const REST_PER_WORK = 50;

/**
 * Keeps the searchable text of a record's room in step with what people write there, a moment later. How far it came
 * is kept with the room, so that what a process had not indexed when it died is indexed by the next.
 */
export class RoomIndex {
  readonly #statements: Statements;
  readonly #log: DocumentLogTables;
  readonly #records: Records;
  readonly #text: TextIndex;
  readonly #changed = new Set<string>();
  /** When a room may be indexed again, as `performance.now` counts. */
  readonly #restUntil = new Map<string, number>();

  constructor(statements: Statements, log: DocumentLogTables, records: Records, text: TextIndex) {
    this.#statements = statements;
    this.#log = log;
    this.#records = records;
    this.#text = text;
  }

  /** Rooms that were written to and not indexed, by whichever process. */
  noteBehind(): void {
    const rooms = this.#statements
      .prepare(`select name from document where kind = 'room' and indexed_seq < head_seq`)
      .pluck()
      .all() as string[];
    for (const name of rooms) this.#changed.add(name);
  }

  note(name: string): void {
    if (name.startsWith('room/')) this.#changed.add(name);
  }

  get waiting(): boolean {
    return this.#rested().length > 0;
  }

  async index(unit: WriteUnit): Promise<void> {
    for (const raw of this.#rested()) {
      this.#changed.delete(raw);
      const from = performance.now();
      await this.#show(raw, unit);
      const now = performance.now();
      this.#restUntil.set(raw, now + REST_PER_WORK * (now - from));
    }
  }

  /** The next rooms to index; forgets who has rested long enough. */
  #rested(): readonly string[] {
    const now = performance.now();
    for (const [raw, until] of this.#restUntil) if (until <= now) this.#restUntil.delete(raw);
    return [...this.#changed].filter((raw) => !this.#restUntil.has(raw)).slice(0, ROOMS_AT_ONCE);
  }

  async #show(raw: string, unit: WriteUnit): Promise<void> {
    unit.onUndo(() => this.#changed.add(raw));
    const name = parseName(raw);
    const row = this.#log.find(raw);
    if (name?.kind !== 'room' || row === undefined) return;
    const record = await this.#records.find(name.id);
    if (record === null) return;
    const { snapshot, tail } = this.#log.read(row);
    const doc = docOf(snapshot, tail);
    await this.#text.showRoom(record.key, readRoomText(doc));
    doc.destroy();
    this.#statements.prepare('update document set indexed_seq = ? where name = ?').run(row.head_seq, raw);
  }
}

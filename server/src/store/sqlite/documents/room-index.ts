import { parseName, readRoomText } from '@muster/documents';
import type { TextIndex } from '../../../commands/text-index.ts';
import type { Records } from '../../../commands/records.ts';
import { docOf } from './fold.ts';
import type { DocumentLogTables } from './log.ts';

/** Rooms at a time, so that indexing never holds up commands for long. */
const ROOMS_AT_ONCE = 20;

/** Keeps the searchable text of a record's room in step with what people write there, a moment later. */
export class RoomIndex {
  readonly #log: DocumentLogTables;
  readonly #records: Records;
  readonly #text: TextIndex;
  readonly #changed = new Set<string>();

  constructor(log: DocumentLogTables, records: Records, text: TextIndex) {
    this.#log = log;
    this.#records = records;
    this.#text = text;
  }

  note(name: string): void {
    if (name.startsWith('room/')) this.#changed.add(name);
  }

  get waiting(): boolean {
    return this.#changed.size > 0;
  }

  async index(): Promise<void> {
    for (const raw of [...this.#changed].slice(0, ROOMS_AT_ONCE)) {
      this.#changed.delete(raw);
      const name = parseName(raw);
      const row = this.#log.find(raw);
      if (name?.kind !== 'room' || row === undefined) continue;
      const record = await this.#records.find(name.id);
      if (record === null) continue;
      const { snapshot, tail } = this.#log.read(row);
      const doc = docOf(snapshot, tail);
      await this.#text.showRoom(record.key, readRoomText(doc));
      doc.destroy();
    }
  }
}

/**
 * Documents that can be given as they stand, without the writer: made already, sound, and not out of date. What is
 * more to it than reading (a document made on first use, a log that does not verify) is the writer's to settle.
 */
import type { LoadedDocument } from '../../store.ts';
import type { Statements } from '../statements.ts';
import { FROZEN_READABLE_MS } from './frozen.ts';
import { loadedDocument } from './loaded-document.ts';
import { DocumentLogTables } from './log.ts';

export class ReadyDocuments {
  readonly #statements: Statements;
  readonly #log: DocumentLogTables;

  constructor(statements: Statements) {
    this.#statements = statements;
    this.#log = new DocumentLogTables(statements);
  }

  /** One answer for each name in its place, null for what the writer must be asked. All are of one moment. */
  load(names: readonly string[], now: number): readonly (LoadedDocument | null)[] {
    this.#statements.prepare('begin').run();
    try {
      return names.map((name) => this.#one(name, now));
    } finally {
      this.#statements.prepare('commit').run();
    }
  }

  #one(name: string, now: number): LoadedDocument | null {
    try {
      const row = this.#log.find(name);
      if (row === undefined || row.damaged_at !== null) return null;
      if (row.frozen_at !== null && now - row.frozen_at > FROZEN_READABLE_MS) return null;
      const read = this.#log.read(row);
      return read.damage === null ? loadedDocument(row, read) : null;
    } catch {
      // One document that cannot be read is told by the writer and keeps no other from its reader.
      return null;
    }
  }
}

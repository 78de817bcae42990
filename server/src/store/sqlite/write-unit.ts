import type { AudienceChange, CommittedUpdate } from '../store.ts';
import type { Statements } from './statements.ts';

export interface EpochChange {
  readonly old: string;
  readonly next: string;
  readonly reason: string;
}

/**
 * One transaction of the writer and what it will tell the world once it is on disk. Whatever a job changed in
 * memory registers its undoing here, so that a rollback leaves no trace outside the database either.
 */
export class WriteUnit {
  readonly updates: CommittedUpdate[] = [];
  readonly epochs: EpochChange[] = [];
  readonly audiences: AudienceChange[] = [];
  /** How many updates each log got, for compaction to look at. */
  readonly grown = new Map<string, number>();
  readonly #statements: Statements;
  readonly #undo: (() => void)[] = [];
  #depth = 0;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  noteGrowth(document: string, updates = 1): void {
    this.grown.set(document, (this.grown.get(document) ?? 0) + updates);
  }

  onUndo(undo: () => void): void {
    this.#undo.push(undo);
  }

  /** Runs work that happens wholly or not at all; an error takes back its rows, its memory and its announcements. */
  async savepoint<T>(work: () => T | Promise<T>): Promise<T> {
    const name = `step_${this.#depth}`;
    const mark = {
      updates: this.updates.length,
      epochs: this.epochs.length,
      audiences: this.audiences.length,
      undo: this.#undo.length,
    };
    this.#depth += 1;
    this.#statements.prepare(`savepoint ${name}`).run();
    try {
      const value = await work();
      this.#statements.prepare(`release ${name}`).run();
      return value;
    } catch (error) {
      this.#takeBack(mark.undo);
      this.updates.length = mark.updates;
      this.epochs.length = mark.epochs;
      this.audiences.length = mark.audiences;
      // A full disk makes SQLite end the whole transaction by itself; then there is no savepoint to go back to.
      if (this.#statements.connection.inTransaction) {
        this.#statements.prepare(`rollback to ${name}`).run();
        this.#statements.prepare(`release ${name}`).run();
      }
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  undoAll(): void {
    this.#takeBack(0);
  }

  #takeBack(to: number): void {
    for (const undo of this.#undo.splice(to).reverse()) undo();
  }
}

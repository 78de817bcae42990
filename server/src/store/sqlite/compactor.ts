import { failpoint } from '@muster/sync/failpoint';
import type { KeeperOperations, Remote, WriterOperations } from './protocol.ts';

/** Updates that a document gathers before it is folded. */
const FOLD_AFTER_UPDATES = 300;
/** How much longer than it worked the keeper rests before it folds the next document: a fold reads all of it again. */
const REST_PER_WORK = 9;
const LONGEST_REST_MS = 5_000;
/** A projection goes to its next epoch when its structures outnumber its entries by this (sync.md, Epochs). */
const DEAD_STRUCTURES = 4;
/** Below this many structures a rebuild is not worth its traffic. */
const FEW_STRUCTURES = 2_000;
/** A document that cannot be folded this often in a row is set aside: it stays writable, and the status names it. */
export const FAILURES_TO_SET_ASIDE = 3;

/**
 * Decides when documents are folded, and carries folds from the keeper to the writer. One at a time, in the
 * background; nothing waits for it, and nothing is lost when it fails.
 */
export class Compactor {
  readonly #writer: Remote<WriterOperations>;
  readonly #keeper: () => Promise<Remote<KeeperOperations>>;
  readonly #grown = new Map<string, number>();
  readonly #due = new Set<string>();
  #folding: Promise<void> | null = null;
  #endRest: () => void = () => undefined;
  readonly #setAside = new Set<string>();
  #running: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(writer: Remote<WriterOperations>, keeper: () => Promise<Remote<KeeperOperations>>) {
    this.#writer = writer;
    this.#keeper = keeper;
  }

  /** Counts a group's growth; documents that grew enough are folded after those already waiting. */
  noteGrowth(grown: ReadonlyMap<string, number>): void {
    for (const [name, more] of grown) {
      const updates = (this.#grown.get(name) ?? 0) + more;
      this.#grown.set(name, updates);
      if (updates < FOLD_AFTER_UPDATES || this.#setAside.has(name)) continue;
      this.#grown.delete(name);
      this.#due.add(name);
    }
    if (this.#due.size > 0) this.#folding ??= this.#foldDue();
  }

  /** Folds what is due, each document once however much it grew meanwhile, and rests in between. */
  async #foldDue(): Promise<void> {
    for (const name of this.#due) {
      this.#due.delete(name);
      const from = performance.now();
      await this.compact(name).catch(() => undefined);
      if (this.#closed) break;
      await this.#rest(REST_PER_WORK * (performance.now() - from));
    }
    this.#folding = null;
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(ms, LONGEST_REST_MS));
      timer.unref();
      this.#endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Folds one document now. Rejects when it cannot be folded; its log stays as it is. */
  compact(name: string): Promise<void> {
    const next = this.#running.then(() => (this.#closed ? undefined : this.#compact(name)));
    this.#running = next.catch(() => undefined);
    return next;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#endRest();
    await this.#folding;
    await this.#running;
  }

  /**
   * Puts raw updates of rooms from before an instant into segments, and then takes them away. A room that does not
   * verify is left as it is. Answers how many segments were made.
   */
  keepRooms(before: number): Promise<number> {
    const next = this.#running.then(() => (this.#closed ? 0 : this.#keepRooms(before)));
    this.#running = next.then(
      () => undefined,
      () => undefined,
    );
    return next;
  }

  async #keepRooms(before: number): Promise<number> {
    const keeper = await this.#keeper();
    let made = 0;
    for (const name of await keeper('roomsDue', before)) {
      for (;;) {
        const segment = await keeper('segment', name, before).catch(() => null);
        if (segment === null || this.#closed || !(await this.#writer('keepSegment', segment))) break;
        await this.#writer('pruneRaw', name);
        made += 1;
      }
    }
    return made;
  }

  /** Without a checkpoint a replay takes longer, so a failure is nobody's loss. */
  async #checkpoint(keeper: Remote<KeeperOperations>, name: string): Promise<void> {
    const checkpoint = await keeper('checkpoint', name).catch(() => null);
    if (checkpoint !== null) await this.#writer('keepCheckpoint', checkpoint);
  }

  async #compact(name: string): Promise<void> {
    const keeper = await this.#keeper();
    const fold = await keeper('fold', name).catch(async (error: unknown) => {
      const failures = await this.#writer('foldFailed', name);
      if (failures >= FAILURES_TO_SET_ASIDE) this.#setAside.add(name);
      throw error;
    });
    if (fold === null) return;
    this.#setAside.delete(name);
    const { structures, entries } = fold;
    if (entries > 0 && structures > FEW_STRUCTURES && structures > DEAD_STRUCTURES * entries) {
      await this.#writer('rotate', name, 'compaction');
      return;
    }
    if (!(await this.#writer('keepFold', fold))) return;
    failpoint('snapshot.kept');
    await this.#writer('prune', name);
    if (name.startsWith('room/')) await this.#checkpoint(keeper, name);
  }
}

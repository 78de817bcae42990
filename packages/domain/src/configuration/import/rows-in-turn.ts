/**
 * The rows of a file in the order in which they are taken. One that says what identifies another item waits until a
 * row of that item says otherwise, wherever in the file it stands: each is looked at again only when something that
 * it waits for has changed.
 */
import type { ItemId } from '../../shared/index.ts';
import type { ImportedItem } from './imported.ts';

export class RowsInTurn {
  readonly #isKnown: (row: ImportedItem) => boolean;
  /** What its source calls an item tells more than an address, which somebody else may have by now. */
  readonly #known: ImportedItem[] = [];
  readonly #others: ImportedItem[] = [];
  readonly #waiting = new Map<ImportedItem, readonly ItemId[]>();
  readonly #waitingFor = new Map<ItemId, Set<ImportedItem>>();
  /** Of two rows of one key the first is taken: the second waits with it. */
  readonly #byKey = new Map<string, ImportedItem>();

  /** @param isKnown Whether its source has named it before */
  constructor(rows: readonly ImportedItem[], isKnown: (row: ImportedItem) => boolean) {
    this.#isKnown = isKnown;
    for (const row of rows) this.#queueOf(row).push(row);
    // taken from the end, which costs nothing
    this.#known.reverse();
    this.#others.reverse();
  }

  /** Undefined when all that is left waits for something that nobody gives up. */
  next(): ImportedItem | undefined {
    for (;;) {
      const row = this.#known.pop() ?? this.#others.pop();
      if (row === undefined) return undefined;
      const first = this.#byKey.get(row.key);
      if (first === undefined || first === row) return row;
      this.wait(row, this.#waiting.get(first) ?? []);
    }
  }

  /** It is looked at again once one of these items was taken. */
  wait(row: ImportedItem, items: readonly ItemId[]): void {
    this.#waiting.set(row, items);
    if (!this.#byKey.has(row.key)) this.#byKey.set(row.key, row);
    for (const item of items) this.#waitingFor.set(item, (this.#waitingFor.get(item) ?? new Set()).add(row));
  }

  /** A row became the item, which may say otherwise now. */
  took(item: ItemId): void {
    const rows = [...(this.#waitingFor.get(item) ?? [])].filter((row) => this.#waiting.has(row));
    this.#waitingFor.delete(item);
    for (const row of rows.toReversed()) {
      this.#waiting.delete(row);
      if (this.#byKey.get(row.key) === row) this.#byKey.delete(row.key);
      this.#queueOf(row).push(row);
    }
  }

  /** Those that nothing came for. */
  left(): readonly ImportedItem[] {
    return [...this.#waiting.keys()];
  }

  #queueOf(row: ImportedItem): ImportedItem[] {
    return this.#isKnown(row) ? this.#known : this.#others;
  }
}

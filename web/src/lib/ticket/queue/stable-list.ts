import type { RecordId } from '@muster/domain/shared';

/**
 * The list under a person's eyes. It follows every change, and nothing in it moves by itself:
 * a row that changes keeps its place, a row that no longer matches stays as "leaving" until the list
 * settles or is refreshed, a row that begins to match waits among the arrivals. Only `refresh`
 * sorts again and takes the arrivals in.
 */
export interface ListRules<Row> {
  readonly matches: (row: Row) => boolean;
  /** A total order: two different rows never compare equal. */
  readonly sort: (rows: readonly Row[]) => Row[];
  /** The key of the group a row belongs to; '' when nothing is grouped. */
  readonly groupOf: (row: Row) => string;
}

export interface Place {
  readonly id: RecordId;
  /** The group in which the row was placed; it moves to another one with the next refresh. */
  readonly group: string;
}

/** What is shown at one moment. A new object whenever anything of it differs. */
export interface ListSnapshot {
  readonly places: readonly Place[];
  readonly leaving: ReadonlySet<RecordId>;
  readonly arrivals: ReadonlySet<RecordId>;
}

const EMPTY: ListSnapshot = { places: [], leaving: new Set(), arrivals: new Set() };

export class StableList<Row extends { readonly id: RecordId }> {
  #rules: ListRules<Row>;
  #places: readonly Place[] = [];
  #placed = new Set<RecordId>();
  #leaving = new Set<RecordId>();
  #arrivals = new Set<RecordId>();
  #snapshot: ListSnapshot = EMPTY;

  constructor(rules: ListRules<Row>, rows: readonly Row[]) {
    this.#rules = rules;
    this.refresh(rows);
  }

  get snapshot(): ListSnapshot {
    return this.#snapshot;
  }

  /** Every row that matches now, shown or waiting. */
  get matching(): RecordId[] {
    const shown = this.#places.filter(({ id }) => !this.#leaving.has(id)).map(({ id }) => id);
    return [...shown, ...this.#arrivals];
  }

  /** Follows changed rows in place. `get` answers undefined for a row that is gone. */
  follow(changed: Iterable<RecordId>, get: (id: RecordId) => Row | undefined): void {
    let moved = false;
    for (const id of changed) moved = this.#followOne(id, get(id)) || moved;
    if (moved) this.#publish();
  }

  /** Forgets the leaving rows that nobody looks at. */
  settle(visible: ReadonlySet<RecordId>): void {
    const gone = [...this.#leaving].filter((id) => !visible.has(id));
    if (gone.length === 0) return;
    for (const id of gone) {
      this.#leaving.delete(id);
      this.#placed.delete(id);
    }
    const dropped = new Set(gone);
    this.#places = this.#places.filter(({ id }) => !dropped.has(id));
    this.#publish();
  }

  /** Takes in what arrived, lets go what left, and sorts anew. */
  refresh(rows: readonly Row[], rules: ListRules<Row> = this.#rules): void {
    this.#rules = rules;
    const sorted = rules.sort(rows.filter((row) => rules.matches(row)));
    this.#places = sorted.map((row) => ({ id: row.id, group: rules.groupOf(row) }));
    this.#placed = new Set(sorted.map((row) => row.id));
    this.#leaving = new Set();
    this.#arrivals = new Set();
    this.#publish();
  }

  #followOne(id: RecordId, row: Row | undefined): boolean {
    const matches = row !== undefined && this.#rules.matches(row);
    if (this.#placed.has(id)) {
      if (matches) return this.#leaving.delete(id);
      if (this.#leaving.has(id)) return false;
      this.#leaving.add(id);
      return true;
    }
    if (!matches) return this.#arrivals.delete(id);
    if (this.#arrivals.has(id)) return false;
    this.#arrivals.add(id);
    return true;
  }

  #publish(): void {
    this.#snapshot = {
      places: this.#places,
      leaving: new Set(this.#leaving),
      arrivals: new Set(this.#arrivals),
    };
  }
}

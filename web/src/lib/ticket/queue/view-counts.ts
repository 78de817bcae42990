import type { RecordId } from '@muster/domain/shared';

/**
 * How many rows each view holds, kept by looking at changed rows only.
 * The answer is always that of a full recount; `stable-list.property.test.ts` holds it to that.
 */
export class ViewCounts<Row extends { readonly id: RecordId }> {
  readonly #views: ReadonlyMap<string, (row: Row) => boolean>;
  readonly #members = new Map<string, Set<RecordId>>();
  #counts: ReadonlyMap<string, number> = new Map();

  constructor(views: ReadonlyMap<string, (row: Row) => boolean>, rows: readonly Row[]) {
    this.#views = views;
    this.recount(rows);
  }

  /** A new map whenever a number differs. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  follow(changed: Iterable<RecordId>, get: (id: RecordId) => Row | undefined): void {
    for (const id of changed) {
      const row = get(id);
      for (const [view, matches] of this.#views) {
        const members = this.#members.get(view);
        if (row !== undefined && matches(row)) members?.add(id);
        else members?.delete(id);
      }
    }
    this.#publish();
  }

  /** Counts all rows again, for the named views or for all of them. */
  recount(rows: readonly Row[], views: Iterable<string> = this.#views.keys()): void {
    for (const view of views) {
      const matches = this.#views.get(view);
      if (!matches) continue;
      const members = new Set<RecordId>();
      for (const row of rows) if (matches(row)) members.add(row.id);
      this.#members.set(view, members);
    }
    this.#publish();
  }

  #publish(): void {
    const differs = [...this.#members].some(([view, members]) => this.#counts.get(view) !== members.size);
    if (differs) this.#counts = new Map([...this.#members].map(([view, members]) => [view, members.size]));
  }
}

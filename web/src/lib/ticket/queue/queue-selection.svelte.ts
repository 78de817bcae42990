import type { RecordId } from '@muster/domain/shared';
import type { ListItem } from './grouping.ts';

/**
 * Where the keyboard stands in the list, and which rows are chosen.
 * The cursor stays with its row while the list changes around it; when its row is gone it stays with its line.
 */
export class QueueSelection {
  readonly #items: () => readonly ListItem[];
  /** The last line the cursor stood on, for when its row is gone. */
  #line = $state(0);
  #cursor = $state<RecordId | null>(null);
  #anchor: RecordId | null = null;
  #chosen = $state.raw<ReadonlySet<RecordId>>(new Set());

  readonly #rows = $derived.by(() => this.#items().flatMap((item) => (item.kind === 'row' ? [item.id] : [])));
  readonly #lineOfRow = $derived.by(() => new Map(this.#rows.map((id, line) => [id, line])));

  constructor(items: () => readonly ListItem[]) {
    this.#items = items;
  }

  get cursor(): RecordId | null {
    if (this.#cursor !== null && this.#lineOfRow.has(this.#cursor)) return this.#cursor;
    return this.#rows[Math.min(this.#line, this.#rows.length - 1)] ?? null;
  }

  get chosen(): ReadonlySet<RecordId> {
    return this.#chosen;
  }

  isChosen(id: RecordId): boolean {
    return this.#chosen.has(id);
  }

  /** The chosen rows, or the one under the cursor when none is chosen: what a key acts on. */
  get targets(): readonly RecordId[] {
    if (this.#chosen.size > 0) return [...this.#chosen];
    return this.cursor === null ? [] : [this.cursor];
  }

  /** Index of the cursor among all lines, heads included: for scrolling. */
  get itemIndex(): number {
    const { cursor } = this;
    return this.#items().findIndex((item) => item.kind === 'row' && item.id === cursor);
  }

  moveTo(id: RecordId): void {
    this.#cursor = id;
    this.#line = this.#lineOfRow.get(id) ?? this.#line;
    this.#anchor = id;
  }

  /** Moves by rows, staying inside the list; with `extend` everything between is chosen. */
  moveBy(rows: number, extend = false): void {
    const from = this.#lineOf(this.cursor);
    const to = Math.max(0, Math.min(this.#rows.length - 1, from + rows));
    const id = this.#rows[to];
    if (id === undefined) return;
    const anchor = this.#anchor ?? this.cursor;
    this.#cursor = id;
    this.#line = to;
    if (extend) this.#chooseBetween(anchor ?? id, id);
    else this.#anchor = id;
  }

  moveToEnd(): void {
    this.moveBy(this.#rows.length);
  }

  moveToStart(): void {
    this.moveBy(-this.#rows.length);
  }

  toggle(id: RecordId): void {
    const chosen = new Set(this.#chosen);
    if (!chosen.delete(id)) chosen.add(id);
    this.#chosen = chosen;
    this.#anchor = id;
  }

  /** Chooses from the last row touched to this one. */
  extendTo(id: RecordId): void {
    this.#chooseBetween(this.#anchor ?? this.cursor ?? id, id);
    this.#cursor = id;
    this.#line = this.#lineOf(id);
  }

  choose(ids: Iterable<RecordId>): void {
    this.#chosen = new Set(ids);
  }

  clear(): void {
    this.#chosen = new Set();
  }

  #chooseBetween(from: RecordId, to: RecordId): void {
    const [low, high] = [this.#lineOf(from), this.#lineOf(to)].sort((a, b) => a - b);
    this.#chosen = new Set([...this.#chosen, ...this.#rows.slice(low, (high ?? 0) + 1)]);
  }

  #lineOf(id: RecordId | null): number {
    return id === null ? this.#line : (this.#lineOfRow.get(id) ?? this.#line);
  }
}

import type { RecordId } from '@muster/domain/shared';

/** Whole records, each held once: for all who have it open, and for as long as it is kept. */
export class HeldRecords<Held extends { refresh(): void; close(): void }> {
  readonly #make: (id: RecordId) => Held;
  readonly #all = new Map<RecordId, { readonly record: Held; readers: number; isKept: boolean }>();

  constructor(make: (id: RecordId) => Held) {
    this.#make = make;
  }

  get(id: RecordId): Held | undefined {
    return this.#all.get(id)?.record;
  }

  /** For one more reader, until `close` is called. */
  open(id: RecordId): { readonly record: Held; readonly close: () => void } {
    const held = this.#hold(id);
    held.readers += 1;
    let isOpen = true;
    const close = () => {
      if (!isOpen) return;
      isOpen = false;
      held.readers -= 1;
      this.#letGo(id);
    };
    return { record: held.record, close };
  }

  /** Holds it also while nobody has it open, or not any more. */
  keep(id: RecordId, isKept: boolean): void {
    const held = isKept ? this.#hold(id) : this.#all.get(id);
    if (held === undefined) return;
    held.isKept = isKept;
    this.#letGo(id);
  }

  /** Keeps these and no others. */
  keepOnly(ids: ReadonlySet<RecordId>): void {
    for (const id of new Set([...ids, ...this.#all.keys()])) this.keep(id, ids.has(id));
  }

  /** Works out anew what is shown of those of them that are held. */
  refresh(ids: Iterable<RecordId>): void {
    for (const id of ids) this.get(id)?.refresh();
  }

  close(): void {
    for (const { record } of this.#all.values()) record.close();
    this.#all.clear();
  }

  #hold(id: RecordId) {
    const known = this.#all.get(id);
    if (known !== undefined) return known;
    const held = { record: this.#make(id), readers: 0, isKept: false };
    this.#all.set(id, held);
    return held;
  }

  #letGo(id: RecordId): void {
    const held = this.#all.get(id);
    if (held === undefined || held.readers > 0 || held.isKept) return;
    this.#all.delete(id);
    held.record.close();
  }
}

import { decodeChange } from '@muster/documents/change';
import { boardRows, isNonconforming } from '@muster/documents';
import type { Change } from '@muster/domain/change';
import type { RecordId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import type { Handle } from '../../connection/shelf.ts';

/** The rows of the board of changes, each decoded when somebody asks for it. */
export class ChangeRows {
  readonly #changed: (ids: ReadonlySet<RecordId>) => void;
  readonly #decoded = new Map<RecordId, Change | null>();
  #handle: Handle | undefined;
  #rows: Y.Map<unknown> | null = null;
  #stop: () => void = () => undefined;

  /** `changed` is told which rows came, went or differ. */
  constructor(changed: (ids: ReadonlySet<RecordId>) => void) {
    this.#changed = changed;
  }

  get ids(): Iterable<RecordId> {
    return (this.#rows?.keys() ?? []) as Iterable<RecordId>;
  }

  get(id: RecordId): Change | undefined {
    const known = this.#decoded.get(id);
    if (known !== undefined) return known ?? undefined;
    const value = this.#rows?.get(id);
    if (value === undefined) return undefined;
    const row = decodeChange(id, value);
    const change = isNonconforming(row) ? null : row;
    this.#decoded.set(id, change);
    return change ?? undefined;
  }

  follow(handle: Handle | undefined): void {
    if (handle === this.#handle) return;
    this.#stop();
    this.#handle = handle;
    this.#stop = handle?.onChange(() => this.#place()) ?? (() => undefined);
    this.#place();
  }

  #place(): void {
    const doc = this.#handle?.current?.doc;
    const rows = doc === undefined ? null : boardRows(doc);
    const before = this.#rows;
    if (rows === before) return;
    before?.unobserve(this.#observe);
    rows?.observe(this.#observe);
    this.#rows = rows;
    this.#take(new Set([...(before?.keys() ?? []), ...(rows?.keys() ?? [])] as RecordId[]));
  }

  readonly #observe = (event: Y.YMapEvent<unknown>): void => {
    this.#take(event.keysChanged as Set<RecordId>);
  };

  #take(ids: ReadonlySet<RecordId>): void {
    for (const id of ids) this.#decoded.delete(id);
    if (ids.size > 0) this.#changed(ids);
  }
}

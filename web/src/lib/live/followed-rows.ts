import { boardRows, isNonconforming } from '@muster/documents';
import type { Nonconforming } from '@muster/documents';
import type { RecordId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import type { Handle } from '../connection/shelf.ts';
import { Grains } from './grains.ts';

/** The rows of the board that is followed, each decoded when somebody asks for it and kept until it changes. */
export class FollowedRows<Row extends object> {
  readonly #options: FollowedRowsOptions<Row>;
  readonly #grains = new Grains<'loaded'>();
  readonly #decoded = new Map<RecordId, Row | null>();
  #handle: Handle | undefined;
  #doc: Y.Doc | null = null;
  #stop: () => void = () => undefined;

  constructor(options: FollowedRowsOptions<Row>) {
    this.#options = options;
  }

  /** Whether there is something true to show. Subscribes. */
  get loaded(): boolean {
    this.#grains.read('loaded');
    const current = this.#handle?.current;
    return current === null || current?.loaded === true;
  }

  /** Whether the board itself is here. */
  get isHere(): boolean {
    return this.#handle?.current?.loaded === true;
  }

  get ids(): ReadonlySet<RecordId> {
    return new Set(this.#keys().map((key) => this.#idOf(key)));
  }

  /** Undefined also for a row that does not conform. */
  get(id: RecordId): Row | undefined {
    const known = this.#decoded.get(id);
    if (known !== undefined) return known ?? undefined;
    const read = this.#doc === null ? null : this.#options.read(this.#doc, id);
    if (read === null) return undefined;
    const row = isNonconforming(read) ? null : read;
    this.#decoded.set(id, row);
    return row ?? undefined;
  }

  /** Reads this board from now on. */
  follow(board: Handle | undefined): void {
    if (board === this.#handle) return;
    this.#stop();
    this.#handle = board;
    this.#stop = board?.onChange(() => this.#place()) ?? (() => undefined);
    this.#place();
  }

  #place(): void {
    this.#grains.tell('loaded');
    const doc = this.#handle?.current?.doc ?? null;
    if (doc === this.#doc) return;
    const before = this.#keys();
    if (this.#doc !== null) boardRows(this.#doc).unobserve(this.#observe);
    if (doc !== null) boardRows(doc).observe(this.#observe);
    this.#doc = doc;
    this.#take([...before, ...this.#keys()]);
  }

  readonly #observe = (event: Y.YMapEvent<unknown>): void => {
    this.#take([...(event.keysChanged as Set<string>)]);
  };

  #take(keys: readonly string[]): void {
    const ids = new Set(keys.map((key) => this.#idOf(key)));
    for (const id of ids) this.#decoded.delete(id);
    this.#options.changed(ids);
  }

  #keys(): readonly string[] {
    return this.#doc === null ? [] : [...boardRows(this.#doc).keys()];
  }

  #idOf(key: string): RecordId {
    return this.#options.idOf?.(key) ?? (key as RecordId);
  }
}

export interface FollowedRowsOptions<Row> {
  /** Null for a row that is not there. */
  readonly read: (doc: Y.Doc, id: RecordId) => Row | Nonconforming | null;
  /** What the entry of a key is about, where that is not the key itself. */
  readonly idOf?: (key: string) => RecordId;
  /** These came, went or differ; none of them where an empty board came. */
  readonly changed: (ids: ReadonlySet<RecordId>) => void;
}

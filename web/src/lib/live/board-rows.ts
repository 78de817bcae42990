import { boardRows, decodeRow, isNonconforming } from '@muster/documents';
import { tokenOf } from '@muster/domain/shared';
import type { RecordId, Ticket } from '@muster/domain/shared';
import type * as Y from 'yjs';
import type { HeldDocument } from '../connection/held-document.ts';
import type { Handle } from '../connection/shelf.ts';
import type { TicketRow } from './muster.ts';

/**
 * The rows of all boards that this person holds, and a requester's own requests, as one table.
 * A row is decoded when somebody asks for it and kept until its board says that it changed.
 * One observer a board; when another epoch takes a board's place, only rows that differ count as changed.
 */
export class BoardRows {
  readonly #sources = new Map<Handle, Source>();
  readonly #home = new Map<RecordId, Source>();
  readonly #decoded = new Map<RecordId, TicketRow | null>();
  readonly #changed: (rows: ChangedRows) => void;
  readonly #loadedChanged: () => void;
  readonly #opened: () => void;
  #loaded = false;
  #openings = 0;
  #nonconforming = 0;

  /** `opened` is told when `openings` was raised. */
  constructor(changed: (rows: ChangedRows) => void, loadedChanged: () => void, opened: () => void) {
    this.#changed = changed;
    this.#loadedChanged = loadedChanged;
    this.#opened = opened;
  }

  /** True when the local copies are in and at least one document has something true to show. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** Raised when a board brought rows by being shown for the first time, or in another epoch: nobody made them now. */
  get openings(): number {
    return this.#openings;
  }

  get ids(): Iterable<RecordId> {
    return this.#home.keys();
  }

  get size(): number {
    return this.#home.size;
  }

  has(id: RecordId): boolean {
    return this.#home.has(id);
  }

  /** Rows of another version or shape among those that somebody has asked for. */
  get nonconforming(): number {
    return this.#nonconforming;
  }

  /** The row with nothing pending on it. */
  get(id: RecordId): TicketRow | undefined {
    const known = this.#decoded.get(id);
    if (known !== undefined) return known ?? undefined;
    const source = this.#home.get(id);
    if (!source?.rows) return undefined;
    const row = decodeRow(id, source.rows.get(id));
    const ticket = isNonconforming(row) ? null : asRow(row);
    if (ticket === null) this.#nonconforming += 1;
    this.#decoded.set(id, ticket);
    return ticket ?? undefined;
  }

  /** The board that shows a row. */
  homeOf(id: RecordId): Handle | undefined {
    return this.#home.get(id)?.handle;
  }

  /** Reads exactly these documents from now on. */
  follow(handles: readonly Handle[]): void {
    const wanted = new Set(handles);
    for (const [handle, source] of this.#sources) {
      if (wanted.has(handle)) continue;
      this.#sources.delete(handle);
      source.stop();
      this.#exchange(source, null);
    }
    for (const handle of handles) {
      if (this.#sources.has(handle)) continue;
      const source: Source = {
        handle,
        rows: null,
        shown: null,
        opens: false,
        observe: () => undefined,
        stop: () => undefined,
      };
      const stop = handle.onChange(() => this.#placeAll());
      source.stop = () => {
        stop();
        source.rows?.unobserve(source.observe);
      };
      this.#sources.set(handle, source);
    }
    this.#placeAll();
  }

  close(): void {
    for (const source of this.#sources.values()) source.stop();
    this.#sources.clear();
  }

  /** Boards whose local copy is being read are waited for: a list filled board by board is sorted again for each. */
  #placeAll(): void {
    const sources = [...this.#sources.values()];
    const documents = sources.map(({ handle }) => handle.current);
    if (documents.some((document) => document?.link === null)) return;
    for (const source of sources) this.#place(source);
    const opening = sources.filter((source) => opens(source)).length > 0;
    const loaded = documents.some((document) => document?.loaded);
    if (loaded !== this.#loaded) {
      this.#loaded = loaded;
      this.#loadedChanged();
    }
    if (!opening) return;
    this.#openings += 1;
    this.#opened();
  }

  #place(source: Source): void {
    const document = source.handle.current;
    const rows = document ? rowsOf(document.doc, document.name.kind) : null;
    if (rows !== source.rows) this.#exchange(source, rows);
  }

  #exchange(source: Source, rows: Y.Map<unknown> | null): void {
    const before = source.rows;
    before?.unobserve(source.observe);
    source.rows = rows;
    source.observe = (event) => this.#take(source, event.keysChanged as Set<RecordId>);
    rows?.observe(source.observe);
    const differing = new Set<RecordId>();
    for (const id of [...(before?.keys() ?? []), ...(rows?.keys() ?? [])] as RecordId[]) {
      if (!sameRow(before?.get(id), rows?.get(id))) differing.add(id);
    }
    if (differing.size > 0) this.#take(source, differing);
  }

  #take(source: Source, ids: ReadonlySet<RecordId>): void {
    let membership = false;
    if (source.handle.current !== source.shown) source.opens = true;
    for (const id of ids) {
      const was = this.#home.get(id);
      const home = source.rows?.has(id) ? source : was === source ? this.#elsewhere(id) : was;
      if (home) this.#home.set(id, home);
      else this.#home.delete(id);
      if ((was === undefined) !== (home === undefined)) membership = true;
      if (this.#decoded.get(id) === null) this.#nonconforming -= 1;
      this.#decoded.delete(id);
    }
    this.#changed({ ids, membership });
  }

  /** A record may move between the open board and a team's own. */
  #elsewhere(id: RecordId): Source | undefined {
    for (const source of this.#sources.values()) if (source.rows?.has(id)) return source;
    return undefined;
  }
}

/** Makes a ticket that nobody else holds the row that shows it: twenty thousand copies would cost more than decoding. */
export function asRow(ticket: Ticket): TicketRow {
  return Object.assign(ticket, { token: tokenOf(ticket.process, ticket.id), pending: 0 });
}

export interface ChangedRows {
  readonly ids: ReadonlySet<RecordId>;
  /** True when rows came or went. */
  readonly membership: boolean;
}

interface Source {
  readonly handle: Handle;
  rows: Y.Map<unknown> | null;
  /** The document whose rows count as known: the last one that had something true to show. */
  shown: HeldDocument | null;
  /** Rows came with a document that is not shown yet. */
  opens: boolean;
  observe: (event: Y.YMapEvent<unknown>) => void;
  stop: () => void;
}

/** Whether a source shows another document than before, and rows came with it. Takes the document as known. */
function opens(source: Source): boolean {
  const document = source.handle.current;
  if (!document?.loaded || document === source.shown) return false;
  const { opens } = source;
  source.shown = document;
  source.opens = false;
  return opens;
}

function rowsOf(doc: Y.Doc, kind: string): Y.Map<unknown> {
  return kind === 'inbox' ? doc.getMap('requests') : boardRows(doc);
}

function sameRow(a: unknown, b: unknown): boolean {
  return a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));
}

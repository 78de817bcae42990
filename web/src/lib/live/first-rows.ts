import { decodeRow, encodeRow, isNonconforming } from '@muster/documents';
import type { RecordId } from '@muster/domain/shared';
import type { Notes } from '../connection/notes.ts';
import { asRow } from './board-rows.ts';
import type { TicketRow } from './muster.ts';

/**
 * The first rows of the list that was looked at last, in a note of a few kilobytes beside the boards.
 * The next start shows them while the boards, a hundred times larger, are still being read, and drops them then.
 */
export class FirstRows {
  readonly #options: FirstRowsOptions;
  readonly #rows = new Map<RecordId, TicketRow>();
  #list: string | null = null;
  #seen: Seen = { list: '', ids: [] };
  #noted: readonly unknown[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: FirstRowsOptions) {
    this.#options = options;
  }

  get(id: RecordId): TicketRow | undefined {
    return this.#rows.get(id);
  }

  /** The rows as the last visit noted them; none when it looked at another list, or once the boards are in. */
  of(list: string): readonly TicketRow[] {
    return list === this.#list ? [...this.#rows.values()] : [];
  }

  get ids(): readonly RecordId[] {
    return [...this.#rows.keys()];
  }

  /** Brings in what the last visit noted. */
  async read(): Promise<void> {
    const note = (await this.#options.notes.read(KEY)) as Note | undefined;
    if (note === undefined) return;
    for (const [id, plain] of note.rows) {
      const ticket = decodeRow(id, plain);
      if (!isNonconforming(ticket)) this.#rows.set(id, asRow(ticket));
    }
    this.#list = note.list;
  }

  /** The boards are in. */
  drop(): void {
    this.#rows.clear();
    this.#list = null;
  }

  /** Says what is seen first now. */
  see(list: string, ids: readonly RecordId[]): void {
    this.#seen = { list, ids };
    this.soon();
  }

  /** Rows have changed: what is seen first is noted a little later. */
  soon(): void {
    if (this.#seen.ids.length === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#note();
    }, NOTE_AFTER_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#seen = { list: '', ids: [] };
  }

  async #note(): Promise<void> {
    const { list, ids } = this.#seen;
    const rows = ids.flatMap((id) => this.#options.row(id) ?? []);
    // a row that did not change is the same object
    const noted = [list, ...rows];
    if (noted.length === this.#noted.length && noted.every((each, at) => each === this.#noted[at])) return;
    this.#noted = noted;
    const note: Note = { list, rows: rows.map((row) => [row.id, encodeRow(row)]) };
    await this.#options.notes.write(KEY, note).catch(() => undefined);
  }
}

export interface FirstRowsOptions {
  readonly notes: Notes;
  /** A row as the server is known to say it, without what waits here. */
  readonly row: (id: RecordId) => TicketRow | undefined;
}

interface Seen {
  readonly list: string;
  readonly ids: readonly RecordId[];
}

interface Note {
  readonly list: string;
  readonly rows: readonly (readonly [RecordId, unknown])[];
}

const KEY = 'first-rows';

const NOTE_AFTER_MS = 1000;

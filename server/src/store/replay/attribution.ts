/**
 * Who wrote and who deleted each structure of a room. Learned while the log is applied one update after another:
 * what a transaction adds belongs to the person of its row, and so does what it deletes. A client's clock only grows,
 * so runs of a client are kept as ends in order.
 */
import type { Provenance, Trace, TracedRun, Written } from '@muster/documents';
import type * as Y from 'yjs';

/** One row of the log without its bytes. */
export interface LogEntry {
  readonly seq: number;
  readonly person: string;
  readonly at: number;
  /** Brought back after a restore by the person, who may not be its author. */
  readonly recovered: boolean;
}

interface Run {
  /** First clock after the run. */
  readonly end: number;
  readonly by: LogEntry;
}

interface Deletion {
  readonly clock: number;
  readonly end: number;
  readonly by: LogEntry;
}

/** What stood before the log that is left began: known by its client id only. */
export type Unlogged = (client: number) => Written;

/** Whom a client id is bound to, if to anybody: the author of what somebody else brought back. */
export type OwnerOf = (client: number) => string | null;

export class Attribution {
  readonly #runs: Map<number, Run[]>;
  readonly #deletions = new Map<number, Deletion[]>();
  readonly #unlogged: Unlogged;
  readonly #ownerOf: OwnerOf;

  constructor(unlogged: Unlogged, ownerOf: OwnerOf, runs: ReadonlyMap<number, readonly Run[]> = new Map()) {
    this.#unlogged = unlogged;
    this.#ownerOf = ownerOf;
    this.#runs = new Map([...runs].map(([client, list]) => [client, [...list]]));
  }

  get runs(): ReadonlyMap<number, readonly Run[]> {
    return this.#runs;
  }

  /** Learns from the transaction that applied a row. */
  note(transaction: Y.Transaction, by: LogEntry): void {
    for (const [client, end] of transaction.afterState) {
      const before = transaction.beforeState.get(client) ?? 0;
      if (end > before) this.#extend(client, before, end, by);
    }
    for (const [client, deletes] of transaction.deleteSet.clients) {
      const known = listIn(this.#deletions, client);
      for (const { clock, len } of deletes) known.push({ clock, end: clock + len, by });
    }
  }

  /**
   * The past of structures as seen from the end of what was noted. With `sinceSeq`, what came and what went after
   * that sequence is told; without, only what is there is shown.
   */
  provenance(sinceSeq: number | null): Provenance {
    for (const list of this.#deletions.values()) list.sort((a, b) => a.clock - b.clock);
    return (item) => this.#trace(item, sinceSeq);
  }

  #extend(client: number, before: number, end: number, by: LogEntry): void {
    const runs = listIn(this.#runs, client);
    if (before > (runs.at(-1)?.end ?? 0)) runs.push({ end: before, by: this.#before(client) });
    runs.push({ end, by });
  }

  #trace(item: Y.Item, sinceSeq: number | null): readonly TracedRun[] {
    if (item.deleted && sinceSeq === null) return [{ length: item.length, shown: false, trace: {} }];
    const { client, clock } = item.id;
    const end = clock + item.length;
    const runs: TracedRun[] = [];
    for (let at = clock; at < end;) {
      const insertion = this.#insertionOf(client, at);
      const deletion = item.deleted ? this.#deletionOf(client, at) : null;
      const next = Math.min(end, insertion.end, deletion?.end ?? end);
      runs.push({ length: next - at, ...seen(insertion.by, item.deleted, deletion?.by ?? null, sinceSeq) });
      at = next;
    }
    return runs;
  }

  #insertionOf(client: number, clock: number): Run {
    const runs = this.#runs.get(client) ?? [];
    const known = runs[firstAfter(runs, clock)];
    if (known === undefined) return { end: Number.MAX_SAFE_INTEGER, by: this.#before(client) };
    // asked when read, not when noted: the author may come back and bind their id after it was brought
    const owner = known.by.recovered ? this.#ownerOf(client) : null;
    return owner === null ? known : { ...known, by: { ...known.by, person: owner, recovered: false } };
  }

  #before(client: number): LogEntry {
    return { ...this.#unlogged(client), seq: 0, recovered: false };
  }

  #deletionOf(client: number, clock: number): { readonly end: number; readonly by: LogEntry | null } {
    const deletions = this.#deletions.get(client) ?? [];
    const deletion = deletions[firstAfter(deletions, clock)];
    if (deletion === undefined) return { end: Number.MAX_SAFE_INTEGER, by: null };
    return deletion.clock <= clock ? deletion : { end: deletion.clock, by: null };
  }
}

function writtenBy({ person, at, recovered }: LogEntry): Written {
  return { person, at, ...(recovered && { recovered }) };
}

function seen(
  by: LogEntry,
  deleted: boolean,
  deletedBy: LogEntry | null,
  sinceSeq: number | null,
): Omit<TracedRun, 'length'> {
  const came = sinceSeq !== null && by.seq > sinceSeq;
  const written = writtenBy(by);
  if (!deleted) return { shown: true, trace: { written, ...(came && { came }) } };
  if (came || deletedBy === null || sinceSeq === null || deletedBy.seq <= sinceSeq) {
    return { shown: false, trace: {} };
  }
  const trace: Trace = { written, removed: writtenBy(deletedBy) };
  return { shown: true, trace };
}

/** Index of the first run that ends after a clock. */
function firstAfter(runs: readonly { readonly end: number }[], clock: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.end ?? 0) > clock) high = middle;
    else low = middle + 1;
  }
  return low;
}

function listIn<Entry>(map: Map<number, Entry[]>, key: number): Entry[] {
  let list = map.get(key);
  if (list === undefined) map.set(key, (list = []));
  return list;
}

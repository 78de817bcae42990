/**
 * Appends of many documents as they cross to the writer's thread: numbers and bytes in two buffers that move instead
 * of being copied, and each name once. Many small objects cost more to carry over than to write to disk.
 */
import type { PersonId } from '@muster/domain/shared';
import type { AppendOutcome, AppendRequest } from '../store.ts';

export interface PackedAuthor {
  readonly person: PersonId;
  readonly session: string;
}

export interface PackedAppends {
  /** How many there are. */
  readonly count: number;
  readonly names: readonly string[];
  readonly authors: readonly PackedAuthor[];
  /**
   * For each: the index of its name, of its author, what it is (`RECOVERS`, `LOCKABLE`), its bytes, its client ids and
   * these, each below zero when somebody else shows themselves under it.
   */
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What is appended to one document, in order, each with its place among all. */
export interface DocumentAppends {
  readonly name: string;
  readonly appends: { readonly place: number; readonly request: AppendRequest }[];
}

/** For each append the sequence that it got, or one of `REFUSALS` as a negative number. */
export type PackedOutcomes = Float64Array;

const REFUSALS = ['client-id-bound', 'no-such-document', 'damaged', 'locked'] as const;

const RECOVERS = 1;
const LOCKABLE = 2;

const NUMBERS_EACH = 5;

export function packAppends(requests: readonly AppendRequest[]): PackedAppends {
  const names = new Numbered<string>();
  const authors = new Numbered<PackedAuthor>();
  let clients = 0;
  let size = 0;
  for (const { clientIds, update } of requests) {
    clients += clientIds.length;
    size += update.length;
  }
  const numbers = new Float64Array(requests.length * NUMBERS_EACH + clients);
  const bytes = new Uint8Array(size);
  let at = 0;
  let end = 0;
  for (const request of requests) {
    const { name, person, session, clientIds, claimedByOthers, update } = request;
    numbers[at] = names.of(name, name);
    numbers[at + 1] = authors.of(`${person} ${session}`, { person, session });
    numbers[at + 2] =
      (request.recovering === true ? RECOVERS : 0) | (request.lockable === true ? LOCKABLE : 0);
    numbers[at + 3] = update.length;
    numbers[at + 4] = clientIds.length;
    at += NUMBERS_EACH;
    for (const client of clientIds) {
      numbers[at] = claimedByOthers?.includes(client) === true ? -1 - client : client;
      at += 1;
    }
    bytes.set(update, end);
    end += update.length;
  }
  return { count: requests.length, names: names.all, authors: authors.all, numbers, bytes };
}

/** Takes packed appends apart by document. Their updates are views of the packed bytes. */
export function unpackAppends({
  count,
  names,
  authors,
  numbers,
  bytes,
}: PackedAppends): readonly DocumentAppends[] {
  const documents = names.map((name): DocumentAppends => ({ name, appends: [] }));
  let at = 0;
  let end = 0;
  for (let place = 0; place < count; place += 1) {
    const [name, author, what = 0, length, clients] = numbers.subarray(at, at + NUMBERS_EACH);
    at += NUMBERS_EACH;
    const document = documents[name ?? -1];
    const by = authors[author ?? -1];
    if (document === undefined || by === undefined) throw new Error('packed appends without name or author');
    const signed = [...numbers.subarray(at, at + (clients ?? 0))];
    const clientIds = signed.map((client) => (client < 0 ? -1 - client : client));
    const claimedByOthers = clientIds.filter((_client, index) => (signed[index] ?? 0) < 0);
    at += clientIds.length;
    const update = bytes.subarray(end, end + (length ?? 0));
    end += update.length;
    const { person, session } = by;
    const kinds = { recovering: (what & RECOVERS) !== 0, lockable: (what & LOCKABLE) !== 0 };
    const request = { name: document.name, person, session, clientIds, claimedByOthers, update, ...kinds };
    document.appends.push({ place, request });
  }
  return documents;
}

export function packOutcome(outcome: AppendOutcome): number {
  return outcome.ok ? outcome.seq : -1 - REFUSALS.indexOf(outcome.code);
}

export function unpackOutcome(packed: number): AppendOutcome {
  if (packed > 0) return { ok: true, seq: packed };
  const code = REFUSALS[-1 - packed];
  if (code === undefined) throw new Error(`${packed} is no outcome of an append`);
  return { ok: false, code };
}

/** Gives each different thing a number from 0. */
class Numbered<Thing> {
  readonly all: Thing[] = [];
  readonly #numbers = new Map<string, number>();

  of(key: string, thing: Thing): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.all.length);
    return this.all.push(thing) - 1;
  }
}

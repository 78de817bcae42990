/** Whether a document has all that an update builds on, and whether the update brings anything new. */
import type { PersonId } from '@muster/domain/shared';
import * as Y from 'yjs';
import type { ReadUpdate } from '../join-updates.ts';
import type { DecodedUpdate } from './decode.ts';

/** Client id to the number of its units that are there. */
export type Clocks = ReadonlyMap<number, number>;

/** What an update builds on and is not there: `client` must have written so many units first. */
export interface Gap {
  readonly client: number;
  readonly units: number;
}

export function isFilled({ client, units }: Gap, clocks: Clocks): boolean {
  return (clocks.get(client) ?? 0) >= units;
}

/** Where each client's clock stands after the update, when it is complete on top of `clocks`; else a gap of it. */
export function clocksAfter({ structs, ds }: DecodedUpdate, clocks: Clocks): Map<number, number> | Gap {
  const after = new Map<number, number>();
  const clockOf = (client: number): number => after.get(client) ?? clocks.get(client) ?? 0;
  const gapAt = (id: unknown): Gap | null =>
    id instanceof Y.ID && id.clock >= clockOf(id.client) ? { client: id.client, units: id.clock + 1 } : null;
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue;
    const { client, clock } = struct.id;
    const known = clockOf(client);
    if (clock > known) return { client, units: clock };
    after.set(client, Math.max(known, clock + struct.length));
  }
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) continue;
    const gap = gapAt(struct.origin) ?? gapAt(struct.rightOrigin) ?? gapAt(struct.parent);
    if (gap !== null) return gap;
  }
  for (const [client, ranges] of ds.clients) {
    for (const { clock, len } of ranges) {
      if (clock + len > clockOf(client)) return { client, units: clock + len };
    }
  }
  return after;
}

/**
 * The update without what it says again of what is there. Its own document ignores a repetition, but a reader who has
 * nothing yet would take whichever came first: nobody may put words of their own in the place of a colleague's.
 */
export function withoutRepetition(said: ReadUpdate, clocks: Clocks): ReadUpdate {
  const there = new Map<number, number>();
  for (const { id } of said.decoded.structs) {
    const known = clocks.get(id.client) ?? 0;
    if (id.clock < known) there.set(id.client, known);
  }
  if (there.size === 0) return said;
  const update = Y.diffUpdate(said.update, Y.encodeStateVector(there));
  return { update, decoded: Y.decodeUpdate(update) };
}

/**
 * Clients that write in the update something that is not there yet, without those that are `bound` already: the ids to
 * bind to its author.
 */
export function writersToBind(
  { structs }: DecodedUpdate,
  clocks: Clocks,
  bound: ReadonlyMap<number, PersonId>,
  author: PersonId,
): readonly number[] {
  const writers = new Set<number>();
  for (const { id, length } of structs) {
    if (bound.get(id.client) === author) continue;
    if (id.clock + length > (clocks.get(id.client) ?? 0)) writers.add(id.client);
  }
  return writers.size === 0 ? NOBODY : [...writers];
}

const NOBODY: readonly number[] = [];

/**
 * Whether the document holds every struct and every delete of the update already.
 * A step 2 always lists all deletes that its sender knows, so this and not emptiness is what "nothing new" means.
 */
export function bringsNothing(doc: Y.Doc, { structs, ds }: DecodedUpdate): boolean {
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue;
    if (struct.id.clock + struct.length > Y.getState(doc.store, struct.id.client)) return false;
  }
  for (const [client, ranges] of ds.clients) {
    for (const { clock, len } of ranges) if (!isDeleted(doc, client, clock, len)) return false;
  }
  return true;
}

function isDeleted(doc: Y.Doc, client: number, clock: number, length: number): boolean {
  const structs = doc.store.clients.get(client);
  if (structs === undefined || clock + length > Y.getState(doc.store, client)) return false;
  for (let index = Y.findIndexSS(structs, clock); index < structs.length; index += 1) {
    const struct = structs[index];
    if (struct === undefined || struct.id.clock >= clock + length) break;
    if (!struct.deleted) return false;
  }
  return true;
}

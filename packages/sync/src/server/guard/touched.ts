/** Which roots an update altered, of those that what stands of a record may lock (SYN-49). */
import { rulesOf } from '@muster/documents';
import type { DocumentKind } from '@muster/documents';
import * as Y from 'yjs';
import type { DecodedUpdate, DeleteSet } from './decode.ts';

/**
 * The lockable roots in which an update, which is applied, wrote something or took something away. A step 2 says again
 * all deletes that its sender knows: of these count those that are not on disk yet.
 *
 * @param deleted What its transaction deleted, and what is deleted by updates on their way to the disk
 */
export function lockableTouched(
  doc: Y.Doc,
  kind: DocumentKind,
  { structs, ds }: DecodedUpdate,
  deleted: readonly DeleteSet[],
): readonly string[] {
  const { lockable } = rulesOf(kind);
  if (lockable.length === 0) return lockable;
  const touched = new Set<string>();
  const touch = (struct: unknown): void => {
    const root = struct instanceof Y.Item ? rootOf(struct) : null;
    if (root !== null) touched.add(root);
  };
  for (const struct of structs) if (struct instanceof Y.Item) touch(Y.getItem(doc.store, struct.id));
  if (ds.clients.size > 0) for (const struct of takenAway(doc, ds, deleted)) touch(struct);
  return lockable.filter((root) => touched.has(root));
}

/** Null for what lies in something that is gone. */
function rootOf(item: Y.Item): string | null {
  if (!(item.parent instanceof Y.AbstractType)) return null;
  let type: Y.AbstractType<unknown> = item.parent;
  while (type._item !== null) {
    if (!(type._item.parent instanceof Y.AbstractType)) return null;
    type = type._item.parent;
  }
  return Y.findRootTypeKey(type);
}

/** The structs that the update deletes and that are among what was `deleted`. */
function* takenAway(doc: Y.Doc, ds: DeleteSet, deleted: readonly DeleteSet[]): Generator<Y.GC | Y.Item> {
  const fresh = Y.mergeDeleteSets([...deleted]);
  const own = Y.mergeDeleteSets([ds]);
  for (const [client, ranges] of fresh.clients) {
    const structs = doc.store.clients.get(client) ?? [];
    const owns = own.clients.get(client) ?? [];
    let at = 0;
    for (const { clock, len } of ranges) {
      while (at < owns.length && endOf(owns[at]) <= clock) at += 1;
      for (let each = at; each < owns.length; each += 1) {
        const from = Math.max(clock, owns[each]?.clock ?? 0);
        const to = Math.min(clock + len, endOf(owns[each]));
        if (from >= to) break;
        yield* between(structs, from, to);
      }
    }
  }
}

function endOf(range: { readonly clock: number; readonly len: number } | undefined): number {
  return range === undefined ? 0 : range.clock + range.len;
}

function* between(structs: (Y.GC | Y.Item)[], from: number, to: number): Generator<Y.GC | Y.Item> {
  for (let index = Y.findIndexSS(structs, from); index < structs.length; index += 1) {
    const struct = structs[index];
    if (struct === undefined || struct.id.clock >= to) return;
    yield struct;
  }
}

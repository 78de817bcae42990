/** The guard's last look: the update applied to the live document, before it is logged (SYN-12, SYN-15). */
import { isKeyOf, rootTypeOf } from '@muster/documents';
import type { DocumentKind, RootType } from '@muster/documents';
import * as Y from 'yjs';
import type { Limits } from '../../limits.ts';
import type { DecodedUpdate, DeleteSet } from './decode.ts';
import { Rejection } from './rejection.ts';

/** An update to apply, and what was decoded of it. */
interface Applied {
  readonly update: Uint8Array;
  readonly decoded: DecodedUpdate;
}

/** What came of the updates together. */
export interface GuardedChange {
  /** All of them as one update. */
  readonly change: Uint8Array;
  /** What they deleted that was there before. */
  readonly deleted: DeleteSet;
}

/**
 * Applies updates as one change, and looks at where their parts came to lie.
 * After a `Rejection` the document is spoilt and must be thrown away.
 */
export function applyGuarded(
  doc: Y.Doc,
  kind: DocumentKind,
  updates: readonly Applied[],
  limits: Pick<Limits, 'nesting' | 'proseNesting'>,
): GuardedChange | Rejection {
  for (const { decoded } of updates) declareRoots(doc, kind, decoded);
  let change: GuardedChange;
  try {
    change = apply(doc, updates);
  } catch (cause) {
    return new Rejection('malformed', `the update does not apply: ${String(cause)}`);
  }
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
    return new Rejection('pending', 'the update builds on something that is not there');
  }
  for (const { decoded } of updates) {
    for (const struct of decoded.structs) {
      const rejection = struct instanceof Y.Item ? checkPlace(doc, kind, struct.id, limits) : null;
      if (rejection !== null) return rejection;
    }
  }
  return change;
}

const NOTHING = Uint8Array.of(0, 0);

/** One transaction for all: Yjs walks over every client that ever wrote, once for each transaction. */
function apply(doc: Y.Doc, updates: readonly Applied[]): GuardedChange {
  const [only] = updates;
  const group = Symbol('group');
  const applyAll = (transaction: Y.Transaction): DeleteSet => {
    for (const { update } of updates) Y.applyUpdate(doc, update);
    return transaction.deleteSet;
  };
  if (updates.length === 1 && only !== undefined)
    return { change: only.update, deleted: Y.transact(doc, applyAll, group, false) };
  let change: Uint8Array = NOTHING;
  // Yjs may tidy formats in a transaction of its own afterwards; that is nobody's update.
  const listen = (update: Uint8Array, origin: unknown): void => {
    if (origin === group) change = update;
  };
  doc.on('update', listen);
  try {
    const deleted = Y.transact(doc, applyAll, group, false);
    return { change, deleted };
  } finally {
    doc.off('update', listen);
  }
}

/** Gives roots that come with an update their type; fixed ones have it since the document was made. */
export function declareRoots(doc: Y.Doc, kind: DocumentKind, { structs }: DecodedUpdate): void {
  for (const struct of structs) {
    const parent: unknown = struct instanceof Y.Item ? struct.parent : null;
    const type = typeof parent === 'string' ? rootTypeOf(kind, parent) : null;
    if (type !== null) declareRoot(doc, parent as string, type);
  }
}

export function declareRoot(doc: Y.Doc, name: string, type: RootType): void {
  switch (type) {
    case 'map':
      doc.getMap(name);
      return;
    case 'array':
      doc.getArray(name);
      return;
    case 'text':
      doc.getText(name);
      return;
    case 'xml':
      doc.getXmlFragment(name);
      return;
  }
}

function checkPlace(
  doc: Y.Doc,
  kind: DocumentKind,
  id: Y.ID,
  limits: Pick<Limits, 'nesting' | 'proseNesting'>,
): Rejection | null {
  const item: unknown = Y.getItem(doc.store, id);
  // What was deleted at once is collected already and lies nowhere.
  if (!(item instanceof Y.Item) || !(item.parent instanceof Y.AbstractType)) return null;
  const holder = item.parent;
  if (!fits(holder, item.parentSub)) {
    return new Rejection(
      'wrong-place',
      `${item.parentSub === null ? 'an element' : 'a key'} does not belong there`,
    );
  }
  if (item.parentSub === null && !mayShow(holder, item.content)) {
    return new Rejection('wrong-place', 'prose holds elements and texts only');
  }
  let depth = 1;
  let type: Y.AbstractType<unknown> = holder;
  while (type._item !== null) {
    depth += 1;
    if (!(type._item.parent instanceof Y.AbstractType)) return null;
    type = type._item.parent;
  }
  const most =
    holder instanceof Y.XmlFragment || holder instanceof Y.XmlText ? limits.proseNesting : limits.nesting;
  if (depth > most) return new Rejection('too-deep', `${depth} levels where ${most} are allowed`);
  if (holder._item === null && item.parentSub !== null) {
    const root = Y.findRootTypeKey(holder);
    if (!isKeyOf(kind, root, item.parentSub)) {
      return new Rejection('foreign-key', `${root} has no key ${JSON.stringify(item.parentSub)}`);
    }
  }
  return null;
}

/** Maps hold keys, lists hold elements; elements and texts of prose hold both. */
function fits(holder: Y.AbstractType<unknown>, key: string | null): boolean {
  if (holder instanceof Y.Map) return key !== null;
  if (holder instanceof Y.XmlElement) return true;
  if (holder instanceof Y.Text) return holder._item !== null || key === null;
  return key === null;
}

/** Whether editors can show it: anything but elements and texts among an element's children makes them fail for everybody. */
function mayShow(holder: Y.AbstractType<unknown>, content: unknown): boolean {
  if (!(holder instanceof Y.XmlFragment) || content instanceof Y.ContentDeleted) return true;
  if (!(content instanceof Y.ContentType)) return false;
  return content.type instanceof Y.XmlElement || content.type instanceof Y.XmlText;
}

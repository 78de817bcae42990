import * as Y from 'yjs';
import { canonicalJson } from '../../canonical-json.ts';

/** A snapshot that was made of a log and verified, not yet kept. */
export interface Fold {
  readonly name: string;
  /** The snapshot that the log had when it was read: keeping compares and swaps on it. */
  readonly fromSnapshotSeq: number;
  /** The snapshot holds all updates up to this one. */
  readonly seq: number;
  readonly bin: Uint8Array;
  /** When it was made. */
  readonly at: number;
  readonly sha256: string;
  /** All structures of the document, dead ones included, and for projections the entries that they stand for. */
  readonly structures: number;
  readonly entries: number;
}

export class FoldMismatch extends Error {
  override readonly name = 'FoldMismatch';
}

/** A guid of its own takes Yjs 32 random numbers, an eighth of what opening a small document costs; nothing reads it. */
const UNNAMED = '';

/** Builds a document from a snapshot and the updates after it. */
export function docOf(snapshot: Uint8Array | null, tail: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc({ guid: UNNAMED });
  doc.transact(() => {
    if (snapshot !== null) Y.applyUpdate(doc, snapshot);
    for (const update of tail) Y.applyUpdate(doc, update);
  });
  return doc;
}

/**
 * Encodes a document, decodes the bytes again and compares: what is kept in place of a log must be the log.
 * Throws FoldMismatch naming the part that differs.
 */
export function encodeVerified(doc: Y.Doc, roots: Readonly<Record<string, string>>): Uint8Array {
  const bytes = Y.encodeStateAsUpdate(doc);
  const difference = differenceBetween(doc, docOf(bytes, []), roots);
  if (difference !== null) throw new FoldMismatch(difference);
  return bytes;
}

/** The first part in which two copies of a document differ; null when they are the same. */
export function differenceBetween(
  doc: Y.Doc,
  again: Y.Doc,
  roots: Readonly<Record<string, string>>,
): 'state vector' | 'delete set' | 'content' | null {
  for (const [name, type] of Object.entries(roots)) {
    for (const each of [doc, again]) touchRoot(each, name, type);
  }
  if (!sameBytes(Y.encodeStateVector(doc), Y.encodeStateVector(again))) return 'state vector';
  const deleted = Y.createDeleteSetFromStructStore(doc.store);
  if (!Y.equalDeleteSets(deleted, Y.createDeleteSetFromStructStore(again.store))) return 'delete set';
  return canonicalJson(doc.toJSON()) === canonicalJson(again.toJSON()) ? null : 'content';
}

/** `toJSON` shows roots only once their type is known. */
export function touchRoot(doc: Y.Doc, name: string, type: string): void {
  if (type === 'map') doc.getMap(name);
  else if (type === 'array') doc.getArray(name);
  else if (type === 'text') doc.getText(name);
  else doc.getXmlFragment(name);
}

export function countStructures(doc: Y.Doc): number {
  let count = 0;
  for (const structs of doc.store.clients.values()) count += structs.length;
  return count;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && Buffer.compare(a, b) === 0;
}

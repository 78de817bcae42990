/**
 * The guard's first look at an update, before any document sees it (SYN-11, SYN-12): it decodes within its limits,
 * touches the kind's own roots only, and holds nothing that has no business in a shared document.
 */
import { rootTypeOf } from '@muster/documents';
import type { DocumentKind } from '@muster/documents';
import * as Y from 'yjs';
import type { Limits } from '../../limits.ts';
import { Rejection } from './rejection.ts';

export type DecodedUpdate = ReturnType<typeof Y.decodeUpdateV2>;
export type DeleteSet = DecodedUpdate['ds'];

/** What one update may hold; the first step 2 of a connection brings the work of a whole time offline. */
export type UpdateLimits = Pick<
  Limits,
  'updateBytes' | 'updateStructs' | 'firstStepTwoBytes' | 'firstStepTwoStructs' | 'deleteRanges'
>;

/** Beyond this, sums of clocks stop being whole numbers of 32 bits; nobody writes so much. */
const MAX_CLOCK = 2 ** 32;

class OverBudget extends Error {}

/** What may still be read. Decoding is synchronous, so that one budget at a time is enough. */
let structsLeft = 0;
let rangesLeft = 0;

/** Stops a decoding that would give more than its limits, before the excess is in memory. */
class BoundedDecoder extends Y.UpdateDecoderV1 {
  override readInfo(): number {
    if ((structsLeft -= 1) < 0) throw new OverBudget('structs');
    return super.readInfo();
  }

  override readDsClock(): number {
    if ((rangesLeft -= 1) < 0) throw new OverBudget('delete ranges');
    return super.readDsClock();
  }
}

/** Decodes an update within limits. Any bytes give a decoded update or a `Rejection`. */
export function decodeWithin(
  update: Uint8Array,
  isFirstStepTwo: boolean,
  limits: UpdateLimits,
): DecodedUpdate | Rejection {
  const bytes = isFirstStepTwo ? limits.firstStepTwoBytes : limits.updateBytes;
  if (update.length > bytes) {
    return new Rejection('too-big', `${update.length} bytes where ${bytes} are allowed`);
  }
  structsLeft = isFirstStepTwo ? limits.firstStepTwoStructs : limits.updateStructs;
  rangesLeft = limits.deleteRanges;
  try {
    return Y.decodeUpdateV2(update, BoundedDecoder);
  } catch (cause) {
    return cause instanceof OverBudget
      ? new Rejection('too-many-structs', `too many ${cause.message} in one update`)
      : new Rejection('malformed', `the update does not decode: ${String(cause)}`);
  }
}

/** Checks each part of an update by itself; null when all may stay. */
export function checkContent(kind: DocumentKind, { structs, ds }: DecodedUpdate): Rejection | null {
  if (!isInOneOrder(structs)) return new Rejection('malformed', 'a client that comes twice');
  for (const struct of structs) {
    if (struct.length < 1) return new Rejection('malformed', 'a struct without length');
    if (struct.id.clock + struct.length > MAX_CLOCK)
      return new Rejection('malformed', 'a clock out of range');
    const rejection = struct instanceof Y.Item ? checkItem(kind, struct) : null;
    if (rejection !== null) return rejection;
  }
  for (const ranges of ds.clients.values()) {
    for (const { clock, len } of ranges) {
      if (clock + len > MAX_CLOCK) return new Rejection('malformed', 'a delete out of range');
    }
  }
  return null;
}

/** Each client once, its structs one after the other: who comes twice could be read in two ways. */
function isInOneOrder(structs: DecodedUpdate['structs']): boolean {
  const seen = new Set<number>();
  let before: DecodedUpdate['structs'][number] | null = null;
  for (const struct of structs) {
    if (before?.id.client !== struct.id.client) {
      if (seen.has(struct.id.client)) return false;
      seen.add(struct.id.client);
    } else if (struct.id.clock !== before.id.clock + before.length) return false;
    before = struct;
  }
  return true;
}

function checkItem(kind: DocumentKind, item: Y.Item): Rejection | null {
  // While only decoded, the parent is a root's name, the id of an item, or null when a neighbour tells it.
  const parent: unknown = item.parent;
  if (typeof parent === 'string' && rootTypeOf(kind, parent) === null) {
    return new Rejection('foreign-root', `${kind} documents have no root ${JSON.stringify(parent)}`);
  }
  if (item.parentSub !== null && isReserved(item.parentSub)) return reserved(item.parentSub);
  const { content } = item;
  if (content instanceof Y.ContentDoc)
    return new Rejection('sub-document', 'documents in documents are not taken');
  if (content instanceof Y.ContentBinary) return new Rejection('binary', 'bytes are attached, not embedded');
  if (content instanceof Y.ContentType && content.type instanceof Y.XmlHook) {
    return new Rejection('odd-type', 'hooks are not taken');
  }
  if (content instanceof Y.ContentFormat) return findReserved([content.value], content.key);
  if (content instanceof Y.ContentEmbed) return findReserved([content.embed]);
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) return findReserved(content.arr);
  return null;
}

/** Looks for reserved keys at any depth, without recursion. */
function findReserved(values: readonly unknown[], key = ''): Rejection | null {
  if (isReserved(key)) return reserved(key);
  const left = [...values];
  while (left.length > 0) {
    const value = left.pop();
    if (value instanceof Uint8Array) return new Rejection('binary', 'bytes are attached, not embedded');
    if (typeof value !== 'object' || value === null) continue;
    if (!isPlain(value)) return reserved('__proto__');
    for (const each of Object.keys(value)) if (isReserved(each)) return reserved(each);
    for (const each of Object.values(value)) left.push(each);
  }
  return null;
}

/** The decoder assigns keys, so that `__proto__` shows as another prototype and not as a key. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype;
}

function isReserved(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype';
}

function reserved(key: string): Rejection {
  return new Rejection('reserved-key', `the key ${key} is not taken`);
}

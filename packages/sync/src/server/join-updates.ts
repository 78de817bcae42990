import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { DecodedUpdate } from './guard/decode.ts';

export interface ReadUpdate {
  readonly update: Uint8Array;
  readonly decoded: DecodedUpdate;
}

type Struct = DecodedUpdate['structs'][number];

/**
 * One update of several, as `Y.mergeUpdates` would make it, from what was decoded of them already: linear where that
 * reads every update again and again. What overlaps in parts is left to Yjs. Throws where Yjs would.
 */
export function joinUpdates(updates: readonly ReadUpdate[]): ReadUpdate {
  const [only] = updates;
  if (updates.length === 1 && only !== undefined) return only;
  const byClient = structsByClient(updates);
  if (byClient === null) return mergeByYjs(updates);
  const ds = Y.mergeDeleteSets(updates.map(({ decoded }) => decoded.ds));
  return { update: encode(byClient, ds), decoded: { structs: [...byClient.values()].flat(), ds } };
}

function mergeByYjs(updates: readonly ReadUpdate[]): ReadUpdate {
  const update = Y.mergeUpdates(updates.map((each) => each.update));
  return { update, decoded: Y.decodeUpdate(update) };
}

/** Each client's structs, one directly after the other; null when they are not like that. */
function structsByClient(updates: readonly ReadUpdate[]): ReadonlyMap<number, readonly Struct[]> | null {
  const byClient = new Map<number, Struct[]>();
  for (const { decoded } of updates) {
    for (const struct of decoded.structs) {
      const own = byClient.get(struct.id.client);
      if (own === undefined) byClient.set(struct.id.client, [struct]);
      else own.push(struct);
    }
  }
  for (const structs of byClient.values()) if (!inSequence(structs)) return null;
  return byClient;
}

/** Puts structs in order of their clocks; whether none overlaps another and none is missing between them. */
function inSequence(structs: Struct[]): boolean {
  let sorted = true;
  for (let index = 1; index < structs.length; index += 1) {
    if (clockOf(structs, index) < clockOf(structs, index - 1)) sorted = false;
  }
  if (!sorted) structs.sort((one, other) => one.id.clock - other.id.clock);
  let next = clockOf(structs, 0);
  for (const struct of structs) {
    if (struct instanceof Y.Skip || struct.id.clock !== next) return false;
    next += struct.length;
  }
  return true;
}

function clockOf(structs: readonly Struct[], index: number): number {
  return structs[index]?.id.clock ?? 0;
}

/** Used again and again while its buffer is small: a new one takes a buffer outside of the heap. */
let kept = new Y.UpdateEncoderV1();
/** Of its buffer, at most. */
const KEPT_BYTES = 4096;

function emptyEncoder(): Y.UpdateEncoderV1 {
  if (kept.restEncoder.cbuf.length > KEPT_BYTES) kept = new Y.UpdateEncoderV1();
  kept.restEncoder.cpos = 0;
  kept.restEncoder.bufs = [];
  return kept;
}

/** The bytes of an update of version 1: clients from the highest id down, then what is deleted. */
function encode(byClient: ReadonlyMap<number, readonly Struct[]>, ds: DecodedUpdate['ds']): Uint8Array {
  const encoder = emptyEncoder();
  const { restEncoder } = encoder;
  encoding.writeVarUint(restEncoder, byClient.size);
  for (const [client, structs] of [...byClient].sort(([one], [other]) => other - one)) {
    encoding.writeVarUint(restEncoder, structs.length);
    encoder.writeClient(client);
    encoding.writeVarUint(restEncoder, clockOf(structs, 0));
    for (const struct of structs) struct.write(encoder, 0);
  }
  encoding.writeVarUint(restEncoder, ds.clients.size);
  for (const [client, ranges] of [...ds.clients].sort(([one], [other]) => other - one)) {
    encoder.resetDsCurVal();
    encoding.writeVarUint(restEncoder, client);
    encoding.writeVarUint(restEncoder, ranges.length);
    for (const { clock, len } of ranges) {
      encoder.writeDsClock(clock);
      encoder.writeDsLen(len);
    }
  }
  return encoder.toUint8Array();
}

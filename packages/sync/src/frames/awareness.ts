import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readAll } from './reader.ts';
import type { FrameError } from './reader.ts';

/** Message type 1 of y-protocols: who is here and what they do, by client id. */
export const AWARENESS = 1;
/** Message type 3: a request for all of it. */
export const QUERY_AWARENESS = 3;

export interface AwarenessEntry {
  readonly client: number;
  readonly clock: number;
  /** JSON of the state; `null` says that the client has left. */
  readonly state: string;
}

export interface Awareness {
  readonly type: 'awareness';
  readonly entries: readonly AwarenessEntry[];
}

export interface QueryAwareness {
  readonly type: 'query-awareness';
}

export function encodeAwareness(entries: readonly AwarenessEntry[]): Uint8Array {
  const payload = encoding.createEncoder();
  encoding.writeVarUint(payload, entries.length);
  for (const { client, clock, state } of entries) {
    encoding.writeVarUint(payload, client);
    encoding.writeVarUint(payload, clock);
    encoding.writeVarString(payload, state);
  }
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, AWARENESS);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(payload));
  return encoding.toUint8Array(encoder);
}

/** A frame that says nothing: it keeps stock clients from taking 30 s of silence for a dead socket. */
export const KEEP_ALIVE: Uint8Array = encodeAwareness([]);

export function encodeQueryAwareness(): Uint8Array {
  return Uint8Array.of(QUERY_AWARENESS);
}

export function readAwareness(decoder: decoding.Decoder): Awareness | FrameError {
  return readAll(decoding.readVarUint8Array(decoder), 'awareness', (payload): Awareness => {
    const count = decoding.readVarUint(payload);
    const entries: AwarenessEntry[] = [];
    for (let index = 0; index < count; index += 1) {
      const client = decoding.readVarUint(payload);
      const clock = decoding.readVarUint(payload);
      entries.push({ client, clock, state: decoding.readVarString(payload) });
    }
    return { type: 'awareness', entries };
  });
}

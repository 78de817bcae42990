/** Frames as each server wants them, and what of its frames matters to a generator. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Dialect } from '../servers/server.ts';

const SYNC = 0;
const AUTH = 2;
const SYNC_REPLY = 4;
const ACK = 113;
const NACK = 114;
const TOKEN = 0;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;
const EMPTY_VECTOR = Uint8Array.of(0);
const EMPTY_UPDATE = Uint8Array.of(0, 0);

export type Heard =
  | { readonly type: 'asked' }
  /** A step 2: the document's state, from `from` of the frame on. */
  | { readonly type: 'synced'; readonly from: number }
  | { readonly type: 'update'; readonly from: number }
  /** So many of this client's frames are on disk. */
  | { readonly type: 'acknowledged'; readonly count: number }
  | { readonly type: 'refused' };

export class Wire {
  readonly #dialect: Dialect;
  readonly #prefix: Uint8Array;

  constructor(dialect: Dialect, document: string) {
    this.#dialect = dialect;
    this.#prefix =
      dialect === 'hocuspocus' ? written((to) => encoding.writeVarString(to, document)) : new Uint8Array();
  }

  /** What a client says first. */
  greeting(): readonly Uint8Array[] {
    const ask = this.#sync(STEP_1, EMPTY_VECTOR);
    switch (this.#dialect) {
      case 'hocuspocus':
        return [this.#token(), ask];
      case 'relay':
        return [];
      case 'stock':
      case 'acknowledged':
      case 'channels':
        return [ask];
    }
  }

  /** Whether a client waits for the document's state before it writes. */
  get waitsForState(): boolean {
    return this.#dialect !== 'relay';
  }

  /** The answer to a server that asks, of a client that has nothing. */
  nothing(): Uint8Array {
    return this.#sync(STEP_2, EMPTY_UPDATE);
  }

  stepTwo(update: Uint8Array): Uint8Array {
    return this.#sync(STEP_2, update);
  }

  update(update: Uint8Array): Uint8Array {
    return this.#sync(UPDATE, update);
  }

  hear(frame: Uint8Array): Heard | null {
    const decoder = decoding.createDecoder(frame);
    decoder.pos = this.#prefix.length;
    const type = decoding.readVarUint(decoder);
    if (type === SYNC || type === SYNC_REPLY) return hearSync(decoder);
    if (this.#dialect !== 'acknowledged' && this.#dialect !== 'channels') return null;
    if (type === ACK) return { type: 'acknowledged', count: decoding.readVarUint(decoder) };
    return type === NACK ? { type: 'refused' } : null;
  }

  #sync(step: number, payload: Uint8Array): Uint8Array {
    return this.#frame((to) => {
      encoding.writeVarUint(to, SYNC);
      encoding.writeVarUint(to, step);
      encoding.writeVarUint8Array(to, payload);
    });
  }

  #token(): Uint8Array {
    return this.#frame((to) => {
      encoding.writeVarUint(to, AUTH);
      encoding.writeVarUint(to, TOKEN);
      encoding.writeVarString(to, '');
    });
  }

  #frame(write: (to: encoding.Encoder) => void): Uint8Array {
    return written((to) => {
      encoding.writeUint8Array(to, this.#prefix);
      write(to);
    });
  }
}

function hearSync(decoder: decoding.Decoder): Heard {
  const step = decoding.readVarUint(decoder);
  if (step === STEP_1) return { type: 'asked' };
  // past the length of the payload
  decoding.readVarUint(decoder);
  return { type: step === STEP_2 ? 'synced' : 'update', from: decoder.pos };
}

function written(write: (to: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder);
}

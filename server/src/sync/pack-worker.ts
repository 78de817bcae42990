/** A thread that packs states of documents: half a second of work for a board of 20,000 rows, done once for everybody. */
import { packUpdates } from '@muster/sync/packed';
import { parentPort } from 'node:worker_threads';
import { constants, deflateRawSync } from 'node:zlib';
import type { FromPacker, Packed, Packing } from './state-packer.ts';

/** Columns are short and unlike one another: small blocks, each with a code of its own, and few matches in noise. */
const TUNING = { level: 9, memLevel: 5, strategy: constants.Z_FILTERED } as const;

parentPort?.on('message', ({ id, updates }: Packing) => {
  let deflated: Uint8Array | null = null;
  let error: string | null = null;
  try {
    const packed = packUpdates(updates);
    // with a buffer of its own: small results of zlib share a pool
    deflated = packed === null ? null : new Uint8Array(deflateRawSync(packed, TUNING));
  } catch (cause) {
    error = String(cause);
  }
  const answer: Packed = { id, deflated, error };
  parentPort?.postMessage(answer, deflated === null ? [] : [deflated.buffer as ArrayBuffer]);
});

const ready: FromPacker = 'ready';
parentPort?.postMessage(ready);

import { parentPort } from 'node:worker_threads';
import { describeError } from './errors.ts';
import type { Answer, FromThread, Request } from './protocol.ts';

/** A thread's own end of its port. */
export interface ThreadPort {
  readonly post: (message: FromThread) => void;
}

/**
 * Announces that a thread is ready, or why it could not open, and hands it each request. `close` is answered by
 * the thread like any other operation.
 */
export async function serveThread(
  open: (port: ThreadPort) => Promise<(request: Request) => void>,
): Promise<void> {
  const parent = parentPort;
  if (parent === null) throw new Error('this file runs as a thread of the store only');
  const port: ThreadPort = { post: (message) => parent.postMessage(message, transferable(message)) };
  try {
    const handle = await open(port);
    parent.on('message', handle);
    port.post({ kind: 'ready' });
  } catch (error) {
    port.post({ kind: 'not-opened', error: describeError(error) });
  }
}

/** Runs an operation for a thread without group commit and posts its answer. */
export async function answer(port: ThreadPort, request: Request, run: () => unknown): Promise<void> {
  let settled: Answer;
  try {
    settled = { id: request.id, ok: true, value: await run() };
  } catch (error) {
    settled = { id: request.id, ok: false, error: describeError(error) };
  }
  port.post({ kind: 'answers', answers: [settled], updates: [], epochs: [], grown: new Map() });
}

/** Updates of a group belong to nobody else once posted, so their bytes move instead of being copied. */
function transferable(message: FromThread): ArrayBuffer[] {
  if (message.kind !== 'answers') return [];
  const buffers = new Set<ArrayBuffer>();
  for (const { update } of message.updates) {
    if (update.buffer instanceof ArrayBuffer && update.byteLength === update.buffer.byteLength)
      buffers.add(update.buffer);
  }
  return [...buffers];
}

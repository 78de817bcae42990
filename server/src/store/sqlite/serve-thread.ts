import { parentPort, workerData } from 'node:worker_threads';
import { describeError } from './errors.ts';
import { openConnection } from './connection.ts';
import type { Answer, FromThread, Implemented, Operations, Request } from './protocol.ts';
import { Statements } from './statements.ts';

/** A thread's own end of its port. */
export interface ThreadPort {
  readonly post: (message: FromThread) => void;
}

type Handler = (request: Request) => void;

/**
 * Announces that a thread is ready, or why it could not open, and hands it each request. `close` is answered by
 * the thread like any other operation.
 */
export async function serveThread(open: (port: ThreadPort) => Handler | Promise<Handler>): Promise<void> {
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

/** `together`: each as it comes. `in-turn`: one after another, where each wants the connection for itself. */
export type Turns = 'together' | 'in-turn';

/**
 * A thread that answers questions over a connection of its own that cannot write.
 *
 * @param called What it is called when it is asked for what it has not
 */
export async function serveQuestions<Ops extends Operations>(
  called: string,
  turns: Turns,
  open: (statements: Statements, file: string) => Implemented<Ops>,
): Promise<void> {
  await serveThread((port) => {
    const { file } = workerData as { readonly file: string };
    const connection = openConnection(file, { readonly: true });
    const operations = open(new Statements(connection), file);
    const run = ({ operation, args }: Request): unknown => {
      if (operation === 'close') return void connection.close();
      if (!Object.hasOwn(operations, operation)) throw new Error(`the ${called} has no ${operation}`);
      // The other end of the port is typed by the same table (see protocol.ts).
      return (operations[operation] as (...all: unknown[]) => unknown)(...args);
    };
    let before: Promise<void> = Promise.resolve();
    return (request: Request) => {
      if (turns === 'together') void answer(port, request, () => run(request));
      else before = before.then(() => answer(port, request, () => run(request)));
    };
  });
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

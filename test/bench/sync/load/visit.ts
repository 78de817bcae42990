/** A client that opens a document into a Y.Doc, as an editor would, and says nothing. */
import { setTimeout as wait } from 'node:timers/promises';
import * as Y from 'yjs';
import type { Dialect } from '../servers/server.ts';
import { Wire } from './dialects.ts';
import type { Connect } from './member.ts';
import type { Line } from './trunk.ts';

/** What follows a state in the same write has come by then. */
const REST_MS = 50;

export interface Visit {
  readonly doc: Y.Doc;
  /** From before the connection until the state was in the Y.Doc. */
  readonly ms: number;
}

export async function visit(document: string, dialect: Dialect, connect: Connect): Promise<Visit> {
  const doc = new Y.Doc();
  const wire = new Wire(dialect, document);
  const from = performance.now();
  let line: Line | undefined;
  const ms = await new Promise<number>((resolve, reject) => {
    const frame = (bytes: Buffer): void => {
      const heard = wire.hear(bytes);
      if (heard?.type !== 'synced' && heard?.type !== 'update') return;
      Y.applyUpdate(doc, new Uint8Array(bytes.subarray(heard.from)));
      if (heard.type === 'synced') resolve(performance.now() - from);
    };
    const closed = (code: number, reason: string): void =>
      reject(new Error(`${document} closed ${code} ${reason}`));
    connect(document, { frame, closed }).then((opened) => {
      line = opened;
      for (const greeting of wire.greeting()) opened.queue(greeting);
      opened.flush();
    }, reject);
  });
  await wait(REST_MS);
  line?.destroy();
  return { doc, ms };
}

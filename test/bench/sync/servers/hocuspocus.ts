/** The peer: `@hocuspocus/server` with its own SQLite extension, both as they come. */
import { SQLite } from '@hocuspocus/extension-sqlite';
import { Server } from '@hocuspocus/server';
import { join } from 'node:path';
import * as Y from 'yjs';
import type { BoardServer } from './server.ts';
import { fewWords } from './words.ts';

/** Its default closes sockets that say nothing for a minute, and the bench keeps silent ones. */
const IDLE_MS = 3_600_000;

export async function startHocuspocus(folder: string): Promise<BoardServer> {
  const store = new SQLite({ database: join(folder, 'hocuspocus.db') });
  const server = new Server({
    port: 0,
    address: '127.0.0.1',
    quiet: true,
    stopOnSignals: false,
    timeout: IDLE_MS,
    extensions: [store],
  });
  await server.listen();
  return {
    address: `ws://127.0.0.1:${server.address.port}/`,
    dialect: 'hocuspocus',
    prepare({ documents }) {
      const names = Array.from({ length: documents }, (_, index) => `room-${index}`);
      const insert = store.db?.prepare('insert or ignore into documents (name, data) values (?, ?)');
      store.db?.transaction(() => {
        for (const [index, name] of names.entries())
          insert?.run(name, Y.encodeStateAsUpdate(fewWords(index)));
      })();
      return Promise.resolve({ documents: names, cookies: [], incidents: [] });
    },
    put: (name, state) =>
      store.db?.prepare('insert into documents (name, data) values (?, ?)').run(name, state),
  };
}

/** A server of the bench in a process of its own: `serve.ts <name>`. */
import { answerParent } from '../process/rpc.ts';
import { startBatchingRelay } from './batching-relay.ts';
import { startHocuspocus } from './hocuspocus.ts';
import { startMuster } from './muster.ts';
import { startRelay } from './relay.ts';
import type { BoardServer, ServerApi, ServerName } from './server.ts';
import { readMemory, readStalls, readUsage, watchStalls } from './usage.ts';
import { startYProtocols } from './y-protocols.ts';

const START: Readonly<Record<ServerName, (folder: string) => Promise<BoardServer>>> = {
  muster: startMuster,
  'muster-channels': async (folder) => ({ ...(await startMuster(folder)), dialect: 'channels' }),
  hocuspocus: startHocuspocus,
  'y-protocols': startYProtocols,
  relay: startRelay,
  'batching-relay': startBatchingRelay,
};

let server: BoardServer | undefined;

const api: ServerApi = {
  async start({ folder }) {
    server = await START[process.argv[2] as ServerName](folder);
    return { address: server.address, dialect: server.dialect };
  },
  prepare(count) {
    if (server === undefined) throw new Error('the server has not been started');
    return server.prepare(count);
  },
  makeBoard(rows) {
    if (server?.makeBoard === undefined) throw new Error('this server makes no boards');
    return server.makeBoard(rows);
  },
  put(name, state) {
    server?.put?.(name, state);
  },
  usage: readUsage,
  memory: readMemory,
  size: () => process.memoryUsage.rss(),
  watchStalls,
  stalls: readStalls,
  leave: () => void setImmediate(() => process.exit(0)),
};

answerParent(api);

import { mkdir } from 'node:fs/promises';
import { Access } from '../access/access.ts';
import { readSecret } from '../access/secret.ts';
import type { Config } from '../config.ts';
import { controlApp } from '../control/app.ts';
import { controlPort } from '../control/port.ts';
import { controlPath, isAnswering, listenControl } from '../control/socket.ts';
import { openLog } from '../log.ts';
import { openStoreIn } from '../store/open.ts';
import { localTransport, socketTransport } from './transport.ts';
import type { Transport } from './transport.ts';

/**
 * Runs one piece of work on the store of a data folder: through the server that owns it when one is running, else on
 * the store opened here for as long as the work takes. Holding the control socket meanwhile keeps a server that starts
 * just then from opening the store a second time.
 */
export async function withStoreOwner<Answer>(
  config: Config,
  work: (send: Transport) => Promise<Answer>,
): Promise<Answer> {
  const { dataFolder } = config;
  const path = controlPath(dataFolder);
  if (await isAnswering(path)) return work(socketTransport(path));
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const store = await openStoreIn(dataFolder);
  const access = new Access({ ...config, secret: readSecret(dataFolder), store, log: openLog('error') });
  const app = controlApp(controlPort(store, access));
  try {
    const owner = await listenControl(dataFolder, app);
    try {
      return await work(localTransport(app));
    } finally {
      await owner.close();
    }
  } finally {
    await store.close();
  }
}

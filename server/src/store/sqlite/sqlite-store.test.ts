import { join } from 'node:path';
import { storeContract } from '../contract.ts';
import { admitPeople, temporaryFolder } from '../test-store.ts';
import { openSqliteStore } from './open.ts';

storeContract('SQLite', async () => {
  const { folder, remove } = temporaryFolder();
  const store = await openSqliteStore({ file: join(folder, 'muster.db') });
  await admitPeople(store);
  return {
    store,
    close: async () => {
      await store.close();
      remove();
    },
  };
});

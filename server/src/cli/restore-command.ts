import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { assertUnowned } from '../control/socket.ts';
import { DATABASE_FILE, openStoreIn } from '../store/open.ts';
import { putBack } from '../store/sqlite/put-back.ts';

/**
 * Puts a backup back, or says that the data folder was put back whole, and begins the era after it.
 * Throws when a server owns the folder, or the backup is not sound.
 */
export async function runRestore(
  { dataFolder }: Pick<Config, 'dataFolder'>,
  backup: string | null,
  now: number,
  output: NodeJS.WritableStream,
): Promise<void> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  await assertUnowned(dataFolder);
  if (backup !== null) {
    const stamp = new Date(now).toISOString().replaceAll(':', '-');
    const { replaced, numbersKnown } = putBack(join(dataFolder, DATABASE_FILE), resolve(backup), stamp);
    if (replaced !== null) output.write(`what was there is kept as ${replaced}\n`);
    if (!numbersKnown) output.write('it could not be read: numbers go on after a wide gap\n');
  }
  const store = await openStoreIn(dataFolder, { restored: backup === null });
  const { generation, restored } = store.era;
  await store.close();
  const taken = restored?.backupTakenAt ?? null;
  const from = taken === null ? 'a copy' : `a backup of ${new Date(taken).toISOString()}`;
  output.write(`restored from ${from}: era ${generation} begins\n`);
}

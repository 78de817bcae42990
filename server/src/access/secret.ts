import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSecret } from './tokens.ts';

/**
 * The key that signs session cookies, in a file of its own beside the database, so that a backup of the database
 * alone cannot be turned into a session. Losing it signs everybody out and harms nothing else.
 */
export function readSecret(dataFolder: string): string {
  const file = join(dataFolder, 'session.key');
  mkdirSync(dataFolder, { recursive: true });
  try {
    writeFileSync(file, newSecret(), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

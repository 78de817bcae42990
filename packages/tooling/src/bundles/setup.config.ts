/** Before all tests that open a store or start a server, here and in the processes that they start. */
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { bundle } from './bundle.ts';

export default async function setup(): Promise<() => void> {
  const { folder, remove } = await bundle();
  process.env['MUSTER_THREADS'] = folder;
  process.env['MUSTER_TEST_SERVER'] = join(folder, 'serve.mjs');
  // the server finds its client from where its code is
  process.env['MUSTER_CLIENT_FOLDER'] ??= join(root, 'web', 'build');
  return remove;
}

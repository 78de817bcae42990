/** Before all tests that open a store, here and in the processes that they start. */
import { bundleThreads } from './bundle.ts';

export default async function setup(): Promise<() => void> {
  const { folder, remove } = await bundleThreads();
  process.env['MUSTER_THREADS'] = folder;
  return remove;
}

import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * The code that a thread begins with: its source, or the same bundled into one file where `MUSTER_THREADS` names a
 * folder of such. A thread loads hundreds of modules otherwise, which takes a second of a processor each time.
 */
export function threadEntry(source: URL): URL {
  const bundled = process.env['MUSTER_THREADS'];
  if (bundled === undefined) return source;
  return pathToFileURL(join(bundled, `${basename(fileURLToPath(source), '.ts')}.mjs`));
}

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The threads of the store; one opens a connection of its own and answers what it is asked. */
export type ThreadName = 'writer' | 'reader' | 'keeper' | 'replayer' | 'analyst' | 'planner';

/**
 * The code that a thread begins with: as it stands here, or bundled into one file where `MUSTER_THREADS` names a folder
 * of such. A thread loads hundreds of modules otherwise, which takes a second of a processor each time a store opens.
 */
export function threadEntry(name: ThreadName): URL {
  const bundled = process.env['MUSTER_THREADS'];
  return bundled === undefined
    ? new URL(`./${name}.ts`, import.meta.url)
    : pathToFileURL(join(bundled, `${name}.mjs`));
}

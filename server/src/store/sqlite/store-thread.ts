import { threadEntry } from '../../thread-entry.ts';

/** The threads of the store; one opens a connection of its own and answers what it is asked. */
export type ThreadName = 'writer' | 'reader' | 'keeper' | 'replayer' | 'analyst' | 'planner';

/** The code that a thread of the store begins with. */
export function storeThread(name: ThreadName): URL {
  return threadEntry(new URL(`./${name}.ts`, import.meta.url));
}

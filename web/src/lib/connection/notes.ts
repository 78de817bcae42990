import type { LocalDatabase } from './database.ts';

/** Small things that this device keeps by name, beside the documents. */
export interface Notes {
  /** Undefined when there is none, or when the disk cannot be read: a note is never needed. */
  read(key: string): Promise<unknown>;
  /** @throws BoundaryError */
  write(key: string, value: unknown): Promise<void>;
}

export function openNotes(database: LocalDatabase): Notes {
  return {
    read: (key) =>
      database
        .read(['meta'], async (transaction) => (await transaction.objectStore('meta').get(key))?.value)
        .catch(() => undefined),
    write: (key, value) =>
      database.write(['meta'], async (transaction) => {
        await transaction.objectStore('meta').put({ key, value });
      }),
  };
}

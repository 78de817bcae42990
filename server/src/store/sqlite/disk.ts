import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Returns when a file, or what a folder calls its files, is on disk and survives a power cut. */
export function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

import type { HeldDocument } from './held-document.ts';
import { Listeners } from './listeners.ts';

/** A document's place on the shelf, whichever epoch of it stands there: what its readers share. */
export class Slot {
  readonly key: string;
  readonly changed = new Listeners();
  current: HeldDocument | null = null;
  next: HeldDocument | null = null;
  readers = 0;
  /** Nobody reads it; it goes when its words are sent. */
  leaving = false;
  timer: ReturnType<typeof setTimeout> | undefined;

  constructor(key: string) {
    this.key = key;
  }
}

export function documentsOf({ current, next }: Slot): readonly HeldDocument[] {
  return [current, next].filter((document) => document !== null);
}

/** Resolves when it has something to show, or never will. */
export async function loaded(document: HeldDocument): Promise<void> {
  await document.opened;
  if (document.loaded) return;
  await new Promise<void>((resolve) => {
    const stop = document.onChange(() => {
      if (!document.loaded && !document.closed) return;
      stop();
      resolve();
    });
  });
}

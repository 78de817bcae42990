import type * as Y from 'yjs';
import type { Handle } from '../connection/shelf.ts';

/** A document that may be exchanged for another one, and whose changes are told. */
export class WatchedDocument {
  readonly #changed: () => void;
  #handle: Handle | undefined;
  #stop: () => void = () => undefined;
  doc: Y.Doc | null = null;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  follow(handle: Handle | undefined): void {
    if (handle === this.#handle) return;
    this.#stop();
    this.#handle = handle;
    this.#stop = handle?.onChange(() => this.#place()) ?? (() => undefined);
    this.#place();
  }

  #place(): void {
    const doc = this.#handle?.current?.doc ?? null;
    if (doc === this.doc) return;
    this.doc?.off('update', this.#changed);
    this.doc = doc;
    doc?.on('update', this.#changed);
    this.#changed();
  }
}

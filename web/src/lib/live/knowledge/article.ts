import { articleName, readProse } from '@muster/documents';
import type { ProseNode } from '@muster/documents';
import { articleFragment, readArticle } from '@muster/documents/knowledge';
import type { RecordId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import type { SavedState } from '../../connection/held-document.ts';
import type { Handle, Shelf } from '../../connection/shelf.ts';
import { Grains } from '../grains.ts';
import { WatchedDocument } from '../watched-document.ts';
import type { LiveArticle } from './live-known-errors.ts';

/** The co-edited text of a known error or an article, held until it is closed. */
export class Article implements LiveArticle {
  readonly #handle: Handle;
  readonly #grains = new Grains<'room' | 'words'>();
  readonly #document = new WatchedDocument(() => {
    this.#digest = undefined;
    this.#grains.tell('words');
  });
  readonly #stop: () => void;
  #digest: string | null | undefined;

  constructor(id: RecordId, shelf: Pick<Shelf, 'open'>) {
    this.#handle = shelf.open(articleName(id));
    this.#stop = this.#handle.onChange(() => this.#grains.tell('room'));
    this.#document.follow(this.#handle);
  }

  get loaded(): boolean {
    this.#grains.read('room');
    return this.#handle.current?.loaded ?? false;
  }

  get fragment(): Y.XmlFragment | null {
    this.#grains.read('room');
    const document = this.#handle.current;
    return document ? articleFragment(document.doc) : null;
  }

  get awareness(): unknown {
    this.#grains.read('room');
    return this.#handle.current?.link?.awareness ?? null;
  }

  get state(): SavedState {
    this.#grains.read('room');
    return this.#handle.current?.state ?? 'saved';
  }

  get digest(): string | null {
    this.#grains.read('words');
    const { doc } = this.#document;
    return (this.#digest ??= doc === null ? null : readArticle(doc).digest);
  }

  content(): readonly ProseNode[] {
    const document = this.#handle.current;
    return document ? readProse(articleFragment(document.doc)) : [];
  }

  close(): void {
    this.#stop();
    this.#document.follow(undefined);
    this.#handle.current?.link?.awareness.setLocalState(null);
    this.#handle.release();
  }
}

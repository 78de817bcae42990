import { draftName, listDrafts, readDraft, writeDraft } from '@muster/documents';
import type { PersonId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import type { Handle, Shelf } from '../connection/shelf.ts';
import { Grains } from './grains.ts';
import type { Draft, Drafts } from './muster.ts';

/** Unsent words of this person, on all their devices. Nothing but their own typing changes or removes them. */
export class LiveDrafts implements Drafts {
  readonly #handle: Handle;
  readonly #now: () => number;
  readonly #grains = new Grains<string>();
  readonly #stop: () => void;
  #doc: Y.Doc | null = null;
  #list: readonly Draft[] | null = null;

  constructor(person: PersonId, options: { readonly shelf: Shelf; readonly now: () => number }) {
    this.#now = options.now;
    this.#handle = options.shelf.open(draftName(person));
    this.#stop = this.#handle.onChange(() => this.#place());
    this.#place();
  }

  get(id: string): Draft {
    this.#grains.read(id);
    const text = this.#doc ? readDraft(this.#doc, id) : '';
    const updatedAt = this.#peek().find((draft) => draft.id === id)?.updatedAt ?? 0;
    return { id, text, updatedAt };
  }

  write(id: string, text: string): void {
    if (this.#doc) writeDraft(this.#doc, id, text, this.#now(), LOCAL_EDIT);
  }

  clear(id: string): void {
    this.write(id, '');
  }

  get all(): readonly Draft[] {
    this.#grains.read(ALL);
    return this.#peek();
  }

  close(): void {
    this.#stop();
    this.#doc?.off('afterTransaction', this.#onTransaction);
    this.#handle.release();
  }

  #peek(): readonly Draft[] {
    return (this.#list ??= this.#doc ? listDrafts(this.#doc) : []);
  }

  #place(): void {
    const doc = this.#handle.current?.doc ?? null;
    if (doc === this.#doc) return;
    this.#doc?.off('afterTransaction', this.#onTransaction);
    this.#doc = doc;
    doc?.on('afterTransaction', this.#onTransaction);
    this.#list = null;
    this.#grains.tellAll();
  }

  readonly #onTransaction = (transaction: Y.Transaction, doc: Y.Doc): void => {
    if (transaction.changed.size === 0) return;
    this.#list = null;
    for (const [root, type] of doc.share) {
      if (root.startsWith(ROOT) && transaction.changed.has(type)) this.#grains.tell(root.slice(ROOT.length));
    }
    this.#grains.tell(ALL);
  };
}

/** Origin of what this person types, as against what other tabs and devices bring. */
const LOCAL_EDIT = Symbol('draft typed here');

const ROOT = 'draft:';
/** No draft's id: those have a colon. */
const ALL = 'all';

import { changeBetween, roomName, sharedText, writtenList } from '@muster/documents';
import { addThought, changeThought, readThoughts, treesOf } from '@muster/documents/problem';
import type { Bone, Branch, Drawing, Thought } from '@muster/documents/problem';
import type { PersonId, RecordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import type { SavedState } from '../../connection/held-document.ts';
import type { Handle, Shelf } from '../../connection/shelf.ts';
import { Grains } from '../grains.ts';
import { WatchedDocument } from '../watched-document.ts';
import type { LiveAnalysis } from './live-problems.ts';

export interface AnalysisOptions {
  readonly shelf: Pick<Shelf, 'open'>;
  readonly me: PersonId;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
}

/** The drawings in the room of a problem. The document is the state; thoughts are read again when it changes. */
export class Analysis implements LiveAnalysis {
  readonly #options: AnalysisOptions;
  readonly #handle: Handle;
  readonly #grains = new Grains<'room' | 'thoughts'>();
  readonly #document = new WatchedDocument(() => {
    this.#thoughts = null;
    this.#grains.tell('thoughts');
  });
  readonly #stop: () => void;
  #thoughts: readonly Thought[] | null = null;

  constructor(id: RecordId, options: AnalysisOptions) {
    this.#options = options;
    this.#handle = options.shelf.open(roomName(id));
    this.#stop = this.#handle.onChange(() => this.#grains.tell('room'));
    this.#document.follow(this.#handle);
  }

  get loaded(): boolean {
    this.#grains.read('room');
    return this.#handle.current?.loaded ?? false;
  }

  get state(): SavedState {
    this.#grains.read('room');
    return this.#handle.current?.state ?? 'saved';
  }

  trees(drawing: Drawing): readonly Branch[] {
    this.#grains.read('thoughts');
    return treesOf(this.#read(), drawing);
  }

  add(
    drawing: Drawing,
    text: string,
    { parent = null, bone = null }: { readonly parent?: string | null; readonly bone?: Bone | null },
  ): string {
    const id = ulid();
    const { me: by, now } = this.#options;
    const { doc } = this.#document;
    if (doc !== null) addThought(doc, { id, writtenAt: now(), by, drawing, parent, bone, text });
    return id;
  }

  write(id: string, text: string): void {
    const words = sharedText(this.#stored(id));
    if (words === null) return;
    const change = changeBetween(words.toString(), text);
    if (change === null) return;
    const { index, removed, inserted } = change;
    words.doc?.transact(() => {
      words.delete(index, removed);
      words.insert(index, inserted);
    });
  }

  hide(id: string, hidden: boolean): void {
    const { me: by, now } = this.#options;
    changeThought(this.#stored(id), { id: ulid(), by, at: now(), set: { hidden } });
  }

  close(): void {
    this.#stop();
    this.#document.follow(undefined);
    this.#handle.release();
  }

  #read(): readonly Thought[] {
    const { doc } = this.#document;
    return (this.#thoughts ??= doc === null ? [] : readThoughts(doc).thoughts);
  }

  #stored(id: string): unknown {
    const { doc } = this.#document;
    const thought = this.#read().find((each) => each.id === id);
    return doc === null || thought === undefined ? null : writtenList(doc, 'analysis').get(thought.at);
  }
}

import type { CommandEnvelope, RecordId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import type { PendingCommand } from '../connection/pending-command.ts';
import type { Handle, Shelf } from '../connection/shelf.ts';
import { Grains } from './grains.ts';
import type { OwnActs } from './own-acts.ts';
import { WatchedDocument } from './watched-document.ts';

/** One record, whole: its document with own acts folded in. */
export class HeldRecord<State extends { readonly version: number }> {
  readonly id: RecordId;
  readonly #options: HeldRecordOptions<State>;
  readonly #handle: Handle;
  readonly #document: WatchedDocument;
  readonly #grains = new Grains<'shown' | 'loaded'>();
  readonly #stop: () => void;
  #waiting = 0;
  #confirmed: State | null = null;
  #shown: State | null = null;

  constructor(id: RecordId, options: HeldRecordOptions<State>) {
    this.id = id;
    this.#options = options;
    this.#handle = options.shelf.open(options.name);
    this.#stop = this.#handle.onChange(() => this.#grains.tell('loaded'));
    this.#document = new WatchedDocument(() => this.refresh());
    this.#document.follow(this.#handle);
    this.refresh();
  }

  /** Subscribes. */
  get loaded(): boolean {
    this.#grains.read('loaded');
    const { current } = this.#handle;
    return current === null || current.loaded;
  }

  /** With own acts folded in. Subscribes to all of it. */
  get shown(): State | undefined {
    this.#grains.read('shown');
    return this.#shown ?? undefined;
  }

  /** Own acts that the server has not answered. Subscribes. */
  get pending(): number {
    this.#grains.read('shown');
    return this.#waiting;
  }

  /** What the server is known to say. */
  get confirmed(): State | null {
    return this.#confirmed;
  }

  /** As it is shown, without subscribing. */
  peek(): State | null {
    return this.#shown;
  }

  /** Works out anew what is shown. */
  refresh(): void {
    const { doc } = this.#document;
    const { own, read, fold, refreshed, advanced } = this.#options;
    const before = this.#confirmed?.version ?? 0;
    this.#confirmed = doc === null ? null : read(doc);
    const version = this.#confirmed?.version ?? 0;
    const commands = own.after(this.id, version);
    this.#shown = commands.reduce<State | null>(
      (state, { envelope }) => fold(state, envelope),
      this.#confirmed,
    );
    const waiting = commands.filter(({ applied }) => applied === null);
    this.#waiting = waiting.length;
    refreshed?.(this.#shown, waiting);
    this.#grains.tell('shown');
    if (version > before) advanced();
  }

  close(): void {
    this.#stop();
    this.#document.follow(undefined);
    this.#handle.release();
  }
}

export interface HeldRecordOptions<State> {
  readonly shelf: Pick<Shelf, 'open'>;
  /** Of its document. */
  readonly name: string;
  readonly own: Pick<OwnActs, 'after'>;
  /** Null as long as it has not arrived. */
  readonly read: (doc: Y.Doc) => State | null;
  /** With an own act. */
  readonly fold: (state: State | null, envelope: CommandEnvelope) => State | null;
  /** Is told what is shown now and which own acts wait, before whoever reads it is. */
  readonly refreshed?: (shown: State | null, waiting: readonly PendingCommand[]) => void;
  /** The server is known to say more than before: own acts may be in it. */
  readonly advanced: () => void;
}

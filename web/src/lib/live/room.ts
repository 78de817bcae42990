import { readProse, roomFragment, roomName } from '@muster/documents';
import type { ProseNode, ProseRoot } from '@muster/documents';
import type { RecordId } from '@muster/domain/shared';
import type { SavedState } from '../connection/held-document.ts';
import type { Handle, Shelf } from '../connection/shelf.ts';
import { Grains } from './grains.ts';
import type { LiveRoom } from './muster.ts';

/**
 * The co-edited room of a record, for an editor to bind to. `fragment` and `awareness` are other objects after
 * the server refused an update and the room was read anew: bind again whenever they change.
 */
export class Room implements LiveRoom {
  readonly #handle: Handle;
  readonly #grains = new Grains<'room'>();
  readonly #stop: () => void;
  readonly #root: ProseRoot;

  constructor(id: RecordId, shelf: Shelf, root: ProseRoot = 'description') {
    this.#root = root;
    this.#handle = shelf.open(roomName(id));
    this.#stop = this.#handle.onChange(() => this.#grains.tell('room'));
  }

  get loaded(): boolean {
    this.#grains.read('room');
    return this.#handle.current?.loaded ?? false;
  }

  get fragment(): unknown {
    this.#grains.read('room');
    const document = this.#handle.current;
    return document ? roomFragment(document.doc, this.#root) : null;
  }

  get awareness(): unknown {
    this.#grains.read('room');
    return this.#handle.current?.link?.awareness ?? null;
  }

  get state(): SavedState {
    this.#grains.read('room');
    return this.#handle.current?.state ?? 'saved';
  }

  content(): readonly ProseNode[] {
    const document = this.#handle.current;
    return document ? readProse(roomFragment(document.doc, this.#root)) : [];
  }

  close(): void {
    this.#stop();
    this.#handle.current?.link?.awareness.setLocalState(null);
    this.#handle.release();
  }
}

import { readDirectory } from '@muster/documents';
import { SYSTEM } from '@muster/domain/shared';
import type { Directory, Person, PersonId } from '@muster/domain/shared';
import * as Y from 'yjs';
import type { Handle } from '../connection/shelf.ts';
import { Grains } from './grains.ts';
import type { LiveDirectory } from './muster.ts';

/** The organisation as far as this person may know it; without the directory, what is known without it. */
export class People implements LiveDirectory {
  readonly #me: Person;
  readonly #changed: () => void;
  readonly #grains = new Grains<'directory'>();
  #handle: Handle | null = null;
  #doc: Y.Doc | null = null;
  #read: Directory | null = null;
  #stop: () => void = () => undefined;

  /** `changed` is told whenever the directory is another one. */
  constructor(me: Person, changed: () => void) {
    this.#me = me;
    this.#changed = changed;
  }

  get current(): Directory {
    this.#grains.read('directory');
    return this.peek();
  }

  /** The directory without subscribing. */
  peek(): Directory {
    return (this.#read ??= readDirectory(this.#doc ?? new Y.Doc()));
  }

  /** Whether the directory has come, from the local copy or from the server. */
  get isHere(): boolean {
    return this.peek().people.size > 0;
  }

  personName(id: PersonId): string {
    if (id === this.#me.id) return this.#me.name;
    if (id === SYSTEM) return 'Muster';
    return this.current.people.get(id)?.name ?? 'Somebody';
  }

  follow(handle: Handle | undefined): void {
    if (handle === this.#handle) return;
    this.#stop();
    this.#handle = handle ?? null;
    this.#stop = handle?.onChange(() => this.#place()) ?? (() => undefined);
    this.#place();
  }

  close(): void {
    this.#stop();
    this.#doc?.off('update', this.#onUpdate);
  }

  #place(): void {
    const doc = this.#handle?.current?.doc ?? null;
    if (doc === this.#doc) return;
    this.#doc?.off('update', this.#onUpdate);
    this.#doc = doc;
    doc?.on('update', this.#onUpdate);
    this.#onUpdate();
  }

  readonly #onUpdate = (): void => {
    this.#read = null;
    this.#grains.tell('directory');
    this.#changed();
  };
}

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
  /** What everybody knows, and what the staff alone does. */
  #handles: readonly Handle[] = [];
  #doc: Y.Doc | null = null;
  #staffDoc: Y.Doc | null = null;
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
    return (this.#read ??= readDirectory(this.#doc ?? new Y.Doc(), this.#staffDoc));
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

  follow(handles: readonly Handle[]): void {
    if (
      handles.length === this.#handles.length &&
      handles.every((one, index) => one === this.#handles[index])
    )
      return;
    this.#stop();
    this.#handles = [...handles];
    const stops = handles.map((handle) => handle.onChange(() => this.#place()));
    this.#stop = () => stops.forEach((stop) => stop());
    this.#place();
  }

  close(): void {
    this.#stop();
    for (const doc of [this.#doc, this.#staffDoc]) doc?.off('update', this.#onUpdate);
  }

  #place(): void {
    const [doc, staffDoc] = [this.#docOf(false), this.#docOf(true)];
    if (doc === this.#doc && staffDoc === this.#staffDoc) return;
    for (const old of [this.#doc, this.#staffDoc]) old?.off('update', this.#onUpdate);
    this.#doc = doc;
    this.#staffDoc = staffDoc;
    for (const next of [doc, staffDoc]) next?.on('update', this.#onUpdate);
    this.#onUpdate();
  }

  #docOf(staff: boolean): Y.Doc | null {
    for (const { current } of this.#handles)
      if (current?.name.kind === 'directory' && current.name.staff === staff) return current.doc;
    return null;
  }

  readonly #onUpdate = (): void => {
    this.#read = null;
    this.#grains.tell('directory');
    this.#changed();
  };
}

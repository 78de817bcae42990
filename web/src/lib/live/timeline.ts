/**
 * The timeline and tasks of a record's room, as plain records. The document is the state; what is decoded is kept
 * until it changes, and only the readers of what changed are told: while somebody types in one entry, two thousand
 * others rest.
 */
import { addEntry, addTask, changeEntry, changeTask, sharedText, writtenList } from '@muster/documents';
import {
  areCopies,
  compareEntries,
  decodeEntry,
  decodeTask,
  mergeTasks,
  isUntouchedStep,
  openRunbook,
} from '@muster/documents';
import type { EntryFacts, Task, TaskFacts, TimelineEntry } from '@muster/documents';
import type { PersonId, Runbook } from '@muster/domain/shared';
import { ulid } from 'ulid';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { SavedState } from '../connection/held-document.ts';
import type { LiveTimeline, LiveWords, NewTimelineEntry, OthersCaret } from './live-timeline.ts';
import { Carets } from './carets.ts';
import { Grains } from './grains.ts';
import { SharedWords } from './shared-words.ts';
import { WrittenThings } from './written-things.ts';

/** What this needs of a held document. */
export interface RoomHandle {
  readonly current: {
    readonly doc: Y.Doc;
    readonly loaded: boolean;
    readonly state: SavedState;
    readonly link: { readonly awareness: Awareness } | null;
  } | null;
  onChange(listener: () => void): () => void;
  release(): void;
}

export interface TimelineOptions {
  readonly handle: RoomHandle;
  readonly me: PersonId;
  readonly now: () => number;
}

/** Keys of what is read besides single entries and tasks, whose keys are their ids. */
type Part = 'saving' | 'order' | 'words' | 'tasks';

export class Timeline implements LiveTimeline {
  readonly #options: TimelineOptions;
  readonly #grains = new Grains<string>();
  readonly #carets: Carets;
  readonly #entries: WrittenThings<TimelineEntry>;
  readonly #tasks: WrittenThings<Task>;
  readonly #stop: () => void;
  #doc: Y.Doc | null = null;
  #order: readonly string[] | null = null;
  #words = 0;

  constructor(options: TimelineOptions) {
    this.#options = options;
    this.#carets = new Carets(options.me);
    this.#entries = new WrittenThings(decodeEntry, {
      words: (id) => this.#tell(id, 'words'),
      facts: (id) => this.#tell(id, 'order', 'words'),
    });
    this.#tasks = new WrittenThings(
      decodeTask,
      { words: (id) => this.#tell(id, 'tasks'), facts: (id) => this.#tell(id, 'tasks') },
      {
        are: areCopies,
        merge: (copies) => {
          const { task, at } = mergeTasks(copies);
          return { thing: task, at };
        },
      },
    );
    this.#stop = options.handle.onChange(() => this.#place());
    this.#place();
  }

  get loaded(): boolean {
    this.#read('saving');
    return this.#options.handle.current?.loaded ?? false;
  }

  get state(): SavedState {
    this.#read('saving');
    return this.#options.handle.current?.state ?? 'saved';
  }

  get ids(): readonly string[] {
    this.#read('order');
    this.#order ??= [...this.#entries.all].sort(compareEntries).map(({ id }) => id);
    return this.#order;
  }

  get(id: string): TimelineEntry | undefined {
    this.#grains.read(id);
    return this.#entries.get(id);
  }

  peek(id: string): TimelineEntry | undefined {
    return this.#entries.get(id);
  }

  get words(): number {
    this.#read('words');
    return this.#words;
  }

  get tasks(): readonly Task[] {
    this.#read('tasks');
    return [...this.#tasks.all].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  get nonconforming(): number {
    this.#read('order');
    this.#read('tasks');
    return this.#entries.nonconforming + this.#tasks.nonconforming;
  }

  add({ kind, text, at, source = undefined }: NewTimelineEntry): string | null {
    if (this.#doc === null) return null;
    const writtenAt = this.#options.now();
    const id = ulid(writtenAt);
    const entry = { id, at: at ?? writtenAt, writtenAt, by: this.#options.me, kind, text };
    addEntry(this.#doc, { ...entry, source: source ?? null });
    return id;
  }

  change(id: string, set: Partial<EntryFacts>): void {
    changeEntry(this.#entries.stored(id), { ...this.#mark(), set });
  }

  addTask(text: string): string | null {
    if (this.#doc === null) return null;
    const { id, by, at } = this.#mark();
    addTask(this.#doc, { id, writtenAt: at, by, text });
    return id;
  }

  openRunbook(runbook: Runbook): readonly string[] | null {
    if (this.#doc === null) return null;
    const steps = runbook.steps.map(({ id }) => id);
    const putAway = steps.filter((id) => this.#tasks.get(id)?.hidden === true);
    for (const id of putAway) this.changeTask(id, { hidden: false });
    const { by, at } = this.#mark();
    return [...putAway, ...openRunbook(this.#doc, runbook, { by, at })];
  }

  putAwaySteps(ids: readonly string[]): number {
    const untouched = ids.filter((id) => {
      const task = this.#tasks.get(id);
      return task !== undefined && !task.hidden && isUntouchedStep(task);
    });
    for (const id of untouched) this.changeTask(id, { hidden: true });
    return untouched.length;
  }

  changeTask(id: string, set: Partial<TaskFacts>): void {
    const mark = { ...this.#mark(), set };
    changeTask(this.#tasks.stored(id), mark, undefined, this.#tasks.get(id)?.marks);
  }

  openWords(id: string): LiveWords | null {
    const text = this.#textOf(id);
    return text === null ? null : new SharedWords(text, (caret) => this.#carets.say(id, caret));
  }

  carets(id: string): readonly OthersCaret[] {
    this.#grains.read(id);
    const text = this.#textOf(id);
    return text === null ? [] : this.#carets.in(id, text);
  }

  close(): void {
    this.#stop();
    this.#entries.follow(null);
    this.#tasks.follow(null);
    this.#carets.follow(null);
    this.#options.handle.release();
  }

  #textOf(id: string): Y.Text | null {
    return sharedText(this.#entries.stored(id) ?? this.#tasks.stored(id));
  }

  #mark(): { readonly id: string; readonly by: PersonId; readonly at: number } {
    const at = this.#options.now();
    return { id: ulid(at), by: this.#options.me, at };
  }

  #place(): void {
    const { current } = this.#options.handle;
    const doc = current?.doc ?? null;
    this.#carets.follow(current?.link?.awareness ?? null);
    if (doc !== this.#doc) {
      this.#doc = doc;
      this.#order = null;
      this.#entries.follow(doc && writtenList(doc, 'timeline'));
      this.#tasks.follow(doc && writtenList(doc, 'checklist'));
      this.#grains.tellAll();
    }
    this.#grains.tell('saving');
  }

  /** `id` is null when things came or went. */
  #tell(id: string | null, ...parts: readonly Part[]): void {
    if (parts.includes('order')) this.#order = null;
    this.#words += 1;
    if (id === null) this.#grains.tellAll();
    else this.#grains.tell(id);
    for (const part of parts) this.#grains.tell(part);
  }

  #read(part: Part): void {
    this.#grains.read(part);
  }
}

import type { EntryFacts, EntryKind, PinSource, Task, TaskFacts, TimelineEntry } from '@muster/documents';
import type { PersonId, Runbook } from '@muster/domain/shared';
import type { SavedState } from '../connection/held-document.ts';

/** The timeline and the tasks of a record. */
export interface LiveTimeline {
  readonly loaded: boolean;
  readonly state: SavedState;
  /** Entries in order. Subscribes to which there are, when, of what kind and whether hidden; not to their words. */
  readonly ids: readonly string[];
  /** Subscribes to this entry only, its words too. */
  get(id: string): TimelineEntry | undefined;
  /** Without subscribing. */
  peek(id: string): TimelineEntry | undefined;
  /** Changes with every word of any entry: for a search. */
  readonly words: number;
  readonly tasks: readonly Task[];
  /** Things of another shape, set aside. */
  readonly nonconforming: number;
  /** Answers the id of what is new; null while the room cannot be written in. */
  add(entry: NewTimelineEntry): string | null;
  change(id: string, set: Partial<EntryFacts>): void;
  addTask(text: string): string | null;
  /**
   * Makes tasks of the steps that are not there yet, or shows them again where all were put away; answers their ids,
   * null while the room cannot be written in.
   */
  openRunbook(runbook: Runbook): readonly string[] | null;
  /** Hides those of these tasks that nobody worked on; answers how many. */
  putAwaySteps(ids: readonly string[]): number;
  changeTask(id: string, set: Partial<TaskFacts>): void;
  /** Ties a box to the words of an entry or a task; null when it is not there. */
  openWords(id: string): LiveWords | null;
  /** Others' carets in an entry or a task. Subscribes to them and to its words. */
  carets(id: string): readonly OthersCaret[];
  close(): void;
}

export interface NewTimelineEntry {
  readonly kind: EntryKind;
  readonly text: string;
  /** The instant it is about; now when left out. */
  readonly at?: number;
  readonly source?: PinSource;
}

export interface OthersCaret {
  readonly person: PersonId;
  readonly name: string;
  /** Six-digit hex. */
  readonly colour: string;
  /** In UTF-16 units. */
  readonly place: number;
}

/** Words that a box shows and several people write. */
export interface LiveWords {
  readonly text: string;
  /** Brings what differs in the box to the others. */
  write(value: string): void;
  /** An input method begins or ends a word; at the end with what the box reads. */
  compose(composing: boolean, value: string): void;
  /** Others wrote, or something was taken back: the new text, and where each place of the old one is in it. */
  onOthers(listener: (text: string, placeOf: (index: number) => number) => void): () => void;
  /** Shows the others where I am. */
  caret(anchor: number, head: number): void;
  undo(): void;
  redo(): void;
  close(): void;
}

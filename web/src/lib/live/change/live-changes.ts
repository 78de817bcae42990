import type { ChangeRules } from '@muster/documents/change';
import type {
  Change,
  ChangeAct,
  ChangeEvent,
  ChangeFacts,
  ConflictIndex,
  Dependencies,
  PlanDigests,
  TemplateAct,
} from '@muster/domain/change';
import type { Actor, ItemId, RecordId, Recorded, RefusalContent } from '@muster/domain/shared';
import type { SentCommand } from '../sent-command.ts';
import type { LiveGhosts } from './change-ghosts.ts';

/** A change as this device sees it: with its own acts that wait for the server folded in. */
export interface ChangeRow extends Change {
  /** What it is called until it has a number; stays valid. */
  readonly token: string;
  /** Own acts that the server has not answered. */
  readonly pending: number;
}

/** All changes that have not been over for long, and the rules that they go by; also without a network. */
export interface LiveChanges {
  readonly actor: Actor;
  /** Whether there is something true to show. */
  readonly loaded: boolean;
  /** In no order. Subscribes to all of them. */
  readonly all: readonly ChangeRow[];
  /** Subscribes to this one only. */
  get(id: RecordId): ChangeRow | undefined;
  /** Without subscribing. */
  peek(id: RecordId): ChangeRow | undefined;
  /** By number, by token, or by the digits of a number. */
  find(reference: string): RecordId | undefined;
  /** Models, policies, windows, templates with own acts folded in, and settings. Subscribes. */
  readonly rules: ChangeRules;
  /** What a decision looks at, with conflicts from `index`. Subscribes to the rules. */
  facts(): ChangeFacts;
  /** How things hang together; unlike `facts` it subscribes to nothing. */
  readonly dependencies: Dependencies;
  /** Where the changes stand in the calendar, kept with each of them. Does not subscribe. */
  readonly index: ConflictIndex;
  /** Changes that somebody is moving just now. */
  readonly ghosts: LiveGhosts;
  /** Of a service or an item; null where it is not known here. Subscribes. */
  itemName(id: ItemId): string | null;
  newId(): RecordId;
  /** The version without own acts that wait. */
  basisOf(id: RecordId): number;
  /**
   * Decides by the server's own rules; a refusal is answered at once and nothing is sent.
   */
  run(id: RecordId, act: ChangeAct, options?: RunOptions): SentCommand;
  /** Why the rules would refuse this just now; null when they would not. Subscribes to the change and the rules. */
  refusalOf(id: RecordId, act: ChangeAct): RefusalContent | null;
  runTemplate(id: RecordId, act: TemplateAct, basis?: number): SentCommand;
  openJournal(id: RecordId): LiveJournal<ChangeEvent>;
}

export interface RunOptions {
  /** The version that the author saw; the present one if left out. */
  readonly basis?: number;
  /** The plans as this device's room says them: the rules hear of them here as the server notes them before an act. */
  readonly plans?: PlanDigests;
}

/** The history of a change or a release, in the order of the server. */
export interface LiveJournal<Event> {
  readonly loaded: boolean;
  readonly events: readonly Recorded<Event>[];
  close(): void;
}

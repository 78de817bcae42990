/** What decisions about a known error look at beside it, and how they answer. */
import { SYSTEM, ok, permissionsOf } from '../../shared/index.ts';
import type {
  Actor,
  DecisionContext,
  Directory,
  Instant,
  ItemId,
  Permission,
  PersonId,
  RecordId,
  Recorded,
  Result,
  Tell,
  Verdict,
} from '../../shared/index.ts';
import type { KnowledgeEvent, KnowledgeEventOf } from './acts.ts';
import type { KnowledgeState, KnownError } from './known-error.ts';
import type { KnowledgeRefusal } from './refusals.ts';

/** What is written together of a known error or an article, as it stands at one moment. */
export interface ArticleText {
  /** Null for a text without a word. */
  readonly digest: string | null;
  readonly words: string;
  /** In the shape of the editor's JSON: rules look at none of it. */
  readonly body: readonly unknown[];
}

export const NO_TEXT: ArticleText = { digest: null, words: '', body: [] };

/** That it was used on a ticket. */
export interface TicketUse {
  readonly by: PersonId;
  readonly at: Instant;
}

export interface KnowledgeFacts {
  /** As it stands in this transaction; null where it is not at hand, so that only the server can tell. */
  readonly text: ArticleText | null;
  /** The state of another known error or article; undefined for none. */
  readonly stateOf: (id: RecordId) => KnowledgeState | undefined;
  /** Whether an act's author may read a ticket as staff, and whether it was used on it. */
  readonly ticket: (id: RecordId) => { readonly use: TicketUse | null } | undefined;
  /** What the act's author said of a version; null for nothing. */
  readonly ratedBy: (number: number) => boolean | null;
  /** Whether they ever said of a version that it did not help, whatever they said since. */
  readonly saidNo: (number: number) => boolean;
  readonly isItem: (id: ItemId) => boolean;
  readonly isProblem: (id: RecordId) => boolean;
}

export interface KnowledgeContext extends Pick<
  DecisionContext<KnownError, KnowledgeEvent>,
  'actor' | 'now' | 'target' | 'since' | 'directory'
> {
  readonly facts: KnowledgeFacts;
}

export interface KnowledgeCase {
  readonly it: KnownError;
  readonly context: KnowledgeContext;
  /** Events of other people that the author had not seen. */
  readonly unseen: readonly Recorded<KnowledgeEvent>[];
}

export type KnowledgeAnswer = Result<Verdict<KnowledgeEvent>, KnowledgeRefusal>;

export function yes(events: readonly KnowledgeEvent[], tell: readonly Tell[] = []): KnowledgeAnswer {
  return ok({ events, tell });
}

export function can({ id, permissions }: Actor, permission: Permission): boolean {
  return id === SYSTEM || permissions.has(permission);
}

/** Whoever works on problems reads all that is known, drafts too (PRB-61). */
export function canReadKnowledge(actor: Actor): boolean {
  return can(actor, 'problem.read');
}

/** Whether somebody who is named is there, active, and may do what they are named for. */
export function isFit(
  { people }: Pick<Directory, 'people'>,
  person: PersonId,
  permission: Permission,
): boolean {
  const known = people.get(person);
  return known?.active === true && permissionsOf(known.roles).has(permission);
}

/** The newest unseen event of these types. */
export function lastUnseen<Type extends KnowledgeEvent['type']>(
  { unseen }: Pick<KnowledgeCase, 'unseen'>,
  types: readonly Type[],
): Recorded<KnowledgeEventOf<Type>> | undefined {
  return unseen.findLast((recorded): recorded is Recorded<KnowledgeEventOf<Type>> =>
    (types as readonly string[]).includes(recorded.event.type),
  );
}

/** Who and when, for a refusal; nothing where the author had seen it. */
export function firstOf(recorded: Recorded<KnowledgeEvent> | undefined): {
  readonly by?: PersonId;
  readonly at?: Instant;
} {
  return recorded === undefined ? {} : { by: recorded.actor, at: recorded.at };
}

/** The same was done by somebody else meanwhile. */
export function alreadyDone({ event, actor, at }: Recorded<KnowledgeEvent>): KnowledgeAnswer {
  const { type, ...detail } = event;
  return ok({
    ...{ events: [], tell: [] },
    superseded: { by: { person: actor, at, what: type, detail }, reason: 'already-done' },
  });
}

/** What there is to hear of a known error or an article. */
export type KnowledgeNews = 'review' | 'back' | 'published' | 'over' | 'not-helped' | 'due';

/** News for people, each once, and for nobody of what they did themselves. */
export function tellOf(
  { it, context: { actor, now } }: Pick<KnowledgeCase, 'it' | 'context'>,
  what: KnowledgeNews,
  people: Iterable<PersonId | null>,
  facts: Readonly<Record<string, unknown>> = {},
): readonly Tell[] {
  return [...new Set(people)].flatMap((person): Tell[] =>
    person === null || person === actor.id || person === SYSTEM
      ? []
      : [{ person, kind: 'knowledge', detail: { what, title: it.title, by: actor.id, at: now, ...facts } }],
  );
}

/** Tells the author of an unseen value that it was replaced, with what is needed to put it back. */
export function tellReplaced(
  { context: { actor, now } }: Pick<KnowledgeCase, 'context'>,
  person: PersonId,
  detail: Readonly<Record<string, unknown>>,
): readonly Tell[] {
  return person === actor.id || person === SYSTEM
    ? []
    : [{ person, kind: 'replaced', detail: { ...detail, in: 'known-error', by: actor.id, at: now } }];
}

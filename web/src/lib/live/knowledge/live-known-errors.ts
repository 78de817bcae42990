import type { ProseNode } from '@muster/documents';
import type { HelpRow } from '@muster/documents/knowledge';
import type {
  AboutTicket,
  KnowledgeAct,
  KnowledgeEvent,
  KnowledgeFields,
  KnownError,
  Suggestion,
} from '@muster/domain/problem';
import type { Actor, RecordId, RefusalContent } from '@muster/domain/shared';
import type { LiveJournal } from '../change/live-changes.ts';
import type { SavedState } from '../../connection/held-document.ts';
import type { SentCommand } from '../sent-command.ts';

/** A known error or an article as this device sees it: with its own acts that wait for the server folded in. */
export interface KnownErrorRow extends KnownError {
  /** Own acts that the server has not answered. */
  readonly pending: number;
}

/** What a suggestion shows: the same for the staff and for everybody. */
export interface Suggested extends Suggestion {
  readonly title: string;
  readonly symptom: string;
  readonly workaround: string;
  /** The version that is published. */
  readonly number: number;
}

/** That something says nearly the same. */
export interface Similar {
  readonly id: RecordId;
  readonly words: readonly string[];
}

/** The text of one, for an editor to bind to. */
export interface LiveArticle {
  readonly loaded: boolean;
  /** Other objects after the text was read anew: bind again whenever they change. */
  readonly fragment: unknown;
  readonly awareness: unknown;
  readonly state: SavedState;
  /** The text as it stands, without subscribing. */
  content(): readonly ProseNode[];
  close(): void;
  /** Digest of the text as it stands here; null without a word. Subscribes. */
  readonly digest: string | null;
}

/** What is known of errors, and articles; also without a network. For whoever is not of the staff, what is for everybody. */
export interface LiveKnownErrors {
  readonly actor: Actor;
  /** Whether there is something true to show. */
  readonly loaded: boolean;
  /** In no order; none for whoever is not of the staff. Subscribes to all of them. */
  readonly all: readonly KnownErrorRow[];
  /** Subscribes to this one only. */
  get(id: RecordId): KnownErrorRow | undefined;
  /** What is published for everybody, in no order. Subscribes. */
  readonly help: readonly HelpRow[];
  newId(): RecordId;
  /** The version without own acts that wait. */
  basisOf(id: RecordId): number;
  /** Decides by the server's own rules; a refusal is answered at once and nothing is sent. */
  run(id: RecordId, act: KnowledgeAct, basis?: number): SentCommand;
  /** Why the rules would refuse this just now; null when they would not. Subscribes. */
  refusalOf(id: RecordId, act: KnowledgeAct): RefusalContent | null;
  openJournal(id: RecordId): LiveJournal<KnowledgeEvent>;
  openArticle(id: RecordId): LiveArticle;
  /** Those found by words, best first; without a network too. Subscribes to all of them. */
  search(words: string): readonly RecordId[];
  /** What to hold beside a ticket, best first. Subscribes to all of them. */
  suggest(about: AboutTicket, without: ReadonlySet<RecordId>): readonly Suggested[];
  /** Those that say nearly the same as what is being written, drafts too (PRB-64). Subscribes to all of them. */
  similar(
    fields: Pick<KnowledgeFields, 'title' | 'symptom' | 'errorCode'>,
    but: RecordId | null,
  ): readonly Similar[];
}

import type { Instant, RecordId } from '../../shared/index.ts';
import type { KnowledgeContent, KnowledgeFields, KnowledgeKind } from './known-error.ts';

/** What is asked for, as the command `known-error.<verb>` carries it. */
export type KnowledgeAct =
  | { readonly verb: 'create'; readonly kind: KnowledgeKind; readonly fields: KnowledgeFields }
  /** Of what is published it makes the next draft. */
  | { readonly verb: 'edit'; readonly fields: Partial<KnowledgeFields> }
  /** Begins the next draft of what is published, to write on its text. */
  | { readonly verb: 'revise' }
  /**
   * Drops the draft beside what is published: its fields and its text are those of the version again. `text` is the
   * digest of the text that its author had before them, null for none; without it nobody looked.
   */
  | { readonly verb: 'discard'; readonly text?: string | null | undefined }
  | { readonly verb: 'submit' }
  | { readonly verb: 'send-back'; readonly reason: string }
  /** `text` is the digest of the text that its author had before them; null for none. */
  | { readonly verb: 'publish'; readonly text: string | null }
  | { readonly verb: 'retire'; readonly reason: string }
  | { readonly verb: 'supersede'; readonly by: RecordId }
  /** It still holds: of what is published, without a next version. */
  | { readonly verb: 'extend'; readonly validUntil: Instant | null }
  /** Whether a version helped; once for each person, of which the last counts. */
  | { readonly verb: 'rate'; readonly number: number; readonly helped: boolean; readonly comment?: string }
  | { readonly verb: 'link'; readonly ticket: RecordId }
  | { readonly verb: 'unlink'; readonly ticket: RecordId }
  /** The system alone: the time for which it was said to hold is over. */
  | { readonly verb: 'note-due' };

export type KnowledgeVerb = KnowledgeAct['verb'];
export type KnowledgeActOf<Verb extends KnowledgeVerb> = Extract<KnowledgeAct, { readonly verb: Verb }>;

export type KnowledgeEvent =
  | { readonly type: 'created'; readonly kind: KnowledgeKind; readonly fields: KnowledgeFields }
  | {
      readonly type: 'edited';
      readonly fields: Partial<KnowledgeFields>;
      readonly before: Partial<KnowledgeFields>;
    }
  | { readonly type: 'draft-begun' }
  | { readonly type: 'draft-dropped' }
  | { readonly type: 'submitted' }
  | { readonly type: 'sent-back'; readonly reason: string }
  | {
      readonly type: 'published';
      readonly number: number;
      readonly content: KnowledgeContent;
      /** The text as it was then, in the shape of the editor's JSON, its words, and its digest. */
      readonly body: readonly unknown[];
      readonly excerpt: string;
      readonly text: string | null;
    }
  | { readonly type: 'retired'; readonly reason: string }
  | { readonly type: 'superseded'; readonly by: RecordId }
  | {
      readonly type: 'extended';
      readonly validUntil: Instant | null;
      readonly before: Instant | null;
      /** The draft beside it says an end of its own, which stays. */
      readonly keepsDraft?: true;
    }
  /** `before` is what the same person had said of this version. */
  | {
      readonly type: 'rated';
      readonly number: number;
      readonly helped: boolean;
      readonly comment: string | null;
      readonly before: boolean | null;
    }
  /** The ticket is told to nobody by the history: not everybody who reads this may read that. */
  | { readonly type: 'linked'; readonly ticket: RecordId | null }
  | { readonly type: 'unlinked'; readonly ticket: RecordId | null }
  | { readonly type: 'fell-due'; readonly validUntil: Instant };

export type KnowledgeEventOf<Type extends KnowledgeEvent['type']> = Extract<
  KnowledgeEvent,
  { readonly type: Type }
>;

/** An event as the history shows it: without the ticket that it names, which has readers of its own (PRB-59). */
export function asInHistory(event: KnowledgeEvent): KnowledgeEvent {
  return event.type === 'linked' || event.type === 'unlinked' ? { ...event, ticket: null } : event;
}

import { refuse } from '../../shared/index.ts';
import type { Instant, ItemId, PersonId, RecordId, ServiceId } from '../../shared/index.ts';
import type { KnowledgeKind, KnowledgeState } from './known-error.ts';

/** Who came first, where the author had not seen it. */
interface First {
  readonly by?: PersonId;
  readonly at?: Instant;
}

/** Why an act on a known error or an article is refused, with the facts that explain it. */
export interface KnowledgeRefusalFacts {
  'no-such-known-error': { readonly record: RecordId };
  'knowledge-not-permitted': { readonly permission: string };
  'knowledge-exists': { readonly record: RecordId };
  'knowledge-missing': { readonly field: string };
  'knowledge-field': { readonly field: string; readonly value: unknown };
  'knowledge-same': Record<never, never>;
  'knowledge-unknown-service': { readonly service: ServiceId };
  'knowledge-unknown-item': { readonly item: ItemId };
  'knowledge-unknown-problem': { readonly problem: RecordId };
  /** Not there, not active, or may not do what they are named for. */
  'knowledge-unknown-person': { readonly person: PersonId; readonly field: 'owner' | 'reviewers' };
  /** Nothing of what is superseded or retired is written any more. */
  'knowledge-over': { readonly state: KnowledgeState } & First;
  /** It is not in the state that the act is for. */
  'knowledge-moved': { readonly state: KnowledgeState; readonly draft: 'draft' | 'review' | null } & First;
  /** What a version of this kind may not be without (A8). */
  'knowledge-incomplete': { readonly kind: KnowledgeKind; readonly lacks: readonly string[] };
  /** Somebody altered it since its author read it. */
  'knowledge-altered': { readonly by: PersonId; readonly at: Instant };
  /** Somebody wrote in its text since its author read it. */
  'knowledge-text-moved': Record<never, never>;
  'knowledge-no-replacement': { readonly record: RecordId };
  'knowledge-other-version': { readonly number: number; readonly present: number | null };
  'knowledge-unknown-ticket': { readonly ticket: RecordId };
  'knowledge-not-linked': { readonly ticket: RecordId };
  'knowledge-not-due': { readonly validUntil: Instant | null };
}

export type KnowledgeRefusalReason = keyof KnowledgeRefusalFacts;

export type KnowledgeRefusal = { readonly code: `problem/${KnowledgeRefusalReason}` } & Readonly<
  Record<string, unknown>
>;

export function no<Reason extends KnowledgeRefusalReason>(
  reason: Reason,
  facts: KnowledgeRefusalFacts[Reason],
): { readonly ok: false; readonly refusal: KnowledgeRefusal } {
  const refusal: KnowledgeRefusal = { code: `problem/${reason}`, ...facts };
  return refuse(refusal);
}

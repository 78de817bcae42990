/** How a major incident of the demonstration is written down: acts and words by the minute since it was declared. */
import type { EntryKind, REVIEW_HEADINGS } from '@muster/documents';
import type { MajorRole, Severity, TicketAct } from '@muster/domain/shared';
import type { DemoTeamName } from '../organisation.ts';

/**
 * Who acts: the commander declares and leads; the others come from the service's team and the desk, whose lead is the
 * manager.
 */
export type Part = 'commander' | 'second' | 'expert' | 'scribe' | 'desk' | 'manager';

export interface MajorScene {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly service: string;
  readonly team: DemoTeamName;
  readonly severity: Severity;
  readonly startedMinutesAgo: number;
  /** The call that its acceptance begins, and who answers it when; left out where there was no chain yet. */
  readonly call?: readonly [minute: number, who: Part];
  readonly acts: readonly (readonly [minute: number, who: Part, act: TicketAct])[];
  readonly roles: readonly (readonly [minute: number, role: MajorRole, who: Part])[];
  readonly entries: readonly (readonly [minute: number, who: Part, kind: EntryKind, text: string])[];
  readonly tasks: readonly DemoTask[];
  /** What stands in the review under each heading that has words, written by the scribe. */
  readonly review: Readonly<Partial<Record<(typeof REVIEW_HEADINGS)[number], string>>>;
}

export interface DemoTask {
  readonly minute: number;
  readonly who: Part;
  readonly owner: Part;
  readonly text: string;
  /** What shows that it is done; null while it is not. */
  readonly evidence: string | null;
}

export const starts: TicketAct = { verb: 'transition', to: 'in_progress' };

export const phase = (
  to: 'investigating' | 'identified' | 'fixing' | 'monitoring' | 'learning',
): TicketAct => ({
  verb: 'move-phase',
  to,
});

export const resolves = (notes: string): TicketAct => ({
  verb: 'transition',
  to: 'resolved',
  code: 'fixed',
  notes,
});

export const says = (text: string): TicketAct => ({ verb: 'reply', text });

export const reviewed = (to: 'in_review' | 'reviewed' | 'closed'): TicketAct => ({ verb: 'move-review', to });

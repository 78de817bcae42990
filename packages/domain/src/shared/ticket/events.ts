import type { PersonId, RecordId, TeamId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { Priority } from '../priority.ts';
import type { TicketProcess } from '../process.ts';
import type { AlertEvent } from './alerts.ts';
import type { CallEvent } from './call.ts';
import type { EscalationEvent } from './escalation.ts';
import type { MajorEvent } from './major.ts';
import type { Restriction } from './restriction.ts';
import type { HoldReason, LinkKind, Resolution, Ticket, TicketFields } from './ticket.ts';

/** What happened to a ticket. Stored as `{type, data}`; `type` is unique over all processes with tickets. */
export type TicketEvent =
  | {
      readonly type: 'created';
      readonly process: TicketProcess;
      readonly number: string | null;
      readonly ticket: Pick<
        Ticket,
        | 'kind'
        | 'title'
        | 'impact'
        | 'urgency'
        | 'priority'
        | 'matrixVersion'
        | 'requester'
        | 'team'
        | 'service'
        | 'category'
        | 'channel'
        | 'tags'
        | 'restrictedTo'
      > &
        /** Absent when nobody is named. */
        Partial<Pick<Ticket, 'readers'>>;
      readonly description: string;
    }
  | { readonly type: 'claimed'; readonly owner: PersonId; readonly before: PersonId | null }
  | { readonly type: 'co-owned'; readonly person: PersonId }
  | { readonly type: 'handover-requested'; readonly owner: PersonId; readonly note: string }
  | {
      readonly type: 'assigned';
      readonly team: TeamId | null;
      readonly owner: PersonId | null;
      readonly before: { readonly team: TeamId | null; readonly owner: PersonId | null };
      readonly reason: string | null;
    }
  | {
      readonly type: 'transitioned';
      readonly from: string;
      readonly to: string;
      readonly holdReason: HoldReason | null;
      readonly reason: string | null;
      readonly resolution: Resolution | null;
    }
  | {
      readonly type: 'edited';
      readonly fields: Partial<TicketFields>;
      /** What the fields held; `priority` too when it moved, so that a raise can be told from a lowering. */
      readonly before: Partial<TicketFields> & { readonly priority?: Priority };
      /** Priority after the edit, when impact or urgency moved it. */
      readonly priority: Priority | null;
      readonly matrixVersion: number | null;
    }
  | {
      readonly type: 'priority-overridden';
      readonly priority: Priority;
      readonly before: Priority;
      readonly reason: string | null;
    }
  | { readonly type: 'linked'; readonly kind: LinkKind; readonly target: RecordId }
  | { readonly type: 'unlinked'; readonly kind: LinkKind; readonly target: RecordId }
  | {
      readonly type: 'items-named';
      readonly added: readonly RecordId[];
      readonly removed: readonly RecordId[];
    }
  | { readonly type: 'merged'; readonly into: RecordId }
  /** On the survivor: another ticket's work now continues here. */
  | { readonly type: 'absorbed'; readonly from: RecordId; readonly requester: PersonId }
  | { readonly type: 'commented'; readonly text: string; readonly draft: string | null }
  | {
      readonly type: 'replied';
      readonly text: string;
      readonly draft: string | null;
      readonly side: 'requester' | 'staff';
    }
  | { readonly type: 'watched'; readonly person: PersonId }
  | { readonly type: 'unwatched'; readonly person: PersonId }
  | {
      readonly type: 'restricted';
      readonly team: TeamId | null;
      readonly people: readonly PersonId[];
      readonly before: Restriction;
      readonly reason: string | null;
      /** Who co-owned or watched it and may read it no more. */
      readonly left: readonly PersonId[];
    }
  | { readonly type: 'snoozed'; readonly until: Instant }
  | { readonly type: 'unsnoozed' }
  | AlertEvent
  /** An import brought a state of the source that no rule of ours made. */
  | {
      readonly type: 'imported';
      readonly source: string;
      readonly externalId: string;
      readonly set: Partial<Ticket>;
      readonly raw?: Readonly<Record<string, string>>;
    }
  | EscalationEvent
  | CallEvent
  | MajorEvent;

export type TicketEventType = TicketEvent['type'];

/** Who may read an event: everybody who may read the record, or its staff only. */
export function audienceOf(event: TicketEvent): 'public' | 'staff' {
  switch (event.type) {
    case 'created':
    case 'claimed':
    case 'transitioned':
    case 'merged':
    case 'replied':
    case 'major-accepted':
    case 'major-demoted':
    case 'major-closed':
    case 'severity-set':
    case 'phase-moved':
      return 'public';
    default:
      return 'staff';
  }
}

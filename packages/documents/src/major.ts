import { MAJOR_PHASES, MAJOR_ROLES, MAJOR_STATES, REVIEW_STATES, SEVERITIES } from '@muster/domain/shared';
import type {
  CommandOffer,
  MajorEvent,
  MajorIncident,
  MajorRoleHolder,
  PersonId,
  PhaseStamp,
  RecordId,
  Review,
  ReviewAction,
  ReportsKept,
} from '@muster/domain/shared';
import { digit, flat, id, list, oneOf, optional, since, text, whole } from './codec.ts';
import type { Codec } from './codec.ts';

type DataOf<Type extends MajorEvent['type']> = Omit<Extract<MajorEvent, { readonly type: Type }>, 'type'>;

const person = id<PersonId>();
export const severity = digit(SEVERITIES);
const phase = oneOf(MAJOR_PHASES);
const role = oneOf(MAJOR_ROLES);
const reviewState = oneOf(REVIEW_STATES);
const record = id<RecordId>();

const review = flat<Review>({
  state: reviewState,
  since,
  actions: list(flat<ReviewAction>({ id: record, text, owner: person, dueAt: since })),
  reason: optional(text),
});

/** What a major incident adds to its row; its instants count from the row's base. */
export const majorIncident = flat<MajorIncident>({
  state: oneOf(MAJOR_STATES),
  severity,
  since,
  proposedBy: person,
  acceptedAt: optional(since),
  phases: list(flat<PhaseStamp>({ phase, at: since })),
  roles: list(flat<MajorRoleHolder>({ role, person, since })),
  endedAt: optional(since),
  offer: optional(flat<CommandOffer>({ to: person, by: person, at: since })),
  reason: optional(text),
  rule: optional(text),
  review: optional(review),
  reports: optional(flat<ReportsKept>({ count: whole, lastAt: optional(since), minutes: optional(whole) })),
});

/** The stored form of each event of a major incident. */
export const MAJOR_EVENT_DATA: { readonly [Type in MajorEvent['type']]: Codec<DataOf<Type>> } = {
  'major-proposed': flat<DataOf<'major-proposed'>>({
    severity,
    reason: optional(text),
    rule: optional(text),
  }),
  'major-accepted': flat<DataOf<'major-accepted'>>({ severity, commander: person }),
  'major-rejected': flat<DataOf<'major-rejected'>>({ reason: text }),
  'major-demoted': flat<DataOf<'major-demoted'>>({ reason: text }),
  'major-closed': flat<DataOf<'major-closed'>>({}),
  'severity-set': flat<DataOf<'severity-set'>>({ severity, before: severity }),
  'phase-moved': flat<DataOf<'phase-moved'>>({ phase, before: phase, reason: optional(text) }),
  'role-assigned': flat<DataOf<'role-assigned'>>({ role, person, before: optional(person) }),
  'role-renounced': flat<DataOf<'role-renounced'>>({ role, person }),
  'command-offered': flat<DataOf<'command-offered'>>({ to: person }),
  'command-declined': flat<DataOf<'command-declined'>>({ to: person }),
  'command-passed': flat<DataOf<'command-passed'>>({ to: person, before: person }),
  'review-begun': flat<DataOf<'review-begun'>>({}),
  'review-waived': flat<DataOf<'review-waived'>>({ reason: text }),
  'review-moved': flat<DataOf<'review-moved'>>({
    from: reviewState,
    to: reviewState,
    reason: optional(text),
  }),
  'review-action-added': flat<DataOf<'review-action-added'>>({
    action: record,
    text,
    owner: person,
    dueAt: whole,
  }),
  'review-action-dropped': flat<DataOf<'review-action-dropped'>>({ action: record, text }),
  'report-sent': flat<DataOf<'report-sent'>>({ conditions: text, actions: text, needs: text }),
  'report-interval-set': flat<DataOf<'report-interval-set'>>({
    minutes: optional(whole),
    before: optional(whole),
  }),
};

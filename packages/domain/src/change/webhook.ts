/** What a webhook is told of a change: that it was made, went on, or has the approvals it needs. */
import type { ChangeWebhookKind, PersonId } from '../shared/index.ts';
import { outcomeOf } from './approval/ask.ts';
import type { Change } from './change.ts';
import type { ChangeEvent } from './events.ts';

/** What of a change leaves the house: nothing of its plans, its votes or its tasks. */
const SENT_FIELDS = [
  'id',
  'number',
  'version',
  'model',
  'title',
  'state',
  'items',
  'begins',
  'ends',
  'outage',
  'team',
  'owner',
  'result',
  'madeBy',
  'madeAt',
  'updatedAt',
  'startedAt',
  'endedAt',
  'closedAt',
] as const satisfies readonly (keyof Change)[];

export interface SentChange extends Pick<Change, (typeof SENT_FIELDS)[number]> {
  readonly process: 'change';
  readonly risk: NonNullable<Change['risk']>['level'] | null;
}

export interface ChangeWebhookContent {
  readonly type: ChangeWebhookKind;
  readonly data: { readonly record: SentChange; readonly by: PersonId };
  /** What held before of the fields that changed; null for a new change. */
  readonly previous: Partial<SentChange> | null;
}

/** Null for an event that no webhook is told of. */
export function changeWebhook(
  before: Change | null,
  after: Change,
  event: ChangeEvent,
  by: PersonId,
): ChangeWebhookContent | null {
  const type = kindOf(before, after, event);
  if (type === null) return null;
  const record = sentOf(after);
  return { type, data: { record, by }, previous: before === null ? null : differing(sentOf(before), record) };
}

function kindOf(before: Change | null, after: Change, event: ChangeEvent): ChangeWebhookKind | null {
  if (event.type === 'created') return 'change.created';
  if (event.type === 'moved') return 'change.moved';
  const isNews = event.type === 'voted' && before !== null && !isApproved(before) && isApproved(after);
  return isNews ? 'change.approved' : null;
}

function isApproved(change: Change): boolean {
  const { requirements } = change;
  return requirements.length > 0 && requirements.every((each) => outcomeOf(each, change) === 'approved');
}

function sentOf(change: Change): SentChange {
  const plain = Object.fromEntries(SENT_FIELDS.map((field) => [field, change[field]]));
  return {
    process: 'change',
    ...(plain as Pick<Change, (typeof SENT_FIELDS)[number]>),
    risk: change.risk?.level ?? null,
  };
}

function differing(before: SentChange, after: SentChange): Partial<SentChange> {
  const changed = (Object.keys(before) as (keyof SentChange)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  return Object.fromEntries(changed.map((field) => [field, before[field]]));
}

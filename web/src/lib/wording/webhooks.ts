/** Words for events that go to other systems. */
import type { WebhookKind } from '@muster/domain/shared';
import { WEBHOOK_KINDS } from '@muster/domain/shared';

interface KindWords {
  readonly label: string;
  readonly hint: string;
}

export const WEBHOOK_KIND_WORDS: Readonly<Record<WebhookKind, KindWords>> = {
  'record.created': { label: 'New records', hint: 'A request or incident was made' },
  'record.assigned': { label: 'Assignments', hint: 'Somebody took it, or it was given to a team or person' },
  'record.moved': { label: 'Steps', hint: 'It went from one state to another' },
  'record.edited': { label: 'Fields', hint: 'Its title, impact, service or another field changed' },
  'record.replied': { label: 'Replies', hint: 'A public reply, with its words' },
  'record.escalated': { label: 'Escalations', hint: 'It was escalated, or that ended' },
  'record.threshold-passed': { label: 'Targets', hint: 'A target is nearly or wholly used up' },
  'record.merged': { label: 'Merges', hint: 'It goes on in another record' },
  'major.declared': { label: 'Major incident declared', hint: 'The response began' },
  'major.changed': { label: 'Major incident changed', hint: 'Another severity or phase' },
  'major.ended': { label: 'Major incident ended', hint: 'It was closed, or is none after all' },
  'change.created': { label: 'New changes', hint: 'A change was written down' },
  'change.moved': { label: 'Steps of changes', hint: 'A change went from one state to another' },
  'change.approved': { label: 'Approved changes', hint: 'A change has the approvals that it needs' },
};

/** What a delivery is about, in the log of a webhook. */
export function webhookTypeWords(type: string): string {
  if (type === 'webhook.test') return 'A test';
  const kind = WEBHOOK_KINDS.find((one) => one === type);
  return kind === undefined ? type : WEBHOOK_KIND_WORDS[kind].label;
}

import type { Instant, RecordId, RecordProcess, Tell, Ticket } from '@muster/domain/shared';
import { RECORD_PROCESSES } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { facts, flat, id, oneOf, optional, whole } from './codec.ts';
import { sift, versioned } from './nonconforming.ts';
import type { Nonconforming } from './nonconforming.ts';
import { decodeRow, encodeRow } from './ticket-row.ts';

/**
 * What a `Tell` says, that a command of the person's was refused or came too late, or, to administrators, that a
 * webhook was switched off. The set grows at its end.
 */
export const INBOX_KINDS = [
  'replaced',
  'handover-requested',
  'mentioned',
  'assigned',
  'replied',
  'reopened',
  'refused',
  'superseded',
  'major-proposed',
  'command-offered',
  'command-passed',
  'role-assigned',
  'escalated',
  'threshold-passed',
  'report-due',
  'swap-asked',
  'swap-answered',
  'shift-changed',
  'webhook-off',
  'called',
  'call-over',
  'call-used-up',
  'approval-asked',
  'approval-void',
  'approval-expired',
  'change-approved',
  'change-rejected',
  'change-scheduled',
  'change-task',
  'backout-offered',
  'board-item',
  'go-asked',
  'no-go',
  'step-assigned',
  'step-next',
  'no-return',
  'release-alarm',
  'rolling-back',
  'rolled-back',
  'retirement-asked',
  'knowledge',
  'problem-item',
  'values-kept',
  'item-review',
] as const satisfies readonly (Tell['kind'] | 'refused' | 'superseded' | 'webhook-off')[];

export type InboxKind = (typeof INBOX_KINDS)[number];

export interface InboxItem {
  /** Unique in this inbox; derived from its cause, so that telling twice changes nothing. */
  readonly id: string;
  readonly at: Instant;
  readonly kind: InboxKind;
  readonly process: RecordProcess | null;
  readonly record: RecordId | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface ReadInboxItem extends InboxItem {
  readonly read: boolean;
}

/** Items beyond this number fall off at the old end. */
export const INBOX_KEEPS = 500;
/** And those beyond this many characters of particulars, however few they are. */
export const INBOX_KEEPS_CHARACTERS = 1_000_000;

/** 2: kinds of major incidents and escalations. 3: those of shifts, webhooks and calls. 4: those of changes and releases. 5: of items and knowledge. 6: of problems. 7: of planned values. 8: of what owners of items are asked. */
export const inboxItem = versioned(
  8,
  flat<InboxItem>({
    id: id<string>(),
    at: whole,
    kind: oneOf(INBOX_KINDS),
    process: optional(oneOf(RECORD_PROCESSES)),
    record: optional(id<RecordId>()),
    detail: facts,
  }),
  1,
);

/** Appends an item unless its id is there, and lets the oldest go beyond what an inbox keeps. The server alone writes. */
export function appendInboxItem(doc: Y.Doc, item: InboxItem): void {
  const items = doc.getArray('items');
  if (readInbox(doc).items.some((there) => there.id === item.id)) return;
  items.push([inboxItem.encode(item)]);
  const surplus = items.length - kept(items.toArray());
  if (surplus <= 0) return;
  const read = doc.getMap('read');
  for (const old of items.slice(0, surplus)) {
    const decoded = inboxItem.decode('items', old);
    if (!('nonconforming' in decoded)) read.delete(decoded.id);
  }
  items.delete(0, surplus);
}

/** How many of the newest stay: the newest itself whatever its size. */
function kept(items: readonly unknown[]): number {
  let count = 0;
  let characters = 0;
  for (const each of items.toReversed()) {
    characters += JSON.stringify(each).length;
    if (count === INBOX_KEEPS || (count > 0 && characters > INBOX_KEEPS_CHARACTERS)) break;
    count += 1;
  }
  return count;
}

/** Marks items read. Runs in the command `inbox.read`. */
export function markInboxRead(doc: Y.Doc, ids: readonly string[], at: Instant): void {
  const read = doc.getMap('read');
  for (const each of ids) if (!read.has(each)) read.set(each, at);
}

/** What the person said to have read beside the items, by keys of the form `<what>:<which>`: announcements so far. */
export function readReadings(doc: Y.Doc): ReadonlySet<string> {
  return new Set([...doc.getMap('read').keys()].filter((key) => key.startsWith('announcement:')));
}

/** Shows a requester a ticket of theirs as it stands now. */
export function writeRequest(doc: Y.Doc, ticket: Ticket): void {
  doc.getMap('requests').set(ticket.id, encodeRow(ticket));
}

export function removeRequest(doc: Y.Doc, record: RecordId): void {
  doc.getMap('requests').delete(record);
}

/** Items oldest first, and the person's own requests in no order. */
export function readInbox(doc: Y.Doc): {
  readonly items: readonly ReadInboxItem[];
  readonly requests: readonly Ticket[];
  readonly nonconforming: readonly Nonconforming[];
} {
  const read = doc.getMap('read');
  const requests = doc.getMap('requests');
  const items = sift(
    doc
      .getArray('items')
      .toArray()
      .map((value, index) => inboxItem.decode(`items.${index}`, value)),
  );
  const tickets = sift(Array.from(requests.keys(), (key) => decodeRow(key, requests.get(key))));
  return {
    items: items.conforming.map((item) => ({ ...item, read: read.has(item.id) })),
    requests: tickets.conforming,
    nonconforming: [...items.nonconforming, ...tickets.nonconforming],
  };
}

import type {
  Channel,
  HoldReason,
  Level,
  LinkKind,
  Priority,
  TicketKind,
  TicketProcess,
} from '@muster/domain/shared';

export const PRIORITY_NAMES: Readonly<Record<Priority, string>> = {
  1: 'Critical',
  2: 'High',
  3: 'Moderate',
  4: 'Low',
  5: 'Planning',
};

export const IMPACT_NAMES: Readonly<Record<Level, string>> = {
  1: 'High: many people or a whole service',
  2: 'Medium: a team or a part of a service',
  3: 'Low: one person',
};

export const URGENCY_NAMES: Readonly<Record<Level, string>> = {
  1: 'High: work has stopped',
  2: 'Medium: work is hindered',
  3: 'Low: it can wait',
};

export const LEVEL_NAMES: Readonly<Record<Level, string>> = { 1: 'High', 2: 'Medium', 3: 'Low' };

export const HOLD_NAMES: Readonly<Record<HoldReason, string>> = {
  caller: 'Waiting for the caller',
  change: 'Waiting for a change',
  problem: 'Waiting for a problem',
  vendor: 'Waiting for a vendor',
};

export const KIND_NAMES: Readonly<Record<TicketKind, string>> = {
  request: 'Request',
  complaint: 'Complaint',
  setback: 'Setback',
  question: 'Question',
  incident: 'Incident',
};

export const CHANNEL_NAMES: Readonly<Record<Channel, string>> = {
  portal: 'Portal',
  phone: 'Phone',
  email: 'E-mail',
  chat: 'Chat',
  alert: 'Alert',
  import: 'Import',
  desk: 'At the desk',
};

/** How this record stands to the other one. */
export const LINK_NAMES: Readonly<Record<LinkKind, string>> = {
  parent: 'Parent',
  child: 'Child',
  duplicate: 'Duplicate of',
  related: 'Related to',
  'caused-by': 'Caused by',
  causes: 'Causes',
};

export const PROCESS_NAMES: Readonly<Record<TicketProcess, string>> = {
  desk: 'Request',
  incident: 'Incident',
};

export const FIELD_LABELS: Readonly<Record<string, string>> = {
  title: 'Title',
  kind: 'Kind',
  impact: 'Impact',
  urgency: 'Urgency',
  priority: 'Priority',
  service: 'Service',
  category: 'Category',
  tags: 'Tags',
  team: 'Team',
  owner: 'Owner',
  requester: 'Requester',
};

/** How a ticket was resolved. The words are the codes: they are stored and read as they stand. */
export const RESOLUTION_CODES: readonly { readonly value: string; readonly label: string }[] = [
  'Solved',
  'Solved by a workaround',
  'Answered',
  'Delivered',
  'Not reproducible',
  'Caused by the caller',
  'Duplicate',
  'Solved by the caller',
  'Not solved',
].map((code) => ({ value: code, label: code }));

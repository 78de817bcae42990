import type { DocumentKind } from '@muster/documents';
import type { ColumnType, Generated } from 'kysely';
import type {
  AlertIntakeTable,
  AlertIntegrationTable,
  AlertMalformedTable,
  AlertReceivedTable,
  AlertTable,
} from './schema-alerts.ts';
import type {
  AnnouncementMailTable,
  ChannelChoiceTable,
  ChannelHealthTable,
  DeliveryTable,
  PushDeviceTable,
  PushKeyTable,
  StatusSubscriberTable,
} from './schema-channels.ts';
import type { ChangeItemTable, ChangeTable, ChangeTemplateTable, ChangeTextTable } from './schema-changes.ts';
import type { ChangeBoardTable, ChangeMeetingTable } from './schema-meetings.ts';
import type { DeploymentTable, GateAskTable, ReleaseTable, ReleaseTextTable } from './schema-releases.ts';
import type {
  AccountTable,
  ApiKeyTable,
  InvitationTable,
  PersonTable,
  ServiceTable,
  SessionTable,
  TeamMemberTable,
  TeamTable,
} from './schema-people.ts';
import type { WebhookDeliveryTable, WebhookTable } from './schema-webhooks.ts';

/**
 * Kysely's view of the tables that the store's migrations make. Times are epoch milliseconds, flags are 0 or 1,
 * columns marked JSON hold text. Of the sign-in library's tables only those that our queries read are here.
 */
export interface Database {
  instance: InstanceTable;
  restore: RestoreTable;
  number_gap: NumberGapTable;
  document: DocumentTable;
  document_update: DocumentUpdateTable;
  document_snapshot: DocumentSnapshotTable;
  room_segment: RoomSegmentTable;
  room_checkpoint: RoomCheckpointTable;
  client_binding: ClientBindingTable;
  rejected_update: RejectedUpdateTable;
  command: CommandTable;
  event: EventTable;
  record: RecordTable;
  record_text: RecordTextTable;
  alias: AliasTable;
  counter: CounterTable;
  inbox_item: InboxItemTable;
  person: PersonTable;
  team: TeamTable;
  team_member: TeamMemberTable;
  service: ServiceTable;
  setting: SettingTable;
  invitation: InvitationTable;
  api_key: ApiKeyTable;
  announcement: AnnouncementTable;
  announcement_event: AnnouncementEventTable;
  announcement_reader: AnnouncementReaderTable;
  schedule: ScheduleTable;
  schedule_event: ScheduleEventTable;
  calendar_address: CalendarAddressTable;
  change: ChangeTable;
  change_text: ChangeTextTable;
  change_item: ChangeItemTable;
  change_template: ChangeTemplateTable;
  change_board: ChangeBoardTable;
  change_meeting: ChangeMeetingTable;
  release: ReleaseTable;
  release_text: ReleaseTextTable;
  deployment: DeploymentTable;
  gate_ask: GateAskTable;
  announcement_mail: AnnouncementMailTable;
  status_subscriber: StatusSubscriberTable;
  session: SessionTable;
  account: AccountTable;
  alert_integration: AlertIntegrationTable;
  alert_intake: AlertIntakeTable;
  alert_malformed: AlertMalformedTable;
  alert_received: AlertReceivedTable;
  alert: AlertTable;
  delivery: DeliveryTable;
  channel_choice: ChannelChoiceTable;
  channel_health: ChannelHealthTable;
  push_device: PushDeviceTable;
  push_key: PushKeyTable;
  webhook: WebhookTable;
  webhook_delivery: WebhookDeliveryTable;
}

/** One row: which store this is and how far it has come. See sqlite/instance.ts for what the marker beside it does. */
export interface InstanceTable {
  id: number;
  name: string;
  /** Counts restores from 1. Documents of an older generation are read again from the start by their readers. */
  generation: number;
  /** Counts group commits, so that a file put back from a copy is seen to be behind its marker. */
  commits: number;
  /** The last event of the chain and its hash, kept apart from it. */
  chain_seq: Generated<number>;
  chain_hash: Generated<string>;
  /** Set inside a backup file only: opening one is a restore. */
  backup_taken_at: number | null;
  last_backup_at: number | null;
  /** Name of the time since the last restore; see RestoreTable. */
  era: string;
}

/** One time that the store was put back from a copy; the line of the audit for it. */
export interface RestoreTable {
  /** The generation that began. */
  generation: number;
  /** A name that no other restore has, also of the same backup elsewhere. */
  era: string;
  at: number;
  /** When the copy was made; null when it does not say. */
  backup_taken_at: number | null;
  /** The last event that this history has in common with the one that was replaced. */
  event_seq: number;
}

/** Numbers that may have been given in the time that a restore lost: given to nobody but the records that had them. */
export interface NumberGapTable {
  process: string;
  year: number;
  first: number;
  last: number;
  generation: number;
}

export interface DocumentTable {
  name: string;
  kind: DocumentKind;
  /** The name without its epoch; all epochs of one board share it. */
  base: string;
  epoch: number;
  server_client_id: number;
  layout: number;
  /** Team that alone may read it; boards of a team only. */
  restricted_to: string | null;
  snapshot_seq: Generated<number>;
  head_seq: Generated<number>;
  /** Bytes of the newest snapshot and all updates after it. */
  bytes: Generated<number>;
  made_at: number;
  frozen_at: number | null;
  /** Set when a checksum failed: readable as far as it verifies, never writable. */
  damaged_at: number | null;
  failed_compactions: Generated<number>;
  /** Rooms: up to here the text is in the index. */
  indexed_seq: Generated<number>;
}

export interface DocumentUpdateTable {
  name: string;
  seq: number;
  person: string;
  session: string;
  bin: Uint8Array;
  /** CRC-32 of the whole row; see sqlite/row-sums.ts. */
  crc: number;
  at: number;
  /** 1 when it was brought back after a restore and may hold what others wrote; `person` is who brought it. */
  recovered: Generated<number>;
}

export interface DocumentSnapshotTable {
  name: string;
  /** The snapshot holds all updates up to this one. */
  seq: number;
  bin: Uint8Array;
  /** Of the whole row, as in the tables after it; see sqlite/row-sums.ts. */
  sha256: string;
  at: number;
}

/** Updates of a room that were kept raw for their time: see replay/segment.ts for what `bin` holds. */
export interface RoomSegmentTable {
  name: string;
  from_seq: number;
  to_seq: number;
  /** The least and the greatest time of its updates. */
  first_at: number;
  last_at: number;
  bin: Uint8Array;
  sha256: string;
}

/** A room at a sequence with who wrote what. Everything in it can be made again from segments and updates. */
export interface RoomCheckpointTable {
  name: string;
  seq: number;
  at: number;
  /** A Yjs update. */
  state: Uint8Array;
  /** See replay/checkpoint.ts; empty where a log was pruned before rooms were kept. */
  authors: Uint8Array;
  sha256: string;
}

export interface ClientBindingTable {
  name: string;
  client_id: number;
  person: string;
}

export interface RejectedUpdateTable {
  id: Generated<number>;
  name: string;
  person: string;
  bin: Uint8Array;
  code: string;
  at: number;
}

export interface CommandTable {
  id: string;
  person: string;
  type: string;
  target: string;
  /** JSON, canonical. */
  args: string;
  /** JSON of the outcome without the id. */
  outcome: string;
  at: number;
}

export interface EventTable {
  seq: number;
  record: string;
  /** Counts the events of its record from 1. */
  version: number;
  type: string;
  /** JSON, canonical: the whole event with its type. */
  data: string;
  actor: string;
  at: number;
  client_at: number;
  /** SHA-256, hex, of the event before it; 64 zeros for the first. */
  prev_hash: string;
  hash: string;
}

export interface RecordTable {
  /** Row id of the record's entry in `record_text`. */
  key: Generated<number>;
  id: string;
  process: string;
  number: string | null;
  version: number;
  state: string;
  title: string;
  kind: string;
  priority: number;
  impact: number;
  urgency: number;
  requester: string;
  team: string | null;
  owner: string | null;
  service: string | null;
  category: string | null;
  channel: string;
  restricted_to: string | null;
  /** JSON: who is named as a reader; null when nobody is. */
  readers: string | null;
  created_at: number;
  updated_at: number;
  resolved_at: number | null;
  closed_at: number | null;
  snoozed_until: number | null;
  merged_into: string | null;
  /** Where it stands as a major incident, and how severe; null for what never was proposed as one. */
  major: string | null;
  severity: number | null;
  /** 1 while one of its calls goes on. */
  calling: Generated<number>;
  source: string | null;
  external_id: string | null;
  /** SHA-256 of the imported history and how many of the record's first events came with it. */
  import_hash: string | null;
  import_events: number | null;
  /** 1 while the record has a row on its board. */
  live: number;
  /** JSON: the whole Ticket. */
  data: string;
}

/** Full-text index over records; its row id is `record.key`. `notes` is for staff only. */
export interface RecordTextTable {
  rowid: ColumnType<number, number, never>;
  number: string;
  title: string;
  description: string;
  conversation: string;
  notes: string;
  /** What staff write together in the room. */
  room: string;
}

/** Another name of a record that stays valid for ever: the token shown before there was a number. */
export interface AliasTable {
  token: string;
  record: string;
}

export interface CounterTable {
  process: string;
  year: number;
  next: number;
}

/** What the inbox document of a person is made from. */
export interface InboxItemTable {
  id: string;
  person: string;
  at: number;
  kind: string;
  process: string | null;
  record: string | null;
  /** JSON. */
  detail: string;
  read_at: number | null;
}

/** Rules kept as data. See settings.ts for the keys that the store itself reads. */
export interface SettingTable {
  key: string;
  /** JSON. */
  value: string;
  updated_at: number;
}

/** An announcement of an outage. The notice document is made from those that are published. */
export interface AnnouncementTable {
  id: string;
  version: number;
  state: string;
  published_at: number | null;
  ended_at: number | null;
  /** 1 when people who are not signed in may read it. */
  public: number;
  /** JSON: the ids of the teams whose members alone are told; null when everybody is. */
  audience: string | null;
  /** JSON: Announcement. */
  data: string;
}

export interface AnnouncementEventTable {
  seq: Generated<number>;
  announcement: string;
  version: number;
  /** JSON: AnnouncementEvent. */
  data: string;
  actor: string;
  at: number;
  client_at: number;
}

/** An on-call schedule. The document `oncall` is made from those that were not removed. */
export interface ScheduleTable {
  id: string;
  version: number;
  removed_at: number | null;
  /** JSON: Schedule. */
  data: string;
}

export interface ScheduleEventTable {
  seq: Generated<number>;
  schedule: string;
  version: number;
  /** JSON: ScheduleEvent. */
  data: string;
  actor: string;
  at: number;
  client_at: number;
}

/** A secret address under which a calendar reads shifts without signing in: one schedule's, or its person's own. */
export interface CalendarAddressTable {
  id: string;
  /** Who made it; what it shows is what they may see when it is asked for. */
  person: string;
  /** What it shows. */
  about: Generated<'shifts' | 'changes'>;
  /** Null for the shifts of its person in all schedules, and for changes. */
  schedule: string | null;
  /** SHA-256, hex, of the secret: the address itself is shown once and kept nowhere. */
  hash: string;
  made_at: number;
  used_at: number | null;
}

/** Who has read which revision, and when they first said so. */
export interface AnnouncementReaderTable {
  announcement: string;
  revision: number;
  person: string;
  at: number;
}

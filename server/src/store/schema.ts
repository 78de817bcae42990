import type {
  AlertIntakeTable,
  AlertIntegrationTable,
  AlertMalformedTable,
  AlertKeptTable,
  AlertReceivedTable,
  AlertTable,
} from './schema-alerts.ts';
import type {
  AnnouncementEventTable,
  AnnouncementReaderTable,
  AnnouncementTable,
} from './schema-announcements.ts';
import type {
  CausedIncidentTable,
  ChangeItemTable,
  ChangeTable,
  ChangeTemplateTable,
  ChangeTextTable,
} from './schema-changes.ts';
import type {
  AnnouncementMailTable,
  ChannelChoiceTable,
  ChannelHealthTable,
  DeliveryTable,
  PushDeviceTable,
  PushKeyTable,
  StatusSubscriberTable,
} from './schema-channels.ts';
import type {
  ClientBindingTable,
  DocumentSnapshotTable,
  DocumentTable,
  DocumentUpdateTable,
  RejectedUpdateTable,
  RoomCheckpointTable,
  RoomSegmentTable,
} from './schema-documents.ts';
import type { InstanceTable, NumberGapTable, RestoreTable, SettingTable } from './schema-instance.ts';
import type {
  KnownErrorRatingTable,
  KnownErrorTable,
  KnownErrorTextTable,
  KnownErrorUseTable,
  KnownErrorVersionTable,
} from './schema-known-errors.ts';
import type {
  ConfigurationBaselineTable,
  ConfigurationItemTable,
  ConfigurationOriginTable,
  ConfigurationRelationTable,
  ConfigurationRulesTable,
} from './schema-configuration.ts';
import type { ProblemIncidentTable, ProblemTable, ProblemTextTable } from './schema-problems.ts';
import type { ChangeBoardTable, ChangeMeetingTable } from './schema-meetings.ts';
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
import type {
  AliasTable,
  CommandTable,
  CounterTable,
  EventTable,
  InboxItemTable,
  RecordTable,
  RecordItemTable,
  RecordTextTable,
} from './schema-records.ts';
import type { DeploymentTable, GateAskTable, ReleaseTable, ReleaseTextTable } from './schema-releases.ts';
import type { CalendarAddressTable, ScheduleEventTable, ScheduleTable } from './schema-schedules.ts';
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
  record_item: RecordItemTable;
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
  caused_incident: CausedIncidentTable;
  change_item: ChangeItemTable;
  change_template: ChangeTemplateTable;
  change_board: ChangeBoardTable;
  change_meeting: ChangeMeetingTable;
  configuration_baseline: ConfigurationBaselineTable;
  configuration_item: ConfigurationItemTable;
  configuration_origin: ConfigurationOriginTable;
  configuration_relation: ConfigurationRelationTable;
  configuration_rules: ConfigurationRulesTable;
  problem: ProblemTable;
  problem_incident: ProblemIncidentTable;
  problem_text: ProblemTextTable;
  known_error: KnownErrorTable;
  known_error_version: KnownErrorVersionTable;
  known_error_rating: KnownErrorRatingTable;
  known_error_use: KnownErrorUseTable;
  known_error_text: KnownErrorTextTable;
  help_text: KnownErrorTextTable;
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
  alert_kept: AlertKeptTable;
  alert: AlertTable;
  delivery: DeliveryTable;
  channel_choice: ChannelChoiceTable;
  channel_health: ChannelHealthTable;
  push_device: PushDeviceTable;
  push_key: PushKeyTable;
  webhook: WebhookTable;
  webhook_delivery: WebhookDeliveryTable;
}

/** For tests of migrations: a store put back to how it was before some of them. Nothing here is used when serving. */
import type Sqlite from 'better-sqlite3';
import { addMigrationFunctions } from './sql-functions.ts';

/** Before 0011 there were no announcements, and a table for them that was never used. */
function putBackAnnouncements(raw: Sqlite.Database): void {
  raw.exec(`
    drop table announcement_reader;
    drop table announcement_event;
    drop table announcement;
    create table notice (
      id text primary key, kind text not null, title text not null, text text not null,
      service text references service (id), at integer not null, until integer, made_by text not null
    ) strict, without rowid;
    delete from kysely_migration where name >= '0011';
  `);
}

/** Before 0017 nobody was on call. */
function putBackSchedules(raw: Sqlite.Database): void {
  for (const table of ['calendar_address', 'schedule_event', 'schedule']) raw.exec(`drop table ${table}`);
  raw.exec(`
    drop index document_by_kind;
    create index document_by_kind on document (kind) where kind in ('board', 'directory', 'notice');
  `);
}

/** Before 0020 nobody's system was told of anything. */
function putBackWebhooks(raw: Sqlite.Database): void {
  for (const table of ['webhook_delivery', 'webhook']) raw.exec(`drop table ${table}`);
}

/** Before 0021 every announcement was for everybody, and none went by mail. */
export function putBackAudiences(raw: Sqlite.Database): void {
  putBackChangeItems(raw);
  putBackChangeCalendars(raw);
  putBackReleases(raw);
  putBackChanges(raw);
  putBackReceivedAlerts(raw);
  raw.exec(`
    drop table status_subscriber;
    drop table announcement_mail;
    drop index delivery_next;
    create index delivery_due on delivery (state, next_at);
    alter table delivery drop column subscriber;
    alter table delivery drop column notice;
    alter table delivery drop column rank;
    alter table announcement drop column audience;
    update announcement set data = json_set(json_remove(data, '$.audience'), '$.told', json((
      select json_group_array(json_remove(told.value, '$.before')) from json_each(data, '$.told') as told)));
    update announcement_event set data = json_remove(data, '$.fields.audience') where data ->> '$.type' = 'created';
    delete from kysely_migration where name >= '0021';
  `);
}

/** Before 0019 no device was told. */
function putBackDevices(raw: Sqlite.Database): void {
  for (const table of ['push_device', 'push_key']) raw.exec(`drop table ${table}`);
}

/** Before 0016 nothing went out by mail. */
function putBackDeliveries(raw: Sqlite.Database): void {
  putBackWebhooks(raw);
  putBackDevices(raw);
  for (const table of ['delivery', 'channel_choice', 'channel_health']) raw.exec(`drop table ${table}`);
  raw.exec(`drop index inbox_item_by_record`);
}

/** Before 0039 nothing was known beside the records. */
function putBackKnownErrors(raw: Sqlite.Database): void {
  putBackTrends(raw);
  for (const table of ['version', 'rating', 'use', 'text'].map((each) => `known_error_${each}`))
    raw.exec(`drop table ${table}`);
  raw.exec(`
    drop table help_text;
    drop table known_error;
    delete from document where kind in ('knowledge-board', 'help-board', 'article');
    drop index document_by_kind;
    create index document_by_kind on document (kind)
     where kind in (
       'board', 'directory', 'notice', 'oncall', 'change-board', 'release-board', 'problem-board',
       'meeting-board', 'rules', 'configuration-board', 'configuration-rules'
     );
  `);
}

/** Before 0036 there were no problems. */
function putBackProblems(raw: Sqlite.Database): void {
  putBackKnownErrors(raw);
  for (const table of ['problem_text', 'problem_incident', 'problem']) raw.exec(`drop table ${table}`);
  raw.exec(`
    delete from document where kind = 'problem-board';
    drop index document_by_kind;
    create index document_by_kind on document (kind)
     where kind in (
       'board', 'directory', 'notice', 'oncall', 'change-board', 'release-board', 'meeting-board', 'rules',
       'configuration-board', 'configuration-rules'
     );
  `);
}

/** Before 0032 no item was kept. */
function putBackConfiguration(raw: Sqlite.Database): void {
  putBackProblems(raw);
  for (const table of ['item', 'relation', 'rules']) raw.exec(`drop table configuration_${table}`);
  raw.exec(`
    delete from document where kind in ('configuration-board', 'configuration-rules');
    drop index document_by_kind;
    create index document_by_kind on document (kind)
     where kind in (
       'board', 'directory', 'notice', 'oncall', 'change-board', 'release-board', 'meeting-board', 'rules'
     );
  `);
}

/** Before 0048 nobody remembered what fired under a silence. */
function putBackKeptAlerts(raw: Sqlite.Database): void {
  raw.exec('drop table alert_kept');
}

/** Before 0047 no symptom was kept, and the index of trends did not hold all that they ask for. */
export function putBackSymptoms(raw: Sqlite.Database): void {
  putBackKeptAlerts(raw);
  raw.exec(`
    drop index record_trend;
    alter table record drop column symptom;
    create index record_trend on record (
      process, created_at, service, category, team, requester, resolution, resolved_at, reopened, major,
      restricted_to, readers, title, id
    ) where merged_into is null and drill = 0;
  `);
}

/** Before 0046 no moment of the configuration had a name. */
function putBackConfigurationBaselines(raw: Sqlite.Database): void {
  putBackSymptoms(raw);
  raw.exec('drop table configuration_baseline');
}

/** Before 0045 no item was imported. */
function putBackConfigurationOrigins(raw: Sqlite.Database): void {
  putBackConfigurationBaselines(raw);
  raw.exec('drop table configuration_origin');
}

/** Before 0044 no ticket was about an item. */
export function putBackRecordItems(raw: Sqlite.Database): void {
  putBackConfigurationOrigins(raw);
  raw.exec(`
    drop table record_item;
    update record set data = json_remove(data, '$.items');
  `);
}

/** Before 0042 nothing was counted over all records. */
export function putBackTrends(raw: Sqlite.Database): void {
  putBackRecordItems(raw);
  raw.exec('drop index record_trend');
  for (const column of ['drill', 'reopened', 'resolution'])
    raw.exec(`alter table record drop column ${column}`);
}

/** Before 0031 planned and held meetings were in one index, and none was found by its end alone. */
function putBackMeetingTimes(raw: Sqlite.Database): void {
  putBackConfiguration(raw);
  raw.exec(`
    drop index change_meeting_by_end;
    drop index change_meeting_by_state;
    create index change_meeting_open on change_meeting (ends_at) where state in ('planned', 'live');
  `);
}

/** Before 0030 a change did not know an incident that it had hidden. */
export function putBackCausedIncidents(raw: Sqlite.Database): void {
  putBackMeetingTimes(raw);
  raw.exec('drop table caused_incident');
}

/** Before 0029 a store had no secret. */
function putBackStoreSecret(raw: Sqlite.Database): void {
  putBackCausedIncidents(raw);
  raw.exec('alter table instance drop column secret');
}

/** Before 0028 no board met. */
function putBackMeetings(raw: Sqlite.Database): void {
  putBackStoreSecret(raw);
  for (const table of ['change_meeting', 'change_board']) raw.exec(`drop table ${table}`);
  raw.exec(`
    delete from document where kind in ('meeting-board', 'meeting');
    drop index document_by_kind;
    create index document_by_kind on document (kind)
      where kind in ('board', 'directory', 'notice', 'oncall', 'change-board', 'release-board', 'rules');
  `);
}

/** Before 0027 changes were not looked up by what they touch. */
export function putBackChangeItems(raw: Sqlite.Database): void {
  putBackMeetings(raw);
  raw.exec(`
    drop table change_item;
    drop index deployment_by_end;
  `);
}

/** Before 0026 calendars read shifts alone. */
function putBackChangeCalendars(raw: Sqlite.Database): void {
  raw.exec(`
    drop index calendar_address_one;
    alter table calendar_address drop column about;
    create unique index calendar_address_one on calendar_address (person, coalesce(schedule, ''));
  `);
}

/** Before 0024 there were no releases, and nobody told of deployments. */
function putBackReleases(raw: Sqlite.Database): void {
  for (const table of ['release_text', 'release', 'deployment', 'gate_ask']) raw.exec(`drop table ${table}`);
  raw.exec(`delete from document where kind in ('release-board', 'release')`);
}

/** Before 0023 there were no changes, and neither a board nor rules of them. */
function putBackChanges(raw: Sqlite.Database): void {
  for (const table of ['change_text', 'change_template', 'change']) raw.exec(`drop table ${table}`);
  raw.exec(`
    delete from document where kind in ('change-board', 'rules');
    drop index document_by_kind;
    create index document_by_kind on document (kind) where kind in ('board', 'directory', 'notice', 'oncall');
  `);
}

/** Before 0022 no payload was kept that could be read. */
function putBackReceivedAlerts(raw: Sqlite.Database): void {
  raw.exec(`drop table alert_received`);
}

/** Before 0018 nobody was called. */
function putBackCalls(raw: Sqlite.Database): void {
  raw.exec(`
    drop index record_calling;
    alter table record drop column calling;
    update record set data = json_remove(data, '$.calls');
  `);
}

/** Before 0014 nobody was named as a reader of a record. */
export function putBackReaders(raw: Sqlite.Database): void {
  putBackAudiences(raw);
  putBackSchedules(raw);
  putBackCalls(raw);
  putBackDeliveries(raw);
  raw.exec(`
    drop index record_readers;
    alter table record drop column readers;
    update record set data = json_remove(data, '$.readers');
    delete from kysely_migration where name >= '0014';
  `);
}

/** Before 0010 no record said whether it was a major incident, before 0015 whether it was escalated. */
export function putBackMajorIncidents(raw: Sqlite.Database): void {
  putBackReaders(raw);
  putBackAnnouncements(raw);
  raw.exec(`
    drop index record_major;
    alter table record drop column major;
    alter table record drop column severity;
    update record set data = json_remove(data, '$.major', '$.escalation');
    delete from kysely_migration where name >= '0010';
  `);
}

/** Before 0007 the sums of logs covered bytes alone, and there were no alerts, which 0009 brought. */
export function putBackSumsOfBytes(raw: Sqlite.Database): void {
  addMigrationFunctions(raw);
  putBackMajorIncidents(raw);
  for (const table of ALERT_TABLES) raw.exec(`drop table ${table}`);
  raw.exec(`
    update document_update set crc = bytes_crc(bin);
    update document_snapshot set sha256 = bytes_hash(bin);
    update room_segment set sha256 = bytes_hash(bin);
    update room_checkpoint set sha256 = bytes_hash(state, authors);
    delete from kysely_migration where name >= '0007';
  `);
}

/** Those that refer to others before these. */
const ALERT_TABLES = [
  'alert_intake',
  'alert_malformed',
  'alert_integration',
  'alert',
  'alert_group',
  'alert_group_label',
  'alert_storm',
  'alert_note',
];

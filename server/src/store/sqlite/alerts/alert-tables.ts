/** The tables of alerts as the writer's thread reads and writes them: statements only, no rule. */
import type { AlertEpisode, AlertReport, EpisodeChange, ReportedAlert } from '@muster/domain/incident';
import { alertName } from '@muster/domain/incident';
import { personId } from '@muster/domain/shared';
import type { AlertChange, AlertStance, RecordId, Recorded, TicketEvent } from '@muster/domain/shared';
import type { Statements } from '../statements.ts';

export interface IntakeRow {
  readonly seq: number;
  readonly integration: string;
  readonly received_at: number;
  readonly report: string;
  readonly done: number;
  readonly ended: number;
}

export interface IntegrationRow {
  readonly id: string;
  readonly name: string;
  readonly team: string | null;
  readonly service: string | null;
  readonly mapping: string;
  readonly numbers: string;
}

export interface GroupOf {
  readonly integration: string;
  readonly groupKey: string;
}

export interface NoteRow {
  readonly record: RecordId;
  readonly integration: string;
  readonly noted_at: number;
  readonly change: AlertChange | null;
  readonly stance: AlertStance | null;
}

export interface FiringRow {
  readonly fingerprint: string;
  readonly starts_at: number;
  readonly labels: string;
  readonly url: string | null;
  readonly received_at: number;
}

const MAX_LABELS_CHARACTERS = 4_000;

export class AlertTables {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  nextIntake(): IntakeRow | undefined {
    return this.#get('select * from alert_intake order by seq limit 1');
  }

  integration(id: string): IntegrationRow | undefined {
    return this.#get(
      'select id, name, team, service, mapping, numbers from alert_integration where id = ?',
      id,
    );
  }

  advance(seq: number, done: number, ended: number): void {
    this.#run('update alert_intake set done = ?, ended = ? where seq = ?', done, ended, seq);
  }

  finish(seq: number): void {
    this.#run('delete from alert_intake where seq = ?', seq);
  }

  count(integration: string, episodes: number, folded: number): void {
    this.#run(
      'update alert_integration set episodes = episodes + ?, folded = folded + ? where id = ?',
      ...[episodes, folded, integration],
    );
  }

  episodes({ integration, groupKey }: GroupOf, fingerprint: string): readonly AlertEpisode[] {
    return this.#all(
      `select starts_at as startsAt, state from alert
        where integration = ? and group_key = ? and fingerprint = ?`,
      ...[integration, groupKey, fingerprint],
    );
  }

  /** Keeps what changed about an alert; what is new has no record yet. */
  keepEpisode(
    { integration, groupKey }: GroupOf,
    alert: ReportedAlert,
    change: EpisodeChange,
    at: number,
  ): void {
    const { fingerprint, labels, url } = alert;
    this.#run(
      `insert into alert (integration, group_key, fingerprint, starts_at, state, name, labels, url, received_at, resolved_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict do update set state = excluded.state, resolved_at = excluded.resolved_at`,
      ...[integration, groupKey, fingerprint, change.startsAt, change.state],
      ...[alertName(alert).slice(0, 300), shortened(labels), url, at],
      change.state === 'resolved' ? at : null,
    );
  }

  /** Takes over what an alert that fires says of itself now; whether that is something else than before. */
  relabel({ integration, groupKey }: GroupOf, { fingerprint, labels }: ReportedAlert): boolean {
    const words = shortened(labels);
    return (
      this.#run(
        `update alert set labels = ?
          where integration = ? and group_key = ? and fingerprint = ? and state = 'firing' and labels <> ?`,
        ...[words, integration, groupKey, fingerprint, words],
      ) > 0
    );
  }

  /** Ends what still fires of a group and began by then; how many. */
  endAll({ integration, groupKey }: GroupOf, begunBy: number, at: number): number {
    return this.#run(
      `update alert set state = 'resolved', resolved_at = ?
        where integration = ? and group_key = ? and state = 'firing' and starts_at <= ?`,
      ...[at, integration, groupKey, begunBy],
    );
  }

  /** Remembers a payload that fired under a silence: of a group the last one, and since when there were any. */
  keep({ integration, groupKey }: GroupOf, { received_at, seq, done, report }: IntakeRow): void {
    this.#run(
      `insert into alert_kept (integration, group_key, since, seq, done, report) values (?, ?, ?, ?, ?, ?)
        on conflict do update set seq = excluded.seq, done = excluded.done, report = excluded.report`,
      ...[integration, groupKey, received_at, seq, done, report],
    );
  }

  /** A group of each record that has some that fired under a silence. */
  keptGroups(): readonly GroupOf[] {
    return this.#all(
      `select integration, group_key as groupKey from alert_kept
        join alert_group using (integration, group_key) group by record`,
    );
  }

  /** The payload that is remembered of a group, as having come when the first of them did. */
  kept({ integration, groupKey }: GroupOf): IntakeRow | undefined {
    return this.#get(
      `select seq, integration, since as received_at, report, done, 0 as ended from alert_kept
        where integration = ? and group_key = ?`,
      ...[integration, groupKey],
    );
  }

  /** Forgets what is remembered of a group; `freed`: and lets what fires of it go to another record than it had. */
  letGo({ integration, groupKey }: GroupOf, freed: boolean): void {
    if (freed) {
      this.#run(
        `update alert set record = null from alert_kept as kept
          where kept.integration = alert.integration and kept.group_key = alert.group_key
            and alert.integration = ? and alert.group_key = ? and state = 'firing' and received_at >= since`,
        ...[integration, groupKey],
      );
    }
    this.#run('delete from alert_kept where integration = ? and group_key = ?', integration, groupKey);
  }

  /** What fires still of what came to a group since. */
  firingSince({ integration, groupKey }: GroupOf, since: number): readonly FiringRow[] {
    return this.#all(
      `select fingerprint, starts_at, labels, url, received_at from alert
        where integration = ? and group_key = ? and state = 'firing' and received_at >= ? order by received_at`,
      ...[integration, groupKey, since],
    );
  }

  group({ integration, groupKey }: GroupOf): { readonly record: RecordId | null } | undefined {
    return this.#get(
      'select record from alert_group where integration = ? and group_key = ?',
      ...[integration, groupKey],
    );
  }

  /** Notes that a group began to fire, so that storms can be told from single groups. */
  openGroup(
    { integration, groupKey }: GroupOf,
    { truncated }: Pick<AlertReport, 'truncated'>,
    labels: readonly (readonly [string, string])[],
    at: number,
  ): void {
    this.#run(
      `insert into alert_group (integration, group_key, opened_at, truncated) values (?, ?, ?, ?)
        on conflict do update set opened_at = excluded.opened_at, truncated = excluded.truncated`,
      ...[integration, groupKey, at, truncated],
    );
    for (const [label, value] of labels) {
      this.#run(
        `insert into alert_group_label (integration, label, value, group_key, opened_at) values (?, ?, ?, ?, ?)
          on conflict do update set value = excluded.value, opened_at = excluded.opened_at`,
        ...[integration, label, value, groupKey, at],
      );
    }
  }

  setTruncated({ integration, groupKey }: GroupOf, truncated: number): void {
    this.#run(
      'update alert_group set truncated = ? where integration = ? and group_key = ? and truncated <> ?',
      ...[truncated, integration, groupKey, truncated],
    );
  }

  /** Groups that began to fire since, up to one more than `most`. */
  groupsSince(integration: string, since: number, most: number): number {
    return this.#count(
      `select count(*) from (select 1 from alert_group where integration = ? and opened_at > ? limit ?)`,
      ...[integration, since, most + 1],
    );
  }

  groupsSharing(integration: string, label: string, value: string, since: number, most: number): number {
    return this.#count(
      `select count(*) from (select 1 from alert_group_label
        where integration = ? and label = ? and value = ? and opened_at > ? limit ?)`,
      ...[integration, label, value, since, most + 1],
    );
  }

  /** Lets a group's alerts go to a record: those without one, and on the way past a merge those that had another. */
  assign({ integration, groupKey }: GroupOf, record: RecordId): void {
    this.#run(
      'update alert_group set record = ? where integration = ? and group_key = ?',
      ...[record, integration, groupKey],
    );
    this.#run(
      'update alert set record = ? where integration = ? and group_key = ? and record is null',
      ...[record, integration, groupKey],
    );
  }

  move(from: RecordId, to: RecordId): void {
    for (const table of ['alert', 'alert_group', 'alert_storm']) {
      this.#run(`update ${table} set record = ? where record = ?`, to, from);
    }
  }

  storm(integration: string, storm: string): RecordId | null {
    const row = this.#get<{ record: RecordId }>(
      'select record from alert_storm where integration = ? and storm = ?',
      ...[integration, storm],
    );
    return row?.record ?? null;
  }

  setStorm(integration: string, storm: string, record: RecordId): void {
    this.#run(
      `insert into alert_storm (integration, storm, record) values (?, ?, ?)
        on conflict do update set record = excluded.record`,
      ...[integration, storm, record],
    );
  }

  firing(record: RecordId): number {
    return this.#count(`select count(*) from alert where record = ? and state = 'firing'`, record);
  }

  /** One that fired again counts once. */
  total(record: RecordId): number {
    return this.#count(
      `select count(*) from (
        select 1 from alert where record = ? group by integration, group_key, fingerprint)`,
      record,
    );
  }

  untold(record: RecordId): number {
    return this.#count('select coalesce(sum(truncated), 0) from alert_group where record = ?', record);
  }

  firingNames(record: RecordId, most: number): readonly string[] {
    const rows = this.#all<{ name: string }>(
      `select name from alert where record = ? and state = 'firing' order by received_at desc limit ?`,
      ...[record, most],
    );
    return rows.map(({ name }) => name);
  }

  /** Until when the alerts of an incident are silenced; what a person said last counts. */
  silencedUntil(record: RecordId): number | null {
    const row = this.#get<{ until: number | null }>(
      `select json_extract(data, '$.until') as until from event
        where record = ? and type = 'alerts-silenced' order by version desc limit 1`,
      record,
    );
    return row?.until ?? null;
  }

  /** Who set which fields of an incident, or its priority. */
  edits(record: RecordId): readonly Pick<Recorded<TicketEvent>, 'event' | 'actor'>[] {
    const rows = this.#all<{ actor: string; data: string }>(
      `select actor, data from event where record = ? and type in ('edited', 'priority-overridden') order by version`,
      record,
    );
    return rows.map(({ actor, data }) => ({
      actor: personId(actor),
      event: JSON.parse(data) as TicketEvent,
    }));
  }

  get storeSecret(): string {
    return this.#get<{ secret: string }>('select secret from instance')?.secret ?? '';
  }

  note(record: RecordId): NoteRow | undefined {
    return this.#get('select * from alert_note where record = ?', record);
  }

  dueNotes(before: number, most: number): readonly NoteRow[] {
    return this.#all(
      'select * from alert_note where change is not null and noted_at < ? order by noted_at limit ?',
      ...[before, most],
    );
  }

  /** `change` null: the history has been told; otherwise there is news for the next note. */
  keepNote(
    record: RecordId,
    integration: string,
    at: number,
    change: AlertChange | null,
    stance: AlertStance | null,
  ): void {
    this.#run(
      `insert into alert_note (record, integration, noted_at, change, stance) values (?, ?, ?, ?, ?)
        on conflict do update set integration = excluded.integration, noted_at = excluded.noted_at,
          change = excluded.change, stance = excluded.stance`,
      ...[record, integration, at, change, stance],
    );
  }

  #get<Row>(sql: string, ...values: readonly unknown[]): Row | undefined {
    return this.#statements.prepare(sql).get(...values) as Row | undefined;
  }

  #all<Row>(sql: string, ...values: readonly unknown[]): readonly Row[] {
    return this.#statements.prepare(sql).all(...values) as Row[];
  }

  #count(sql: string, ...values: readonly unknown[]): number {
    return Number(Object.values(this.#get<object>(sql, ...values) ?? {})[0] ?? 0);
  }

  #run(sql: string, ...values: readonly unknown[]): number {
    return this.#statements.prepare(sql).run(...values).changes;
  }
}

/** Labels as they are kept: as many, in their order, as fit. */
function shortened(labels: ReportedAlert['labels']): string {
  const kept: [string, string][] = [];
  let room = MAX_LABELS_CHARACTERS;
  for (const [name, value] of Object.entries(labels)) {
    room -= name.length + value.length;
    if (room < 0) break;
    kept.push([name, value]);
  }
  return JSON.stringify(Object.fromEntries(kept));
}

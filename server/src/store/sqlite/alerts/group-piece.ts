/** One payload as far as one transaction goes with it: what it changes about episodes, and what it is known by. */
import { DEFAULT_ALERT_MAPPING, DEFAULT_ALERT_NUMBERS, foldEpisode } from '@muster/domain/incident';
import type {
  AlertMapping,
  AlertNumbers,
  AlertReport,
  AlertSource,
  ReportedAlert,
} from '@muster/domain/incident';
import { personId } from '@muster/domain/shared';
import type { ServiceId, TeamId } from '@muster/domain/shared';
import type { AlertTables, FiringRow, GroupOf, IntakeRow, IntegrationRow } from './alert-tables.ts';

export class GroupPiece {
  readonly group: GroupOf;
  readonly report: AlertReport;
  readonly integration: IntegrationRow;
  readonly numbers: AlertNumbers;
  readonly source: AlertSource;
  readonly firedAt: number;
  isAcknowledged = false;
  /** What fires already says something else of itself: sources that know an alert by a key say so that it grew worse. */
  isRelabelled = false;
  size = 0;
  readonly #tables: AlertTables;
  readonly #row: IntakeRow;

  /** @param firedAt when its alerts came, epoch ms */
  constructor(tables: AlertTables, row: IntakeRow, integration: IntegrationRow, firedAt: number) {
    this.#tables = tables;
    this.#row = row;
    this.integration = integration;
    this.firedAt = firedAt;
    this.report = JSON.parse(row.report) as AlertReport;
    this.group = { integration: integration.id, groupKey: this.report.groupKey };
    this.numbers = {
      ...DEFAULT_ALERT_NUMBERS,
      ...(JSON.parse(integration.numbers) as Partial<AlertNumbers>),
    };
    this.source = {
      person: personId(integration.id),
      name: integration.name,
      team: integration.team as TeamId | null,
      service: integration.service as ServiceId | null,
      mapping: { ...DEFAULT_ALERT_MAPPING, ...(JSON.parse(integration.mapping) as Partial<AlertMapping>) },
    };
  }

  get receivedAt(): number {
    return this.#row.received_at;
  }

  get doneAfter(): number {
    return this.#row.done + this.size;
  }

  /** Folds the next alerts; `ended` counts those of the pieces before too. */
  fold(limit: number): { readonly fired: number; readonly ended: number; readonly isLast: boolean } {
    const { alerts, truncated, status } = this.report;
    const { done, received_at } = this.#row;
    let fired = 0;
    let { ended } = this.#row;
    const some = alerts.slice(done, done + limit);
    this.size = some.length;
    for (const alert of some) {
      if (alert.status === 'acknowledged') this.isAcknowledged = true;
      const known = this.#tables.episodes(this.group, alert.fingerprint);
      const changes = foldEpisode(known, alert, received_at);
      // an acknowledgement may say nothing but that
      if (changes.length === 0 && alert.status === 'firing')
        this.isRelabelled = this.#tables.relabel(this.group, alert) || this.isRelabelled;
      for (const change of changes) {
        this.#tables.keepEpisode(this.group, alert, change, received_at);
        if (change.what === 'fired') fired += 1;
        if (change.what === 'ended') ended += 1;
      }
    }
    const isLast = done + some.length >= alerts.length;
    if (isLast) this.#tables.setTruncated(this.group, status === 'resolved' ? 0 : truncated);
    // a group that is over is so for the members too that the payload had no room to name
    if (isLast && status === 'resolved' && truncated > 0) {
      const begunBy = Math.max(...alerts.map(({ startsAt }) => startsAt ?? received_at));
      ended += this.#tables.endAll(this.group, begunBy, received_at);
    }
    return { fired, ended, isLast };
  }

  /** Remembers it until the silence of its incident is over. */
  keep(): void {
    this.#tables.keep(this.group, this.#row);
  }

  /** An id's cause: the same payload at the same place gives the same ids. */
  derive(part: string): string {
    const { seq, received_at: at, done } = this.#row;
    return `alerts:${this.integration.id}:${seq}:${at}:${done}:${part}`;
  }
}

/** A payload of the group as if it came now: with all that fires, also what came with others, and nothing else. */
export function withFiring(payload: string, firing: readonly FiringRow[]): string {
  const report = JSON.parse(payload) as AlertReport;
  const named = new Map(report.alerts.map((alert) => [alert.fingerprint, alert]));
  const alerts = firing.map((row): ReportedAlert => ({
    fingerprint: row.fingerprint,
    startsAt: row.starts_at,
    status: 'firing',
    labels: JSON.parse(row.labels) as ReportedAlert['labels'],
    annotations: named.get(row.fingerprint)?.annotations ?? {},
    url: row.url,
  }));
  const whole: AlertReport = { ...report, status: 'firing', alerts };
  return JSON.stringify(whole);
}

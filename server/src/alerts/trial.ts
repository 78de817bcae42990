/** What a payload would do, worked out by the rules that take payloads in, and written nowhere. */
import { deciderOf } from '@muster/domain';
import { foldEpisode, labelsOf, openingOf, readReport } from '@muster/domain/incident';
import type { AlertMapping, AlertNumbers, AlertReport, LabelRead as Reading } from '@muster/domain/incident';
import { SYSTEM_ACTOR, personId, recordId } from '@muster/domain/shared';
import type { Directory, ServiceId, TeamId, Ticket } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { ulid } from 'ulid';
import { loadDirectory } from '../store/directory.ts';
import type { Database } from '../store/schema.ts';

/** An integration as it is, or as a form would make it. */
export interface TrialSource {
  readonly id: string;
  readonly name: string;
  readonly team: TeamId | null;
  readonly service: ServiceId | null;
  readonly mapping: AlertMapping;
  readonly numbers: Pick<AlertNumbers, 'stormLabels'>;
}

/** A label that the mapping reads, and what the alerts that fire say there. */
export interface LabelRead extends Reading {
  readonly label: string;
}

export interface Trial {
  readonly group: string;
  readonly firing: number;
  /** Null when nothing fires, so that nothing is opened, or when `refusal` says why not. */
  readonly incident: Pick<
    Ticket,
    'title' | 'impact' | 'urgency' | 'priority' | 'service' | 'team' | 'tags'
  > | null;
  readonly description: string;
  readonly refusal: string | null;
  readonly service: LabelRead;
  readonly severity: LabelRead;
  /** The `label=value` pairs by which it counts towards storms. */
  readonly storms: readonly string[];
}

/** The incident that a payload would open were it the first of its group, and how its labels were read. */
export async function tryReport(
  db: Kysely<Database>,
  source: TrialSource,
  report: AlertReport,
  now: number,
): Promise<Trial> {
  const { mapping, numbers } = source;
  const labels = labelsOf(report);
  const fired = report.alerts.filter((alert) =>
    foldEpisode([], alert, now).some(({ what }) => what === 'fired'),
  );
  const directory = await loadDirectory(db);
  const read = readReport(report, mapping, source.service, directory.services);
  const opening = openingOf({ ...source, person: personId(source.id) }, report, read, null);
  const opened = fired.length === 0 ? null : openedBy(directory, opening, now);
  return {
    group: report.groupKey,
    firing: fired.length,
    incident: opened?.ok === true ? opened.incident : null,
    description: opening.verb === 'create' ? opening.description : '',
    refusal: opened?.ok === false ? opened.code : null,
    service: { label: mapping.serviceLabel, ...read.labels.service },
    severity: { label: mapping.severityLabel, ...read.labels.severity },
    storms: numbers.stormLabels.flatMap((label) => {
      const value = labels[label];
      return value === undefined ? [] : [`${label}=${value}`];
    }),
  };
}

type Opened =
  { readonly ok: true; readonly incident: Trial['incident'] } | { readonly ok: false; readonly code: string };

function openedBy(directory: Directory, opening: ReturnType<typeof openingOf>, now: number): Opened {
  const verdict = deciderOf('incident').decide(
    null,
    { process: 'incident', ...opening },
    {
      actor: SYSTEM_ACTOR,
      now,
      clientAt: now,
      target: recordId(ulid(now)),
      since: [],
      number: null,
      directory,
      related: new Map(),
    },
  );
  if (!verdict.ok) return { ok: false, code: verdict.refusal.code };
  const created = verdict.value.events.find((event) => event.type === 'created');
  if (created === undefined) return { ok: false, code: 'incident/already-exists' };
  const { title, impact, urgency, priority, service, team, tags } = created.ticket;
  return { ok: true, incident: { title, impact, urgency, priority, service, team, tags } };
}

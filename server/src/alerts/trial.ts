/** What a payload would do, worked out by the rules that take payloads in, and written nowhere. */
import { deciderOf } from '@muster/domain';
import { foldEpisode, labelsOf, openingOf } from '@muster/domain/incident';
import type { AlertMapping, AlertNumbers, AlertReport } from '@muster/domain/incident';
import { SYSTEM_ACTOR, personId, recordId } from '@muster/domain/shared';
import type { ServiceId, TeamId, Ticket } from '@muster/domain/shared';
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

/** A label that the mapping reads: its value in the payload, and whether the mapping's table names that. */
export interface LabelRead {
  readonly label: string;
  readonly value: string | null;
  readonly known: boolean;
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
  const opening = openingOf({ ...source, person: personId(source.id) }, report, null);
  const opened = fired.length === 0 ? null : await openedBy(db, opening, now);
  return {
    group: report.groupKey,
    firing: fired.length,
    incident: opened?.ok === true ? opened.incident : null,
    description: opening.verb === 'create' ? opening.description : '',
    refusal: opened?.ok === false ? opened.code : null,
    service: readingOf(labels, mapping.serviceLabel, mapping.services),
    severity: readingOf(labels, mapping.severityLabel, mapping.severities),
    storms: numbers.stormLabels.flatMap((label) => {
      const value = labels[label];
      return value === undefined ? [] : [`${label}=${value}`];
    }),
  };
}

type Opened =
  { readonly ok: true; readonly incident: Trial['incident'] } | { readonly ok: false; readonly code: string };

async function openedBy(
  db: Kysely<Database>,
  opening: ReturnType<typeof openingOf>,
  now: number,
): Promise<Opened> {
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
      directory: await loadDirectory(db),
      related: new Map(),
    },
  );
  if (!verdict.ok) return { ok: false, code: verdict.refusal.code };
  const created = verdict.value.events.find((event) => event.type === 'created');
  if (created === undefined) return { ok: false, code: 'incident/already-exists' };
  const { title, impact, urgency, priority, service, team, tags } = created.ticket;
  return { ok: true, incident: { title, impact, urgency, priority, service, team, tags } };
}

function readingOf(
  labels: Readonly<Record<string, string>>,
  label: string,
  table: Readonly<Record<string, unknown>>,
): LabelRead {
  const value = labels[label] ?? null;
  return { label, value, known: value !== null && Object.hasOwn(table, value) };
}

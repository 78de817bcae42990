import { ALERTS_OVER, SYSTEM, TERMINAL_STATES, isMajor } from '../../shared/index.ts';
import type {
  PersonId,
  Recorded,
  ServiceId,
  TeamId,
  Ticket,
  TicketAct,
  TicketEvent,
} from '../../shared/index.ts';
import type { ReportRead } from './reading.ts';
import { alertName } from './report.ts';
import type { AlertReport } from './report.ts';
import type { AlertMapping } from './settings.ts';

const MAX_TITLE_SHOWN = 200;

/** The integration as far as its incidents show it. */
export interface AlertSource {
  /** Stands for the integration as the requester of its incidents. */
  readonly person: PersonId;
  readonly name: string;
  readonly team: TeamId | null;
  readonly service: ServiceId | null;
  readonly mapping: AlertMapping;
}

/** The act that makes the incident of a group, or of a storm. */
export function openingOf(
  source: AlertSource,
  report: AlertReport,
  { service, impact, urgency }: Pick<ReportRead, 'service' | 'impact' | 'urgency'>,
  storm: string | null,
): TicketAct {
  return {
    verb: 'create',
    kind: 'incident',
    title: storm === null ? titleOf(report) : stormTitle(source, storm),
    description: storm === null ? describe(report) : '',
    impact,
    urgency,
    requester: source.person,
    service,
    category: null,
    team: source.team,
    channel: 'alert',
    tags: storm === null ? [] : ['alert-storm'],
  };
}

/** The steps from where an incident stands to resolved. */
export function resolvingOf(
  { state }: Pick<Ticket, 'state'>,
  source: string,
  total: number,
): readonly TicketAct[] {
  const notes =
    total === 1 ? `The alert of ${source} is over.` : `All ${total} alerts of ${source} are over.`;
  return [
    ...(state === 'new' ? [{ verb: 'transition', to: 'in_progress' } as const] : []),
    { verb: 'transition', to: 'resolved', code: ALERTS_OVER, notes },
  ];
}

export function reopeningOf(source: string): TicketAct {
  return { verb: 'transition', to: 'in_progress', reason: `${source} fires again.` };
}

/** Whether alerts that fire now are worse than their incident, and may raise it: one that alerts made, and no major one. */
export function isOutgrown(
  {
    state,
    channel,
    major,
    impact,
    urgency,
  }: Pick<Ticket, 'state' | 'channel' | 'major' | 'impact' | 'urgency'>,
  read: Pick<ReportRead, 'impact' | 'urgency'>,
): boolean {
  if (channel !== 'alert' || state === 'resolved' || TERMINAL_STATES.has(state) || isMajor({ major }))
    return false;
  return read.impact < impact || read.urgency < urgency;
}

/** Raises an incident to the worst that fires; null where a person has judged it, whose word stands. */
export function raisingOf(
  { impact, urgency }: Pick<Ticket, 'impact' | 'urgency'>,
  events: readonly Pick<Recorded<TicketEvent>, 'event' | 'actor'>[],
  read: Pick<ReportRead, 'impact' | 'urgency'>,
): TicketAct | null {
  if (isJudged(events.filter(({ actor }) => actor !== SYSTEM).map(({ event }) => event))) return null;
  const fields = {
    ...(read.impact < impact && { impact: read.impact }),
    ...(read.urgency < urgency && { urgency: read.urgency }),
  };
  return { verb: 'edit', fields };
}

/** Whether people have set what stands; what they took back at once is none of their judgement. */
function isJudged(events: readonly TicketEvent[]): boolean {
  const overridden = events.findLast((event) => event.type === 'priority-overridden');
  if (overridden?.type === 'priority-overridden' && overridden.reason !== null) return true;
  return (['impact', 'urgency'] as const).some((field) => {
    const edits = events.filter((event) => event.type === 'edited' && event.fields[field] !== undefined);
    const [first, last] = [edits[0], edits.at(-1)];
    return first?.type === 'edited' && last?.type === 'edited' && first.before[field] !== last.fields[field];
  });
}

/** What all alerts of a report share, as the source says or as can be seen. */
export function labelsOf({ labels, alerts }: AlertReport): Readonly<Record<string, string>> {
  const [first, ...others] = alerts;
  if (first === undefined) return labels;
  const common = Object.entries(first.labels).filter(([name, value]) =>
    others.every((other) => other.labels[name] === value),
  );
  return { ...Object.fromEntries(common), ...labels };
}

function titleOf(report: AlertReport): string {
  const [first] = report.alerts;
  const firstTitle =
    first === undefined ? report.groupKey : (first.annotations['summary'] ?? alertName(first));
  const title = report.title ?? firstTitle;
  const more =
    report.title === null && report.alerts.length > 1 ? ` and ${report.alerts.length - 1} more` : '';
  return `${title.trim().slice(0, MAX_TITLE_SHOWN) || report.groupKey.slice(0, MAX_TITLE_SHOWN)}${more}`;
}

function stormTitle({ name }: AlertSource, storm: string): string {
  return storm === '*'
    ? `Many alerts at once: ${name}`
    : `Many alerts at once: ${storm.slice(0, MAX_TITLE_SHOWN)}`;
}

function describe({ alerts }: AlertReport): string {
  const annotations = alerts[0]?.annotations ?? {};
  return (annotations['description'] ?? annotations['summary'] ?? '').slice(0, 10_000);
}

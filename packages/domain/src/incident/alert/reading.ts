/**
 * What the labels of a report stand for. Of severities the worst that fires counts, since an incident is as bad as the
 * worst in it; of services only the one that all of them stand for, since a ticket has one and a wrong one misleads.
 */
import type { Directory, Level, ServiceId } from '../../shared/index.ts';
import type { AlertReport } from './report.ts';
import type { AlertMapping } from './settings.ts';

/** What is assumed of a severity that the mapping does not name, or that an alert does not say. */
const UNKNOWN_SEVERITY = { impact: 2, urgency: 2 } as const;

type Services = Pick<Directory, 'services'>['services'];

/** A label that the mapping reads. */
export interface LabelRead {
  /** What counts of it: the worst severity, the service that is shared; null where that is none of those said. */
  readonly value: string | null;
  /** All that the alerts say there. */
  readonly values: readonly string[];
  /** By what it stands for something: the table of the mapping, or the name of a service; null where it does not. */
  readonly by: 'table' | 'name' | null;
}

export interface ReportRead {
  readonly service: ServiceId | null;
  readonly impact: Level;
  readonly urgency: Level;
  readonly labels: { readonly service: LabelRead; readonly severity: LabelRead };
}

/** Service, impact and urgency that a report stands for; `fallback` is the integration's own service. */
export function readReport(
  report: AlertReport,
  mapping: AlertMapping,
  fallback: ServiceId | null,
  services: Services,
): ReportRead {
  const service = sharedService(saidOf(report, mapping.serviceLabel), mapping.services, services);
  const severities = saidOf(report, mapping.severityLabel);
  return {
    service: service.id ?? fallback,
    ...worstOf(severities, mapping.severities),
    labels: { service: service.read, severity: severityRead(severities, mapping.severities) },
  };
}

/**
 * What the alerts that are not over say in a label, each once, with what the source says that all share; what those
 * that are over say, if all are. Undefined among it where one says nothing.
 */
function saidOf({ labels, alerts }: AlertReport, label: string): ReadonlySet<string | undefined> {
  const open = alerts.filter(({ status }) => status !== 'resolved');
  const counting = open.length > 0 ? open : alerts;
  if (counting.length === 0) return new Set([labels[label]]);
  return new Set(counting.map((alert) => alert.labels[label] ?? labels[label]));
}

type Said = ReturnType<typeof saidOf>;

const saidWords = (said: Said) => [...said].filter((value) => value !== undefined);

function worstOf(
  said: Said,
  table: AlertMapping['severities'],
): { readonly impact: Level; readonly urgency: Level } {
  return [...said]
    .map((value) => levelsOf(table, value))
    .reduce((worst, { impact, urgency }) => ({
      impact: worse(worst.impact, impact),
      urgency: worse(worst.urgency, urgency),
    }));
}

const levelsOf = (table: AlertMapping['severities'], value: string | undefined) =>
  valueOf(table, value) ?? UNKNOWN_SEVERITY;

/** How bad each severity that a mapping names is, the worst the lowest, and how bad all others are (INC-66). */
export function rankSeverities({ severities }: Pick<AlertMapping, 'severities'>): {
  readonly named: readonly (readonly [severity: string, rank: number])[];
  readonly others: number;
} {
  return {
    named: Object.entries(severities).map(([severity, means]) => [severity, rankOf(means)]),
    others: rankOf(UNKNOWN_SEVERITY),
  };
}

const rankOf = ({ impact, urgency }: { readonly impact: Level; readonly urgency: Level }) => impact + urgency;

/** 1 is the worst. */
function worse(one: Level, other: Level): Level {
  return other < one ? other : one;
}

/** Of alerts that say none and that count as worse than all that say one, nothing said counts. */
function severityRead(said: Said, table: AlertMapping['severities']): LabelRead {
  const values = saidWords(said);
  const rank = (value: string | undefined) => rankOf(levelsOf(table, value));
  const [worst] = values.toSorted((one, other) => rank(one) - rank(other));
  const value = worst === undefined || (said.has(undefined) && rank(undefined) < rank(worst)) ? null : worst;
  return { value, values, by: value !== null && Object.hasOwn(table, value) ? 'table' : null };
}

function sharedService(
  said: Said,
  table: AlertMapping['services'],
  services: Services,
): { readonly id: ServiceId | null; readonly read: LabelRead } {
  const values = saidWords(said);
  const [value] = values;
  const none = { id: null, read: { value: null, values, by: null } };
  if (value === undefined || said.has(undefined)) return none;
  const byName = namesOf(services);
  const first = serviceOf(value, table, byName);
  // values that stand for nothing are only the same when they are one
  if (first === null) return values.length > 1 ? none : { id: null, read: { value, values, by: null } };
  const isShared = values.every((each) => serviceOf(each, table, byName)?.id === first.id);
  return isShared ? { id: first.id, read: { value, values, by: first.by } } : none;
}

/** The table comes first: it may say that a name means something else here. */
function serviceOf(
  value: string,
  table: AlertMapping['services'],
  byName: ReturnType<typeof namesOf>,
): { readonly id: ServiceId; readonly by: 'table' | 'name' } | null {
  const mapped = valueOf(table, value);
  if (mapped !== undefined) return { id: mapped, by: 'table' };
  const called = byName.get(bare(value)) ?? null;
  return called === null ? null : { id: called, by: 'name' };
}

/** Which service each name is of; null where several are called so. */
function namesOf(services: Services): ReadonlyMap<string, ServiceId | null> {
  const found = new Map<string, ServiceId | null>();
  for (const { id, name } of services.values()) found.set(bare(name), found.has(bare(name)) ? null : id);
  return found;
}

function bare(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}

function valueOf<Value>(table: Readonly<Record<string, Value>>, key: string | undefined): Value | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

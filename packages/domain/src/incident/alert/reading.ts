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
  /** What counts of it: the worst severity, the service that is shared. Null where no alert says it, or they differ. */
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
  const all = labelsOfEach(report);
  const service = sharedService(all, mapping, services);
  return {
    service: service.id ?? fallback,
    ...worstOf(all, mapping),
    labels: { service: service.read, severity: severityRead(all, mapping) },
  };
}

/** The labels of each alert that is not over, with what its source says that all share; those that are, if all are. */
function labelsOfEach({ labels, alerts }: AlertReport): readonly Readonly<Record<string, string>>[] {
  const open = alerts.filter(({ status }) => status !== 'resolved');
  const counting = open.length > 0 ? open : alerts;
  return counting.length > 0 ? counting.map((alert) => ({ ...labels, ...alert.labels })) : [labels];
}

type LabelSets = ReturnType<typeof labelsOfEach>;

function worstOf(
  all: LabelSets,
  { severityLabel, severities }: AlertMapping,
): { readonly impact: Level; readonly urgency: Level } {
  const levels = all.map((labels) => valueOf(severities, labels[severityLabel]) ?? UNKNOWN_SEVERITY);
  return levels.reduce((worst, { impact, urgency }) => ({
    impact: worse(worst.impact, impact),
    urgency: worse(worst.urgency, urgency),
  }));
}

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

function severityRead(all: LabelSets, { severityLabel, severities }: AlertMapping): LabelRead {
  const values = valuesOf(all, severityLabel);
  const sum = (value: string) => rankOf(valueOf(severities, value) ?? UNKNOWN_SEVERITY);
  const [value = null] = values.toSorted((one, other) => sum(one) - sum(other));
  return { value, values, by: value !== null && Object.hasOwn(severities, value) ? 'table' : null };
}

function sharedService(
  all: LabelSets,
  { serviceLabel, services: table }: AlertMapping,
  services: Services,
): { readonly id: ServiceId | null; readonly read: LabelRead } {
  const values = valuesOf(all, serviceLabel);
  const isSaidByAll = all.every((labels) => labels[serviceLabel] !== undefined);
  const meant = values.map((value) => serviceOf(value, table, services));
  const [first] = meant;
  const isShared = isSaidByAll && meant.every((each) => each?.id === first?.id);
  const [value] = values;
  // values that stand for nothing are only the same when they are one
  if (value === undefined || !isShared || (first === null && values.length > 1))
    return { id: null, read: { value: null, values, by: null } };
  return { id: first?.id ?? null, read: { value, values, by: first?.by ?? null } };
}

/** The table comes first: it may say that a name means something else here. */
function serviceOf(
  value: string,
  table: AlertMapping['services'],
  services: Services,
): { readonly id: ServiceId; readonly by: 'table' | 'name' } | null {
  const mapped = valueOf(table, value);
  if (mapped !== undefined) return { id: mapped, by: 'table' };
  const wanted = bare(value);
  const called = [...services.values()].filter(({ name }) => bare(name) === wanted);
  const [only] = called;
  return only === undefined || called.length > 1 ? null : { id: only.id, by: 'name' };
}

function bare(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}

function valuesOf(all: LabelSets, label: string): readonly string[] {
  return [...new Set(all.flatMap((labels) => labels[label] ?? []))];
}

function valueOf<Value>(table: Readonly<Record<string, Value>>, key: string | undefined): Value | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

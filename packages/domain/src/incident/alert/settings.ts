import type { Level, ServiceId } from '../../shared/index.ts';

/** How an integration reads labels: which says the service and which the severity, and what their values mean here. */
export interface AlertMapping {
  readonly serviceLabel: string;
  readonly services: Readonly<Record<string, ServiceId>>;
  readonly severityLabel: string;
  readonly severities: Readonly<Record<string, { readonly impact: Level; readonly urgency: Level }>>;
}

/** When alerts belong together. */
export interface AlertNumbers {
  /** A group that fires again within this time after its alerts ended reopens its incident. */
  readonly reopenMinutes: number;
  readonly stormMinutes: number;
  /** More new groups of one integration than this within `stormMinutes` are one storm. */
  readonly stormGroups: number;
  /** The same for groups that share the value of one of `stormLabels`. */
  readonly stormLabelGroups: number;
  readonly stormLabels: readonly string[];
}

export const DEFAULT_ALERT_MAPPING: AlertMapping = {
  serviceLabel: 'service',
  services: {},
  severityLabel: 'severity',
  severities: {
    critical: { impact: 1, urgency: 1 },
    error: { impact: 1, urgency: 2 },
    warning: { impact: 2, urgency: 2 },
    info: { impact: 3, urgency: 3 },
  },
};

export const DEFAULT_ALERT_NUMBERS: AlertNumbers = {
  reopenMinutes: 30,
  stormMinutes: 5,
  stormGroups: 20,
  stormLabelGroups: 10,
  stormLabels: ['cluster', 'datacenter', 'alertname'],
};

/** What is assumed of a severity that the mapping does not name. */
const UNKNOWN_SEVERITY = { impact: 2, urgency: 2 } as const;

/** Service, impact and urgency that labels stand for; `fallback` is the integration's own service. */
export function readLabels(
  labels: Readonly<Record<string, string>>,
  { serviceLabel, services, severityLabel, severities }: AlertMapping,
  fallback: ServiceId | null,
): { readonly service: ServiceId | null; readonly impact: Level; readonly urgency: Level } {
  const service = valueOf(services, labels[serviceLabel]) ?? fallback;
  const { impact, urgency } = valueOf(severities, labels[severityLabel]) ?? UNKNOWN_SEVERITY;
  return { service, impact, urgency };
}

/** How bad each severity that a mapping names is, the worst the lowest, and how bad all others are (INC-66). */
export function rankSeverities({ severities }: Pick<AlertMapping, 'severities'>): {
  readonly named: readonly (readonly [severity: string, rank: number])[];
  readonly others: number;
} {
  const rankOf = ({ impact, urgency }: { readonly impact: Level; readonly urgency: Level }) =>
    impact + urgency;
  return {
    named: Object.entries(severities).map(([severity, means]) => [severity, rankOf(means)]),
    others: rankOf(UNKNOWN_SEVERITY),
  };
}

function valueOf<Value>(table: Readonly<Record<string, Value>>, key: string | undefined): Value | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

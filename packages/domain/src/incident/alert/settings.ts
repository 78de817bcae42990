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

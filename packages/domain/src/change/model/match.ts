/** Conditions over a change, kept as data: what a policy, a rule of risk and a window ask of it. */
import type { ServiceId } from '../../shared/index.ts';
import type { RiskLevel } from '../risk/level.ts';
import { isAtLeast } from '../risk/level.ts';

/** All that is stated must hold; nothing stated matches every change. */
export interface ChangeMatch {
  readonly models?: readonly string[];
  /** At least one of them is reached. */
  readonly services?: readonly ServiceId[];
  /** At least one thing of one of these classes is touched. */
  readonly classes?: readonly string[];
  /** A service as critical as this, or more, is reached: 1 is the most. */
  readonly criticality?: number;
  readonly risk?: RiskLevel;
  readonly outage?: boolean;
  readonly mostItems?: number;
  readonly leastItems?: number;
}

/** A change as conditions see it. */
export interface Matched {
  readonly model: string;
  readonly services: readonly ServiceId[];
  readonly classes: readonly string[];
  /** Of the most critical service that is reached; null when none is. */
  readonly criticality: number | null;
  readonly risk: RiskLevel | null;
  readonly outage: boolean;
  readonly items: number;
}

export function matches(when: ChangeMatch, change: Matched): boolean {
  const { models, services, classes, criticality, risk, outage, leastItems, mostItems } = when;
  return (
    (models === undefined || models.includes(change.model)) &&
    (services === undefined || services.some((service) => change.services.includes(service))) &&
    (classes === undefined || classes.some((each) => change.classes.includes(each))) &&
    (criticality === undefined || (change.criticality !== null && change.criticality <= criticality)) &&
    (risk === undefined || isAtLeast(change.risk, risk)) &&
    (outage === undefined || outage === change.outage) &&
    (leastItems === undefined || change.items >= leastItems) &&
    (mostItems === undefined || change.items <= mostItems)
  );
}

/** Rules as data that give a change a level for what it is (A4 row 3). */
import type { ChangeMatch, Matched } from '../model/match.ts';
import { matches } from '../model/match.ts';
import type { RiskLevel } from './level.ts';
import { rankOf } from './level.ts';

export interface RiskCondition {
  readonly id: string;
  readonly words: string;
  readonly when: ChangeMatch;
  readonly level: RiskLevel;
}

/** The condition that gives the highest level; of equals the first. Null when none applies. */
export function strictestCondition(
  conditions: readonly RiskCondition[],
  change: Matched,
): RiskCondition | null {
  return conditions
    .filter(({ when }) => matches(when, change))
    .reduce<RiskCondition | null>(
      (strictest, each) =>
        strictest === null || rankOf(each.level) > rankOf(strictest.level) ? each : strictest,
      null,
    );
}

export const DEFAULT_RISK_CONDITIONS: readonly RiskCondition[] = [
  { id: 'outage', words: 'Something is out of use meanwhile', when: { outage: true }, level: 'medium' },
  {
    id: 'critical-service',
    words: 'It reaches a service that the business cannot do without',
    when: { criticality: 1 },
    level: 'high',
  },
];

/** What a decision about a change looks at beside it: rules kept as data, the calendar, the things it touches. */
import type { DecisionContext, RecordId } from '../shared/index.ts';
import type { ApprovalPolicy } from './approval/policy.ts';
import type { Change, PlanName } from './change.ts';
import type { Conflict, Planned } from './conflict/conflict.ts';
import type { ChangeEvent } from './events.ts';
import type { Dependencies } from './model/items.ts';
import type { Matched } from './model/match.ts';
import type { ChangeModel } from './model/model.ts';
import type { PlannedUnfit, PlannedValue } from './planned/planned-value.ts';
import type { RiskSettings } from './risk/assess.ts';
import type { PastChange } from './risk/history.ts';
import { RISK_LEVELS, rankOf } from './risk/level.ts';
import type { RiskLevel } from './risk/level.ts';
import type { ChangeTemplate } from './template/template.ts';
import type { ChangeWindow } from './window/window.ts';

export interface ChangeFacts {
  readonly models: ReadonlyMap<string, ChangeModel>;
  readonly risk: RiskSettings;
  /** Plans that a change of this risk, or of a higher one, must have. */
  readonly plans: Readonly<Record<RiskLevel, readonly PlanName[]>>;
  readonly policies: readonly ApprovalPolicy[];
  readonly templates: ReadonlyMap<RecordId, ChangeTemplate>;
  readonly windows: readonly ChangeWindow[];
  /** The organisation's, IANA name: whose clock floating windows go by. */
  readonly zone: string;
  readonly dependencies: Dependencies;
  /** What a change collides with, its own place aside: `ConflictIndex.conflictsOf`. */
  readonly conflictsOf: (planned: Planned) => readonly Conflict[];
  /** Why an item cannot say what is planned for it; left out where the rules of items are not at hand. */
  readonly unfitOf?: (value: PlannedValue) => PlannedUnfit | null;
  /** Closed changes like this one, newest first. */
  readonly pastOf: (change: Pick<Change, 'model' | 'team' | 'template'>) => readonly PastChange[];
}

export interface ChangeContext extends DecisionContext<Change, ChangeEvent> {
  readonly facts: ChangeFacts;
}

export const DEFAULT_PLANS: ChangeFacts['plans'] = {
  low: ['implementation'],
  medium: ['backout'],
  high: ['test', 'communication'],
  very_high: [],
  critical: [],
};

/** A change as far as its success goes; null for one that has not ended. */
export function asPast({ state, result, caused }: Change): PastChange | null {
  return state !== 'closed' || result === null
    ? null
    : { result, caused: caused.map(({ priority }) => priority) };
}

/** The plans that a change of a risk needs, those of lesser risks among them. */
export function plansFor(plans: ChangeFacts['plans'], risk: RiskLevel): readonly PlanName[] {
  return RISK_LEVELS.slice(0, rankOf(risk) + 1).flatMap((level) => plans[level]);
}

/** A change as policies, rules of risk and windows see it. */
export function matchedOf(
  { model, items, risk, outage }: Pick<Change, 'model' | 'items' | 'risk' | 'outage'>,
  { dependencies }: Pick<ChangeFacts, 'dependencies'>,
  services: DecisionContext<Change, ChangeEvent>['directory']['services'],
): Matched {
  const reached = dependencies.servicesOf(items);
  const touched = [...new Set(items.map(dependencies.stayingOf))];
  const criticalities = reached.flatMap((service) => services.get(service)?.criticality ?? []);
  return {
    model,
    services: reached,
    classes: [...new Set(touched.flatMap((item) => dependencies.classOf(item) ?? []))],
    criticality: criticalities.length === 0 ? null : Math.min(...criticalities),
    risk: risk?.level ?? null,
    outage,
    items: touched.length,
  };
}

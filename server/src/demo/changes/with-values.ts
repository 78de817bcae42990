/** Changes that plan what is to stand in the configuration: one that is done and was applied, one that is decided on. */
import type { PlannedValue } from '@muster/domain/change';
import type { MapPlan } from '../configuration/plan.ts';
import { Random } from '../random.ts';
import type { PlannedChange } from './quarter.ts';
import { planOf, subjectOf } from './tonight.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long ago the first half of the warehouse was extended. */
export const EXTENDED_BEFORE_MS = 9 * DAY;
const GOES_ON_AFTER_MS = 6 * DAY;

const MEMORY = 'attribute:memory_gb';
const GROWN = 1536;

export const EXTENDED_KEY = 'warehouse-extended';
export const EXTENDING_KEY = 'warehouse-goes-on';

export function changesWithValues(now: number, plan: MapPlan): readonly PlannedChange[] {
  const subject = subjectOf('More memory for the data warehouse');
  const change = (key: string, begins: number, host: string, title: string): PlannedChange => ({
    ...planOf(key, subject, { begins, ends: begins + subject.minutes * MINUTE }, new Random(7)),
    ...{ title, values: grownMemory(plan, host) },
  });
  return [
    change(EXTENDED_KEY, now - EXTENDED_BEFORE_MS, 'db-01', 'More memory for db-01 of the data warehouse'),
    change(EXTENDING_KEY, now + GOES_ON_AFTER_MS, 'db-02', 'More memory for db-02 of the data warehouse'),
  ];
}

function grownMemory(plan: MapPlan, name: string): readonly PlannedValue[] {
  const host = plan.items.find((each) => each.name === name);
  const was = host?.attributes['memory_gb'];
  if (host === undefined || was === undefined)
    throw new Error(`demonstration: no memory of ${name} is known`);
  return [{ kind: 'field', item: host.id, field: MEMORY, was, to: GROWN }];
}

/** What approvals are bound to: plans, items, window, outage, risk and planned values, each known by a digest of its own. */
import { contentHash } from '../shared/index.ts';
import { PLANS } from './change.ts';
import type { Change } from './change.ts';
import { plannedContent } from './planned/planned-value.ts';
import type { Risk, RiskInput } from './risk/assess.ts';

/** By part: `items`, `window`, `outage`, `risk`, `values` where there are any, and `plan:<name>`. What an approver read is told in this form. */
export type ContentDigests = Readonly<Record<string, string>>;

type Content = Pick<
  Change,
  'items' | 'begins' | 'ends' | 'outage' | 'plans' | 'riskInput' | 'risk' | 'values'
>;

/** The present content, part by part. */
export function contentOf(change: Content): ContentDigests {
  const { items, begins, ends, outage, plans, riskInput, risk, values } = change;
  return {
    items: contentHash([...items].toSorted()),
    window: `${begins ?? ''}/${ends ?? ''}`,
    outage: String(outage),
    risk: contentHash(riskRead(riskInput, risk)),
    // absent where there are none: what was approved before there were any stays approved
    ...(values.length > 0 && { values: contentHash(plannedContent(values)) }),
    ...Object.fromEntries(PLANS.map((plan) => [`plan:${plan}`, plans[plan] ?? ''])),
  };
}

/** One hash for all of it: the same content has the same hash, whatever the order of its parts. */
export function hashOf(content: ContentDigests): string {
  return contentHash(sorted(content));
}

/** The parts that differ between what was read and what stands, in the order of their names. */
export function differing(read: ContentDigests, present: ContentDigests): readonly string[] {
  const parts = new Set([...Object.keys(read), ...Object.keys(present)]);
  return [...parts].toSorted().filter((part) => read[part] !== present[part]);
}

function riskRead(input: RiskInput | null, risk: Risk | null): unknown {
  if (input === null) return null;
  const { answers, likelihood, impact } = input;
  return [sorted(answers), likelihood, impact, risk?.level ?? null];
}

function sorted(record: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

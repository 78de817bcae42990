import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordId } from '../shared/index.ts';
import { PLANS } from './change.ts';
import type { Change } from './change.ts';
import { contentOf, differing, hashOf } from './content.ts';
import { CALM, normal } from './test-board.ts';

const { it } = normal('new');
const hash = (change: Change): string => hashOf(contentOf(change));

describe('what approvals are bound to', () => {
  test('[CHG-34] plans, items, window, outage and risk are content; title, people and tasks are not', () => {
    const other: readonly Partial<Change>[] = [
      { items: [recordId('x')] },
      { begins: 1 },
      { ends: 2 },
      { outage: true },
      { riskInput: { ...CALM, impact: 3 } },
      ...PLANS.map((plan) => ({ plans: { ...it.plans, [plan]: 'other' } })),
    ];
    const hashes = [it, ...other.map((given) => ({ ...it, ...given }))].map(hash);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hash({ ...it, title: 'x', owner: null, team: null, version: 99 })).toBe(hash(it));
  });

  test('[CHG-34] the order in which it was written does not matter', () => {
    const items = ['a', 'b', 'c', 'd'].map((id) => recordId(id));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(items, { minLength: 4 }),
        fc.shuffledSubarray(Object.entries(CALM.answers), { minLength: 4 }),
        fc.shuffledSubarray(Object.entries(it.plans), { minLength: 2 }),
        (order, answers, plans) => {
          const written = {
            ...it,
            items: order,
            riskInput: { ...CALM, answers: Object.fromEntries(answers) },
            plans: Object.fromEntries(plans),
          };
          expect(hash(written)).toBe(hash({ ...it, items }));
        },
      ),
    );
  });

  test('[CHG-34] what differs is named part by part, what was not read too', () => {
    const read = contentOf(it);
    const present = contentOf({ ...it, outage: true, plans: { ...it.plans, test: 'new' } });
    expect(differing(read, read)).toEqual([]);
    expect(differing(read, present)).toEqual(['outage', 'plan:test']);
    expect(differing({}, read)).toEqual(Object.keys(read).toSorted());
  });
});

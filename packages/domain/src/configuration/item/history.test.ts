import { describe, expect, it } from 'vitest';
import { personId, recordId } from '../../shared/index.ts';
import type { Recorded } from '../../shared/index.ts';
import type { ItemEvent } from './acts.ts';
import { evolveItem } from './evolve.ts';
import { asHistory, itemAt, relationsAt } from './history.ts';
import type { HistoryEvent } from './history.ts';
import { lastChangeOf } from './item.ts';

const web = recordId('web1');
const relation = { id: recordId('r1'), type: 'runs_on', from: recordId('dbs'), to: web };
const by = personId('ana');

function told(at: number, version: number, event: HistoryEvent): Recorded<HistoryEvent> {
  return { seq: at, version, event, actor: by, at, clientAt: at };
}

const fields = {
  ...{ class: 'server', name: 'web1', owner: null, team: null, criticality: null, redundancy: [] },
  attributes: { serial: 'S1' },
};
const history: readonly Recorded<HistoryEvent>[] = [
  told(10, 1, { type: 'made', number: null, state: 'in_service', fields }),
  asHistory(relation, {
    ...told(20, 1, { type: 'kept' }),
    event: { type: 'related', as: 'runs_on', from: relation.from, to: web },
  }),
  told(30, 2, { type: 'edited', fields: { attributes: { serial: null, model: 'M' } }, before: {} }),
  asHistory(relation, { ...told(40, 2, { type: 'kept' }), event: { type: 'removed' } }),
  told(50, 3, { type: 'stepped', from: 'in_service', to: 'retired', reason: null }),
];

describe('the history of an item', () => {
  it('[CFG-30] tells how it stood at any moment', () => {
    const at = (moment: number) => itemAt(web, history, moment);
    expect(at(9)).toBeNull();
    expect(at(10)).toMatchObject({ name: 'web1', attributes: { serial: 'S1' }, version: 1 });
    expect(at(45)).toMatchObject({ attributes: { model: 'M' }, state: 'in_service', version: 2 });
    expect(at(50)).toMatchObject({ state: 'retired', updatedAt: 50 });
  });

  it('[CFG-30] tells which relations stood at any moment', () => {
    const at = (moment: number) => relationsAt(history, moment).map((each) => each.relation);
    expect([at(19), at(20), at(39), at(40)]).toEqual([[], ['r1'], ['r1'], []]);
    expect(relationsAt(history, 20)).toMatchObject([{ as: 'runs_on', from: 'dbs', to: 'web1' }]);
  });
});

describe('when an item was changed', () => {
  const made = history[0]!;
  const edited: ItemEvent = { type: 'edited', fields: { name: 'web2' }, before: { name: 'web1' } };
  const after = (...events: readonly HistoryEvent[]) =>
    lastChangeOf(
      itemAt(web, [made, ...events.map((event, place) => told(20 + 10 * place, place + 2, event))], 99)!,
    );
  const other = recordId('web3');
  const took = { moved: [], dropped: [], took: {} };
  const still: readonly HistoryEvent[] = [
    { type: 'confirmed' },
    { type: 'told-apart', other },
    { type: 'review-asked', of: 'stale' },
    { type: 'step-suspended', to: 'retired', reason: null },
    { type: 'kept' },
  ];

  it('[CFG-109] it was when it was edited, stepped or joined last', () => {
    expect(after(edited)).toBe(20);
    expect(after({ type: 'stepped', from: 'in_service', to: 'maintenance', reason: null })).toBe(20);
    expect(after({ type: 'joined', other, name: 'web3', number: null, ...took })).toBe(20);
    expect(after({ type: 'joined-into', into: other })).toBe(20);
    expect(after(edited, edited)).toBe(30);
  });

  it('[CFG-109] making it and what is said about it change nothing, before and after it was changed', () => {
    expect(after()).toBeNull();
    expect(after(...still)).toBeNull();
    expect(after(edited, ...still)).toBe(20);
    expect(after(...still, edited)).toBe(70);
  });

  it('[CFG-109] of one that was changed before that was kept, it is when something happened that is known to be a change', () => {
    const { changedAt: _, ...before } = itemAt(web, history, 50)!;
    expect(lastChangeOf(before)).toBe(50);
    const { changedAt, ...confirmed } = evolveItem(before, { type: 'confirmed' }, { actor: by, at: 60 }, web);
    expect([changedAt, lastChangeOf(confirmed)]).toEqual([undefined, null]);
    expect(lastChangeOf(evolveItem(confirmed, edited, { actor: by, at: 70 }, web))).toBe(70);
  });
});

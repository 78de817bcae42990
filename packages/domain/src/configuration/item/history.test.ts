import { describe, expect, it } from 'vitest';
import { personId, recordId } from '../../shared/index.ts';
import type { Recorded } from '../../shared/index.ts';
import { asHistory, itemAt, relationsAt } from './history.ts';
import type { HistoryEvent } from './history.ts';

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

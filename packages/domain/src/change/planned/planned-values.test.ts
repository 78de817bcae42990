import { describe, expect, it } from 'vitest';
import { recordId } from '../../shared/index.ts';
import type { ChangeBoard } from '../test-board.ts';
import { actorOf, normal, refusedFor } from '../test-board.ts';
import { change as decider } from '../decider.ts';
import { plannedKey } from './planned-value.ts';
import type { PlannedValue } from './planned-value.ts';

const WEB = recordId('web1');
const name = (to: string): PlannedValue => ({ kind: 'field', item: WEB, field: 'name', was: 'web1', to });
const plan = (...values: readonly PlannedValue[]) => ({ verb: 'plan-values', values }) as const;

describe('planned values', () => {
  it('[CFG-40] are planned by who works on changes and on items, each key once, and taken back', () => {
    const board = normal('new').do('ana', plan(name('web2')));
    const step: PlannedValue = { kind: 'step', item: WEB, was: 'in_service', to: 'maintenance' };
    board.do('ana', plan(step, name('web3')));
    expect(board.it.values).toEqual([step, name('web3')]);
    expect(board.run('ana', plan(step))).toMatchObject(refusedFor('nothing-to-change'));
    board.do('ana', { verb: 'unplan-values', keys: [plannedKey(step)] });
    expect(board.it.values).toEqual([name('web3')]);
    expect(board.run('ana', { verb: 'unplan-values', keys: [plannedKey(step)] })).toMatchObject(
      refusedFor('nothing-to-change'),
    );
    const permissions = new Set(
      [...actorOf('ana').permissions].filter((each) => each !== 'configuration.work'),
    );
    const answer = decider.decide(
      board.it,
      { process: 'change', ...plan(name('x')) },
      {
        ...{ actor: { ...actorOf('ana'), permissions }, now: board.now, clientAt: board.now },
        ...{ target: board.target, since: [], number: null, directory: board.directory },
        ...{ related: new Map(), facts: board.facts },
      },
    );
    expect(answer).toMatchObject(refusedFor('not-permitted', { permission: 'configuration.work' }));
  });

  it('[CFG-40] are refused when they say nothing new, or what no item can be', () => {
    const board = normal('new');
    const odd: readonly PlannedValue[] = [
      name('web1'),
      name('  '),
      { kind: 'field', item: WEB, field: 'class', was: 'server', to: 'rack' },
      { kind: 'field', item: WEB, field: 'criticality', was: null, to: 5 },
      { kind: 'field', item: WEB, field: 'redundancy:members', was: null, to: 0 },
      { kind: 'field', item: WEB, field: 'redundancy:members', was: null, to: '101 %' },
      { kind: 'field', item: WEB, field: 'redundancy:members', was: null, to: 'half' },
      { kind: 'field', item: WEB, field: 'redundancy:', was: null, to: 1 },
      { kind: 'relate', type: 'uses', from: WEB, to: WEB },
    ];
    for (const each of odd)
      expect(board.run('ana', plan(each)), JSON.stringify(each)).toMatchObject(
        refusedFor('invalid-value', { field: 'values' }),
      );
  });

  it('[CFG-130] are refused where the item cannot say so, but for what was planned before and is left', () => {
    const board = normal('new').do('ana', plan(name('web2')));
    const unfit = { item: WEB, field: 'name', called: null, why: { code: 'configuration/invalid-value' } };
    board.unfitOf = (value) => (value.kind === 'field' && value.field === 'name' ? unfit : null);
    expect(board.run('ana', plan(name('web3')))).toMatchObject(refusedFor('value-unfit', unfit));
    const step: PlannedValue = { kind: 'step', item: WEB, was: 'in_service', to: 'maintenance' };
    board.do('ana', plan(name('web2'), step));
    expect(board.it.values).toEqual([name('web2'), step]);
  });

  it('[CFG-40] tell who planned the same before, unseen, that it was replaced', () => {
    const board = normal('new');
    const { version } = board.it;
    board.do('ana', plan(name('web2')));
    expect(board.run('max', plan(name('web3')), version)).toMatchObject({
      value: {
        tell: [{ person: 'ana', kind: 'replaced', detail: { field: 'values', value: name('web2') } }],
      },
    });
  });

  it('[CFG-39] are of items that the change touches from then on, but for what is retired or unknown', () => {
    const board = normal('new');
    const [was] = board.it.items;
    const [db, old] = [recordId('db1'), recordId('old1')];
    board.known = new Set([db, old]);
    board.retired = new Set([old]);
    const step: PlannedValue = { kind: 'step', item: old, was: 'retired', to: 'in_service' };
    const relate: PlannedValue = { kind: 'relate', type: 'depends_on', from: db, to: recordId('nowhere') };
    const from = board.it.version;
    board.do('ana', plan(name('web2'), relate, step));
    expect(board.it.items).toEqual([was, db]);
    expect(board.it.values).toHaveLength(3);
    expect(board.typesSince(from).slice(0, 2)).toEqual(['edited', 'values-planned']);
    const { version } = board.it;
    board.do('ana', plan(name('web3')));
    expect(board.typesSince(version)).toEqual(['values-planned']);
  });

  it('[CFG-41] void what was approved before they were planned, and are locked with the plans', () => {
    const board = normal('scheduled');
    const { revision } = board.it;
    board.do('ana', plan(name('web2')));
    expect(board.it).toMatchObject({ state: 'authorize', revision: revision + 1 });
    expect(board.history.findLast(({ event }) => event.type === 'approvals-voided')?.event).toMatchObject({
      cause: 'content',
      differs: ['values'],
    });
    expect(normal('implement').run('ana', plan(name('web2')))).toMatchObject(
      refusedFor('content-locked', { what: 'plans' }),
    );
  });

  it('[CFG-41] are of nothing new once the items are locked, also of nothing retired', () => {
    const board = normal('authorize');
    const [db, old] = [recordId('db1'), recordId('old1')];
    board.known = new Set([db, old]);
    board.retired = new Set([old]);
    for (const item of [db, old]) {
      const step: PlannedValue = { kind: 'step', item, was: 'retired', to: 'in_service' };
      expect(board.run('ana', plan(step))).toMatchObject(refusedFor('content-locked', { what: 'items' }));
    }
    expect(board.it.values).toEqual([]);
    board.do('ana', plan(name('web2')));
    expect(board.it.values).toHaveLength(1);
  });

  it('[CFG-43] tell the owner of the change what was kept; nobody but the product says so', () => {
    const board = withValues(normal('new'));
    const why = { code: 'planned/retired' };
    const note = {
      verb: 'note-values',
      outcomes: [{ key: plannedKey(name('web2')), fate: 'kept', why }],
    } as const;
    expect(board.run('ana', note)).toMatchObject(refusedFor('not-permitted', { permission: 'system' }));
    board.do('system', note);
    expect(board.it.valueOutcomes).toEqual(note.outcomes);
  });

  it('[CFG-44] are left out, which is said, when the change is called off or did not succeed', () => {
    const called = withValues(normal('new')).do('ana', { verb: 'cancel', reason: 'Not needed' });
    expect(called.history.at(-1)?.event).toEqual({ type: 'values-left', count: 1 });
    const failed = withValues(normal('assess'));
    expect(failed.history.map(({ event }) => event.type)).not.toContain('values-left');
  });
});

function withValues(board: ChangeBoard): ChangeBoard {
  return board.do('ana', plan(name('web2')));
}

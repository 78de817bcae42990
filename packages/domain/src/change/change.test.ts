import { describe, expect, test } from 'vitest';
import { personId, recordId, serviceId, teamId } from '../shared/index.ts';
import { VPN } from '../shared/test-support/organisation.ts';
import type { ChangeAct } from './acts.ts';
import { approvalsNow } from './approval/ask.ts';
import { CHANGE_STATES, stepsFrom } from './model/model.ts';
import { CHANGE_MODELS } from './model/models.ts';
import { BEGINS, CALM, ChangeBoard, DAY, ENDS, HOUR, NOW, normal, policy, refusedFor } from './test-board.ts';

const create = (given: object = {}): ChangeAct => ({
  verb: 'create',
  model: 'normal',
  fields: { title: 'Renew', ...given },
});
const toAssess: ChangeAct = { verb: 'step', to: 'assess' };

describe('models', () => {
  test('[CHG-1] every model is its line of A8', () => {
    const forward = (id: string) =>
      (CHANGE_MODELS.get(id)?.steps ?? [])
        .filter(({ way }) => way === 'forward')
        .map(({ from, to }) => `${from} ${to}`);
    const end = ['scheduled implement', 'implement review', 'review closed'];
    expect(forward('normal')).toEqual(['new assess', 'assess authorize', 'authorize scheduled', ...end]);
    expect(forward('standard')).toEqual(['new scheduled', ...end]);
    expect(forward('emergency')).toEqual(['new authorize', 'authorize scheduled', ...end]);
    expect(forward('unauthorised')).toEqual(['detected authorize', 'authorize review', 'review closed']);
  });

  test('[CHG-1] a normal change goes its whole way', () => {
    const board = normal('review').do('ana', { verb: 'close', result: 'successful' });
    expect(board.it).toMatchObject({ state: 'closed', result: 'successful', number: 'CHG-2026-00001' });
    expect(board.it).toMatchObject({ startedAt: BEGINS, endedAt: BEGINS, closedAt: BEGINS });
  });

  test('[CHG-1] an emergency is authorised without an assessment, an unauthorised one after the fact', () => {
    const board = new ChangeBoard();
    board.do('ana', {
      ...create({ items: [VPN], begins: BEGINS, ends: ENDS }),
      model: 'emergency',
    } as ChangeAct);
    board.do('ana', { verb: 'step', to: 'authorize' }).vote('kim').vote('max');
    board.do('ana', { verb: 'step', to: 'scheduled' });
    expect(board.it.state).toBe('scheduled');
    const late = new ChangeBoard();
    late.do('ana', { ...create({ items: [VPN] }), model: 'unauthorised' } as ChangeAct);
    expect(late.it.state).toBe('detected');
    late.do('ana', { verb: 'step', to: 'authorize' }).vote('kim').vote('max');
    expect(late.do('ana', { verb: 'step', to: 'review' }).it.state).toBe('review');
  });

  test('[CHG-2] every state before the review is left by cancelling, none from it on', () => {
    for (const model of CHANGE_MODELS.values())
      for (const state of CHANGE_STATES) {
        const isBefore = Object.hasOwn(model.states, state) && state !== 'review';
        const cancels = stepsFrom(model, state).some(({ way }) => way === 'cancel');
        expect([model.id, state, cancels]).toEqual([model.id, state, isBefore]);
      }
    const board = normal('implement');
    expect(board.run('ana', { verb: 'cancel', reason: ' ' })).toMatchObject(refusedFor('missing-field'));
    expect(board.do('ana', { verb: 'cancel', reason: 'Not needed' }).it.state).toBe('cancelled');
    expect(normal('review').run('ana', { verb: 'cancel', reason: 'x' })).toMatchObject(
      refusedFor('no-such-step'),
    );
  });

  test('[CHG-3] reverting goes back to the beginning and voids what was approved', () => {
    const board = normal('authorize').vote('kim');
    board.do('ana', { verb: 'revert', reason: 'The supplier moved' });
    expect(board.it).toMatchObject({ state: 'new', revision: 2, requirements: [] });
    expect(new Set(board.it.approvals.map(({ state }) => state))).toEqual(new Set(['void']));
    board.do('ana', toAssess);
    expect(board.it.approvals).toMatchObject([{ person: 'lea', state: 'requested', revision: 2 }]);
    expect(normal('scheduled').run('ana', { verb: 'revert', reason: 'x' })).toMatchObject(
      refusedFor('no-such-step'),
    );
  });

  test('[CHG-4] items are settled while it is new, all content once it is carried out', () => {
    const items: ChangeAct = { verb: 'edit', fields: { items: [] } };
    const outage: ChangeAct = { verb: 'edit', fields: { outage: true } };
    expect(normal('new').run('ana', items).ok).toBe(true);
    expect(normal('assess').run('ana', items)).toMatchObject(
      refusedFor('content-locked', { what: 'items', state: 'assess' }),
    );
    expect(normal('scheduled').run('ana', outage).ok).toBe(true);
    for (const act of [
      outage,
      { verb: 'note-plans', plans: { test: 'x' } },
      { verb: 'assess', input: { ...CALM, impact: 3 } },
    ] as const)
      expect(normal('implement').run('ana', act)).toMatchObject(refusedFor('content-locked'));
    expect(normal('implement').do('ana', { verb: 'edit', fields: { title: 'Other' } }).it.title).toBe(
      'Other',
    );
  });

  test('[CHG-5] the model is another one while it is new and nobody was asked', () => {
    const model = (id: string): ChangeAct => ({ verb: 'edit', fields: {}, model: id });
    expect(normal('new').do('ana', model('emergency')).it.model).toBe('emergency');
    for (const id of ['standard', 'unauthorised'])
      expect(normal('new').run('ana', model(id))).toMatchObject(refusedFor('model-locked', { model: id }));
    expect(normal('assess').run('ana', model('emergency'))).toMatchObject(refusedFor('model-locked'));
    expect(normal('new').run('ana', model('odd'))).toMatchObject(
      refusedFor('unknown-model', { model: 'odd' }),
    );
  });

  test('[CHG-6] an assessment needs a plan, items and a window', () => {
    const board = new ChangeBoard();
    board.do('ana', create());
    expect(board.run('ana', toAssess)).toMatchObject(
      refusedFor('plans-missing', { plans: ['implementation'] }),
    );
    board.do('ana', { verb: 'note-plans', plans: { implementation: 'steps' } });
    expect(board.run('ana', toAssess)).toMatchObject(refusedFor('missing-field', { field: 'items' }));
    board.do('ana', { verb: 'edit', fields: { items: [VPN] } });
    expect(board.run('ana', toAssess)).toMatchObject(refusedFor('missing-field', { field: 'window' }));
    board.do('ana', { verb: 'edit', fields: { begins: BEGINS, ends: ENDS } }).do('ana', toAssess);
    expect(board.run('ana', { verb: 'step', to: 'authorize' })).toMatchObject(
      refusedFor('risk-open', { question: 'tested' }),
    );
  });

  test('[CHG-6] the risk says which plans there must be', () => {
    const board = normal('assess');
    board.do('ana', { verb: 'assess', input: { ...CALM, likelihood: 3, impact: 5 } }).vote('lea');
    expect(board.run('ana', { verb: 'step', to: 'authorize' })).toMatchObject(
      refusedFor('plans-missing', { plans: ['test', 'communication'] }),
    );
  });
});

describe('on hold', () => {
  test('[CHG-7] all is refused but calling it off and releasing it', () => {
    const board = normal('authorize').do('ana', { verb: 'hold', reason: 'Waiting for parts' });
    const refused: readonly (readonly [string, ChangeAct])[] = [
      ['kim', { verb: 'vote', vote: 'approved', read: board.read }],
      ['ana', { verb: 'edit', fields: { title: 'x' } }],
      ['ana', { verb: 'step', to: 'scheduled' }],
      ['ana', { verb: 'revert', reason: 'x' }],
      ['bo', { verb: 'hold', reason: 'x' }],
    ];
    for (const [who, act] of refused)
      expect(board.run(who, act)).toMatchObject(
        refusedFor('on-hold', { by: 'ana', reason: 'Waiting for parts' }),
      );
    expect(approvalsNow(board.it).map(({ state }) => state)).toEqual([
      'approved',
      ...Array.from({ length: 3 }, () => 'not_required'),
    ]);
    board.do('bo', { verb: 'release' });
    expect(
      approvalsNow(board.it)
        .slice(1)
        .map(({ state }) => state),
    ).toEqual(Array(3).fill('requested'));
    expect(board.run('bo', { verb: 'release' })).toMatchObject(refusedFor('not-on-hold'));
    board.do('ana', { verb: 'hold', reason: 'Again' }).do('ana', { verb: 'cancel', reason: 'Too long' });
    expect(board.it).toMatchObject({ state: 'cancelled', held: null });
  });

  test('[CHG-7] nothing expires meanwhile, and approvers get the time back', () => {
    const board = new ChangeBoard();
    board.policies = [policy({ withinMs: DAY })];
    normal('authorize', Object.assign(board, { vote: () => board }));
    board.do('ana', { verb: 'hold', reason: 'x' });
    board.tick(NOW + 3 * DAY);
    board.do('ana', { verb: 'release' });
    expect(board.it.approvals.map(({ dueAt }) => dueAt)).toEqual(Array(3).fill(NOW + 4 * DAY));
    board.tick(NOW + 4 * DAY - 1);
    expect(board.it.approvals[0]?.state).toBe('requested');
  });
});

describe('what is refused', () => {
  test.each([
    [{ title: ' ' }, 'missing-field', { field: 'title' }],
    [{ title: 'x'.repeat(300) }, 'invalid-value', { field: 'title' }],
    [{ items: [serviceId('moon')] }, 'unknown-item', { item: 'moon' }],
    [{ ends: BEGINS }, 'window-ends-first', { begins: BEGINS, ends: BEGINS }],
    [{ begins: ENDS + HOUR }, 'window-ends-first', {}],
    [{ begins: 1.5 }, 'invalid-value', { field: 'begins' }],
    [{ title: 'Renew the VPN' }, 'nothing-to-change', { field: null }],
  ] as const)('[CHG-8] %o', (fields, code, facts) => {
    expect(normal('new').run('ana', { verb: 'edit', fields })).toMatchObject(refusedFor(code, facts));
  });

  test('[CFG-62] an item that is retired, named anew; one that was named before it was stays', () => {
    const board = normal('new');
    const { items } = board.it;
    board.retired = new Set(items);
    expect(board.run('ana', { verb: 'edit', fields: { items, title: 'Sooner' } }).ok).toBe(true);
    const anew: ChangeAct = { verb: 'create', model: 'normal', fields: { title: 'Renew it', items } };
    const other = new ChangeBoard();
    other.retired = new Set(items);
    expect(other.run('ana', anew)).toMatchObject(refusedFor('item-retired', { item: items[0] }));
  });

  test('[CHG-8] a window that is taken away once it was assessed', () => {
    const none: ChangeAct = { verb: 'edit', fields: { begins: null, ends: null } };
    expect(normal('new').run('ana', none).ok).toBe(true);
    for (const state of ['assess', 'scheduled'] as const)
      expect(normal(state).run('ana', none)).toMatchObject(refusedFor('missing-field', { field: 'window' }));
  });

  test('[CHG-8] people and teams that are not there', () => {
    const board = normal('new');
    const assign = (team: string | null, owner: string | null): ChangeAct => ({
      verb: 'assign',
      team: team === null ? null : teamId(team),
      owner: owner === null ? null : personId(owner),
    });
    expect(board.run('ana', assign('moon', null))).toMatchObject(refusedFor('unknown-team'));
    expect(board.run('ana', assign(null, 'gone'))).toMatchObject(refusedFor('unknown-person'));
    expect(board.run('ana', assign(null, 'bo'))).toMatchObject({
      ok: true,
      value: { tell: [{ person: 'bo', kind: 'assigned' }] },
    });
  });

  test('[CHG-9] whoever lacks the permission, and nothing is there for those who may not read', () => {
    const board = normal('authorize');
    const absent = new ChangeBoard().run('rita', { verb: 'release' });
    expect(absent).toMatchObject(refusedFor('no-such-change', { change: 'c1' }));
    for (const act of [create(), { verb: 'release' }, toAssess] as const)
      expect(board.run('rita', act)).toEqual(absent);
    expect(board.run('ana', { verb: 'waive-conflicts', keys: ['x'], reason: 'x' })).toMatchObject(
      refusedFor('not-permitted', { permission: 'change.manage' }),
    );
    expect(board.run('ana', { verb: 'expire' })).toMatchObject(refusedFor('not-permitted'));
    expect(new ChangeBoard().run('ana', { verb: 'release' })).toMatchObject(refusedFor('no-such-change'));
    expect(board.run('ana', create())).toMatchObject(refusedFor('already-exists'));
  });

  test('[CHG-12] a change that is over does not change', () => {
    const board = normal('review').do('ana', { verb: 'close', result: 'successful' });
    expect(board.run('ana', { verb: 'edit', fields: { title: 'x' } })).toMatchObject(
      refusedFor('change-over', { state: 'closed' }),
    );
    expect(board.run('ana', { verb: 'step', to: 'review' })).toMatchObject(refusedFor('change-over'));
    expect(normal('review').run('ana', { verb: 'close', result: 'fine' as 'successful' })).toMatchObject(
      refusedFor('invalid-value', { field: 'result' }),
    );
    expect(normal('review').run('ana', { verb: 'step', to: 'closed' })).toMatchObject(
      refusedFor('no-such-step'),
    );
  });
});

describe('two at once', () => {
  test('[CHG-10] the same step is shown, another is told', () => {
    const board = normal('new');
    const seen = board.it.version;
    board.do('ana', toAssess);
    expect(board.run('bo', toAssess, seen)).toMatchObject({
      ok: true,
      value: { events: [], superseded: { by: { person: 'ana' }, reason: 'already-done' } },
    });
    board.do('ana', { verb: 'cancel', reason: 'x' });
    expect(board.run('bo', { verb: 'step', to: 'authorize' }, seen)).toMatchObject(
      refusedFor('change-moved', { state: 'cancelled', by: 'ana', at: NOW }),
    );
  });

  test('[CHG-10] whoever calls it off does so wherever it has come to', () => {
    const board = normal('new');
    const seen = board.it.version;
    board.do('ana', toAssess);
    expect(board.run('bo', { verb: 'cancel', reason: 'x' }, seen).ok).toBe(true);
    expect(board.run('ana', { verb: 'cancel', reason: 'y' }, seen)).toMatchObject({
      value: { superseded: { by: { person: 'bo' } } },
    });
  });

  test('[CHG-11] of the same field the later stands and the earlier is told', () => {
    const board = normal('new');
    const seen = board.it.version;
    board.do('ana', { verb: 'edit', fields: { title: 'Anas', outage: true } });
    expect(board.run('bo', { verb: 'edit', fields: { title: 'Bos' } }, seen)).toMatchObject({
      value: {
        tell: [{ person: 'ana', kind: 'replaced', detail: { field: 'title', value: 'Anas', with: 'Bos' } }],
      },
    });
    expect(board.it).toMatchObject({ title: 'Bos', outage: true });
  });
});

describe('risk of a change', () => {
  test('[CHG-22] what is touched has it assessed anew', () => {
    const board = normal('new');
    expect(board.it.risk).toMatchObject({ level: 'low' });
    const { version } = board.it;
    board.do('ana', { verb: 'edit', fields: { outage: true } });
    expect(board.typesSince(version)).toEqual(['edited', 'assessed']);
    expect(board.it.risk).toMatchObject({ level: 'medium', by: 'conditions' });
    expect(board.run('ana', { verb: 'assess', input: { ...CALM, answers: {} } })).toMatchObject(
      refusedFor('risk-open', { question: 'tested' }),
    );
    expect(board.run('ana', { verb: 'assess', input: { ...CALM, impact: 6 as 5 } })).toMatchObject(
      refusedFor('invalid-value', { field: 'impact' }),
    );
    expect(board.run('ana', { verb: 'edit', fields: { items: [recordId('x')] } })).toMatchObject(
      refusedFor('unknown-item'),
    );
  });
});

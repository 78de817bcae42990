import { describe, expect, test } from 'vitest';
import { personId, recordId, serviceId, teamId } from '../shared/index.ts';
import { nextReminder } from './monitor.ts';
import { problemNews } from './news.ts';
import {
  DAY,
  Desk,
  FIELDS,
  FOUND,
  NOW,
  beingFixed,
  incident,
  open,
  opened,
  overtakenBy,
  refusedFor,
} from './test-problem.ts';

describe('who may', () => {
  test('[PRB-2] those who may not read problems are answered as if there were none', () => {
    const edit = { verb: 'edit', fields: { title: 'x' } } as const;
    const hidden = opened().run('rita', edit);
    expect(hidden).toMatchObject(refusedFor('no-such-problem'));
    expect(new Desk().run('rita', edit)).toEqual(hidden);
    expect(new Desk().run('ana', edit)).toEqual(hidden);
  });

  test('[PRB-2] agents work, and those who manage accept a risk and take up again what was over', () => {
    const desk = opened().to('assess', 'rca');
    const reviewAt = NOW + DAY;
    const accept = { verb: 'step', to: 'risk_accepted', reason: 'rare', reviewAt } as const;
    const manage = refusedFor('not-permitted', { permission: 'problem.manage' });
    expect(desk.run('ana', accept)).toMatchObject(manage);
    desk.do('lea', accept);
    const again = { verb: 'step', to: 'rca', reason: 'not so rare' } as const;
    expect(desk.run('ana', again)).toMatchObject(manage);
    expect(desk.do('lea', again).at()).toMatchObject({ state: 'rca', risk: null, endedAt: null });
    expect(desk.run('lea', { verb: 'remind' })).toMatchObject(refusedFor('not-permitted'));
  });
});

describe('what a problem is', () => {
  test.each([
    [{ title: ' ' }, 'missing-field', { field: 'title' }],
    [{ title: 'x'.repeat(300) }, 'invalid-value', { field: 'title' }],
    [{ workaround: 'x'.repeat(5_000) }, 'invalid-value', { field: 'workaround' }],
    [{ service: serviceId('moon') }, 'unknown-service', { service: 'moon' }],
    [{ items: [recordId('moon')] }, 'unknown-item', { item: 'moon' }],
    [{ team: teamId('moon') }, 'unknown-team', { team: 'moon' }],
    [{ owner: personId('gone') }, 'unknown-person', { person: 'gone' }],
    [{ owner: personId('rita') }, 'unknown-person', { person: 'rita' }],
  ] as const)('[PRB-3] %o is refused', (fault, code, facts) => {
    const expected = refusedFor(code, facts);
    const fields = { ...FIELDS, ...fault };
    expect(new Desk().run('ana', { verb: 'create', fields, origin: FOUND, incidents: [] })).toMatchObject(
      expected,
    );
    expect(opened().run('ana', { verb: 'edit', fields: fault })).toMatchObject(expected);
  });

  test('[PRB-3] it begins with what showed it', () => {
    const create = (origin: object, incidents: readonly number[] = []) =>
      new Desk().run('ana', {
        verb: 'create',
        fields: FIELDS,
        origin: { ...FOUND, ...origin },
        incidents: incidents.map(incident),
      });
    expect(create({ kind: 'incident' })).toMatchObject(refusedFor('missing-field', { field: 'incident' }));
    expect(create({ kind: 'trend' })).toMatchObject(refusedFor('missing-field', { field: 'evidence' }));
    const desk = new Desk().do('ana', {
      verb: 'create',
      fields: FIELDS,
      origin: { kind: 'trend', incident: null, evidence: '4 in 30 days' },
      incidents: [incident(1), incident(2), incident(1)],
    });
    expect(desk.at()).toMatchObject({ state: 'new', incidents: ['i1', 'i2'], number: 'PRB-2026-00001' });
    expect(desk.run('ana', { verb: 'create', fields: FIELDS, origin: FOUND, incidents: [] })).toMatchObject(
      refusedFor('already-exists'),
    );
  });

  test('[PRB-3] its priority is that of the matrix, also when impact or urgency moves', () => {
    const desk = opened();
    expect(desk.at().priority).toBe(3);
    expect(desk.do('bo', { verb: 'edit', fields: { impact: 1, urgency: 1 } }).at().priority).toBe(1);
    expect(desk.do('bo', { verb: 'edit', fields: { title: 'Other' } }).at().priority).toBe(1);
  });
});

describe('two at once', () => {
  test('[PRB-4] the later value stands, and whoever set the other is told', () => {
    const desk = opened().do('ana', { verb: 'edit', fields: { workaround: 'Restart' } });
    const answer = desk.run('bo', { verb: 'edit', fields: { workaround: 'Wait' } }, 'p1', 1);
    expect(answer).toMatchObject({
      value: {
        tell: [{ person: 'ana', kind: 'replaced', detail: { field: 'workaround', value: 'Restart' } }],
      },
    });
    expect(desk.at().workaround).toBe('Wait');
  });

  test('[PRB-4] the second to step or to link is shown who was first', () => {
    const desk = opened().do('ana', { verb: 'step', to: 'assess' });
    expect(desk.run('bo', { verb: 'step', to: 'assess' }, 'p1', 1)).toMatchObject(
      overtakenBy('problem-stepped'),
    );
    expect(desk.run('bo', { verb: 'step', to: 'cancelled', reason: 'x' }, 'p1', 1)).toMatchObject(
      refusedFor('problem-moved', { state: 'assess', by: 'ana' }),
    );
    desk.do('ana', { verb: 'link-incident', incident: incident(1) });
    const link = { verb: 'link-incident', incident: incident(1) } as const;
    expect(desk.run('bo', link, 'p1', 2)).toMatchObject(overtakenBy('incident-linked'));
    expect(desk.run('bo', link)).toMatchObject(refusedFor('nothing-to-change'));
    desk.do('ana', { verb: 'link-change', change: recordId('c1') });
    expect(desk.at()).toMatchObject({ incidents: ['i1'], changes: ['c1'] });
    expect(desk.run('bo', { verb: 'link-change', change: recordId('c2') })).toMatchObject(
      refusedFor('unknown-change'),
    );
  });
});

describe('how it ends', () => {
  test('[PRB-5] it is repaired once its cause is known, and resolved once the fix is written down', () => {
    const desk = opened().to('assess', 'rca');
    expect(desk.run('ana', { verb: 'step', to: 'fix_in_progress' })).toMatchObject(
      refusedFor('cause-unknown'),
    );
    desk.do('ana', { verb: 'state-cause', factor: 'f1', text: 'The lease ends' }).to('fix_in_progress');
    const resolve = { verb: 'step', to: 'resolved', resolution: 'fix_applied' } as const;
    expect(desk.run('ana', { verb: 'step', to: 'resolved' })).toMatchObject(
      refusedFor('missing-field', { field: 'resolution' }),
    );
    expect(desk.run('ana', resolve)).toMatchObject(refusedFor('missing-field', { field: 'fix' }));
    const task = { kind: 'general', title: 'Tell the provider', assignee: null } as const;
    desk
      .do('ana', { verb: 'edit', fields: { fix: 'A longer lease' } })
      .do('ana', { verb: 'add-task', task: 't1', fields: task });
    expect(desk.run('ana', resolve)).toMatchObject(refusedFor('tasks-open', { tasks: ['t1'] }));
    desk.do('ana', { verb: 'drop-task', task: 't1' }).do('ana', resolve);
    expect(desk.at()).toMatchObject({
      state: 'resolved',
      resolution: { code: 'fix_applied' },
      resolvedAt: NOW,
    });
  });

  test('[PRB-5] without a fix, and back again, only with a reason', () => {
    const desk = beingFixed();
    const reason = refusedFor('missing-field', { field: 'reason' });
    expect(desk.run('ana', { verb: 'step', to: 'rca' })).toMatchObject(reason);
    expect(desk.run('ana', { verb: 'step', to: 'resolved', resolution: 'gone' })).toMatchObject(reason);
    expect(opened().run('ana', { verb: 'step', to: 'cancelled' })).toMatchObject(reason);
  });

  test('[PRB-6] a risk is accepted until a day in the future, by whoever approves it', () => {
    const desk = opened().to('assess', 'rca');
    const accept = (reviewAt?: number) =>
      desk.run('lea', { verb: 'step', to: 'risk_accepted', reason: 'rare', reviewAt });
    expect(accept()).toMatchObject(refusedFor('missing-field', { field: 'reviewAt' }));
    expect(accept(NOW)).toMatchObject(refusedFor('invalid-value', { field: 'reviewAt' }));
    expect(accept(NOW + 4_000 * DAY)).toMatchObject(refusedFor('invalid-value', { field: 'reviewAt' }));
    expect(accept(NOW + 90 * DAY).ok).toBe(true);
    expect(desk.at().risk).toEqual({ approver: 'lea', reason: 'rare', reviewAt: NOW + 90 * DAY, at: NOW });
  });

  test('[PRB-8] what is over stays as it is', () => {
    const desk = opened({}, [1]).do('ana', { verb: 'step', to: 'cancelled', reason: 'no problem' });
    expect(desk.run('ana', { verb: 'edit', fields: { title: 'x' } })).toMatchObject(
      refusedFor('problem-over', { state: 'cancelled' }),
    );
    expect(desk.run('ana', { verb: 'link-incident', incident: incident(2) })).toMatchObject(
      refusedFor('problem-over'),
    );
    expect(desk.do('lea', { verb: 'step', to: 'rca', reason: 'after all' }).at().state).toBe('rca');
  });
});

describe('duplicates', () => {
  const two = () =>
    open(opened({}, [1, 2]), {}, [2, 3], 'p2')
      .do('ana', { verb: 'step', to: 'assess' })
      .do('ana', { verb: 'step', to: 'assess' }, 'p2');
  const into = (id: string) => ({ verb: 'step', to: 'duplicate', into: recordId(id) }) as const;

  test('[PRB-7] what it had moves to the one that it goes on in', () => {
    const desk = two().do('ana', into('p2'));
    expect(desk.at('p1')).toMatchObject({ state: 'duplicate', duplicateOf: 'p2', incidents: [] });
    expect(desk.at('p2')).toMatchObject({
      state: 'assess',
      duplicates: ['p1'],
      incidents: ['i2', 'i3', 'i1'],
    });
  });

  test('[PRB-7] of two in opposite directions the first stands', () => {
    const desk = two().do('ana', into('p2'));
    expect(desk.run('bo', into('p1'), 'p2', 2)).toMatchObject(
      overtakenBy('duplicate-taken-in', 'merged-the-other-way'),
    );
    expect(desk.run('ana', into('p1'), 'p2')).toMatchObject(refusedFor('duplicate-cycle'));
  });

  test('[PRB-7] nothing goes on in itself, in a duplicate or in what has ended', () => {
    const desk = two().do('ana', into('p2'));
    open(desk, {}, [], 'p3').do('ana', { verb: 'step', to: 'assess' }, 'p3');
    expect(desk.run('ana', into('p3'), 'p3')).toMatchObject(refusedFor('duplicate-self'));
    expect(desk.run('ana', into('p1'), 'p3')).toMatchObject(
      refusedFor('duplicate-of-duplicate', { duplicateOf: 'p2' }),
    );
    expect(desk.run('ana', into('p9'), 'p3')).toMatchObject(refusedFor('no-such-problem'));
    desk.do('ana', { verb: 'step', to: 'cancelled', reason: 'none' }, 'p2');
    expect(desk.run('ana', into('p2'), 'p3')).toMatchObject(refusedFor('duplicate-of-ended'));
  });
});

describe('being forgotten', () => {
  test('[PRB-13] whoever answers for it is told once its time is over, and again after as long', () => {
    const desk = opened({ owner: personId('bo') });
    const { activeAt } = desk.at();
    desk.now = NOW + 7 * DAY - 1;
    expect(desk.run('system', { verb: 'remind' })).toMatchObject(refusedFor('no-reminder'));
    desk.now += 1;
    desk.do('system', { verb: 'remind' });
    const [, reminded] = desk.history();
    if (reminded === undefined) throw new Error('nothing was recorded');
    expect(problemNews(desk.at(), reminded)).toMatchObject([
      { person: 'bo', kind: 'problem-item', detail: { what: 'quiet', since: activeAt } },
    ]);
    expect(desk.run('system', { verb: 'remind' })).toMatchObject(refusedFor('no-reminder'));
    expect(nextReminder(desk.at())?.dueAt).toBe(NOW + 14 * DAY);
    expect(desk.do('ana', { verb: 'step', to: 'assess' }).at()).toMatchObject({
      activeAt: desk.now,
      remindedAt: null,
    });
  });

  test('[PRB-13] a risk is spoken of once, when its review is due', () => {
    const desk = opened().to('assess', 'rca');
    desk.do('lea', { verb: 'step', to: 'risk_accepted', reason: 'rare', reviewAt: NOW + 30 * DAY });
    desk.now = NOW + 29 * DAY;
    expect(desk.run('system', { verb: 'remind' })).toMatchObject(refusedFor('no-reminder'));
    desk.now = NOW + 30 * DAY;
    desk.do('system', { verb: 'remind' });
    const last = desk.history().at(-1);
    if (last === undefined) throw new Error('nothing was recorded');
    expect(problemNews(desk.at(), last).map(({ person }) => person)).toEqual(['ana', 'lea']);
    desk.now = NOW + 300 * DAY;
    expect(desk.run('system', { verb: 'remind' })).toMatchObject(refusedFor('no-reminder'));
  });
});

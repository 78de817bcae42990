import { describe, expect, test } from 'vitest';
import { contentHash, recordId } from '../../shared/index.ts';
import type { Recorded } from '../../shared/index.ts';
import { VPN } from '../../shared/test-support/organisation.ts';
import type { ChangeAct } from '../acts.ts';
import { asPast } from '../facts.ts';
import { BEGINS, CALM, ChangeBoard, ENDS, NOW, actorOf, refusedFor } from '../test-board.ts';
import type { TemplateAct, TemplateEvent } from './acts.ts';
import { decideTemplate } from './decide.ts';
import type { TemplateAnswer } from './decide.ts';
import { evolveTemplate } from './evolve.ts';
import { templateNote } from './notes.ts';
import { successRate } from './template.ts';
import type { ChangeTemplate, TemplateFields } from './template.ts';

const FIELDS: TemplateFields = {
  name: 'Renew a certificate',
  outage: false,
  plans: { implementation: 'Ask, install, look' },
  tasks: [
    {
      id: 't1',
      title: 'Install',
      kind: 'implementation',
      owner: null,
      team: null,
      after: [],
      plannedMinutes: 10,
      backout: 'Put the old one back',
    },
  ],
  riskInput: CALM,
  minutes: 60,
  team: null,
};
const TARGET = recordId('tpl');

class Shelf {
  state: ChangeTemplate | null = null;
  readonly history: Recorded<TemplateEvent>[] = [];

  get it(): ChangeTemplate {
    if (this.state === null) throw new Error('nothing was proposed');
    return this.state;
  }

  run(who: string, act: TemplateAct, basis = this.state?.version ?? 0): TemplateAnswer {
    const actor = actorOf(who);
    const since = this.history.filter((each) => each.version > basis && each.actor !== actor.id);
    const answer = decideTemplate(this.state, act, { actor, target: TARGET, since });
    for (const event of answer.ok ? answer.value.events : []) {
      this.state = evolveTemplate(this.state, event, { actor: actor.id, at: NOW }, TARGET);
      const { version } = this.state;
      this.history.push({ seq: version, version, event, actor: actor.id, at: NOW, clientAt: NOW });
    }
    return answer;
  }
}

function shelf(...acts: readonly (readonly [string, TemplateAct])[]): Shelf {
  const one = new Shelf();
  for (const [who, act] of [['ana', { verb: 'propose', fields: FIELDS }], ...acts] as const) {
    const answer = one.run(who, act);
    if (!answer.ok) throw new Error(answer.refusal.code);
  }
  return one;
}

const APPROVE = ['lea', { verb: 'approve', revision: 1 }] as const;
const ended = (change: string, result: 'successful' | 'issues' | 'failed' | 'backed_out'): TemplateAct => ({
  verb: 'note-result',
  change: recordId(change),
  result,
});

describe('templates', () => {
  test('[CHG-13] proposed, approved by another who manages changes, retired with a reason', () => {
    const one = shelf();
    expect(one.run('bo', { verb: 'approve', revision: 1 })).toMatchObject(refusedFor('not-permitted'));
    expect(one.run('rita', { verb: 'approve', revision: 1 })).toMatchObject(refusedFor('no-such-change'));
    expect(one.run('lea', { verb: 'retire', reason: 'x' })).toMatchObject(
      refusedFor('no-such-template-step', { state: 'proposed', act: 'retire' }),
    );
    one.run(...APPROVE);
    expect(one.it.state).toBe('active');
    expect(one.run('lea', { verb: 'retire', reason: ' ' })).toMatchObject(refusedFor('missing-field'));
    one.run('lea', { verb: 'retire', reason: 'No longer done' });
    expect(one.it).toMatchObject({ state: 'retired', reason: 'No longer done' });
    expect(one.run('ana', { verb: 'edit', fields: { minutes: 5 } })).toMatchObject(
      refusedFor('no-such-template-step'),
    );
  });

  test('[CHG-13] what is edited is approved anew, as it was read and not by its author', () => {
    const one = shelf(APPROVE, ['lea', { verb: 'edit', fields: { minutes: 30 } }]);
    expect(one.it).toMatchObject({ state: 'proposed', revision: 2 });
    expect(one.run('lea', { verb: 'approve', revision: 2 })).toMatchObject(refusedFor('own-change'));
    const rejected = shelf(['lea', { verb: 'reject', reason: 'Too vague' }]);
    expect(rejected.it.state).toBe('rejected');
    const moved = shelf(['bo', { verb: 'edit', fields: { minutes: 30 } }]);
    expect(moved.run('lea', { verb: 'approve', revision: 1 })).toMatchObject(
      refusedFor('content-moved', { revision: 2 }),
    );
    const raced = shelf(['system', { verb: 'approve', revision: 1 }]);
    expect(raced.run('lea', { verb: 'reject', reason: 'x' }, 0)).toMatchObject(refusedFor('template-moved'));
  });

  test.each([
    [{ name: '' }, 'missing-field'],
    [{ minutes: 0 }, 'invalid-value'],
    [{ plans: {} }, 'plans-missing'],
    [{ tasks: [{ ...FIELDS.tasks[0]!, after: ['t1'] }] }, 'task-cycle'],
  ] as const)('[CHG-13] %o is refused', (fields, code) => {
    expect(new Shelf().run('ana', { verb: 'propose', fields: { ...FIELDS, ...fields } })).toMatchObject(
      refusedFor(code),
    );
    expect(shelf().run('ana', { verb: 'edit', fields })).toMatchObject(refusedFor(code));
  });

  test('[CHG-16] uses and results are counted, and a failure proposes to retire it', () => {
    const one = shelf(APPROVE);
    expect(successRate(one.it)).toBeNull();
    for (const change of ['a', 'b', 'c', 'd'])
      one.run('system', { verb: 'note-use', change: recordId(change) });
    for (const [change, result] of [
      ['a', 'successful'],
      ['b', 'issues'],
      ['c', 'successful'],
    ] as const)
      one.run('system', ended(change, result));
    expect(one.it).toMatchObject({ uses: 4, retirementProposed: null });
    expect(successRate(one.it)).toBe(1);
    one.run('system', ended('d', 'backed_out'));
    expect(successRate(one.it)).toBe(0.75);
    expect(one.it).toMatchObject({ state: 'active', retirementProposed: 'd' });
    one.run('lea', { verb: 'keep', reason: 'It was the supplier' });
    expect(one.it.retirementProposed).toBeNull();
    expect(one.run('lea', { verb: 'keep', reason: 'x' })).toMatchObject(refusedFor('no-such-template-step'));
    expect(one.run('lea', ended('e', 'failed'))).toMatchObject(refusedFor('not-permitted'));
  });
});

describe('what a template is told', () => {
  test('[CHG-16] that a change was made from it, and how that went', () => {
    const board = new ChangeBoard();
    board.templates.set(TARGET, shelf(APPROVE).it);
    const fields = { title: 'Renew it', items: [VPN], begins: NOW, ends: NOW + 1 };
    board.do('ana', { verb: 'create', model: 'standard', template: TARGET, fields });
    for (const to of ['scheduled', 'implement'] as const) board.do('ana', { verb: 'step', to });
    board.do('ana', { verb: 'move-task', task: 't1', to: 'done' }).do('ana', { verb: 'step', to: 'review' });
    expect(asPast(board.it)).toBeNull();
    board.do('ana', { verb: 'close', result: 'successful' });
    expect(board.history.flatMap(({ event }) => templateNote(board.it, event) ?? [])).toEqual([
      { template: TARGET, act: { verb: 'note-use', change: 'c1' } },
      { template: TARGET, act: { verb: 'note-result', change: 'c1', result: 'successful' } },
    ]);
    expect(asPast(board.it)).toEqual({ result: 'successful', caused: [] });
  });
});

describe('a standard change', () => {
  function made(one = shelf(APPROVE)): ChangeBoard {
    const board = new ChangeBoard();
    board.templates.set(TARGET, one.it);
    const fields = { title: 'Renew it', items: [VPN], begins: BEGINS, ends: ENDS };
    return board.do('ana', { verb: 'create', model: 'standard', template: TARGET, fields });
  }
  const schedule: ChangeAct = { verb: 'step', to: 'scheduled' };

  test('[CHG-14] is made from an active template, and scheduled while it is', () => {
    expect(made().do('ana', schedule).it).toMatchObject({
      state: 'scheduled',
      risk: { level: 'low' },
      plans: { implementation: contentHash('Ask, install, look') },
      tasks: [{ id: 't1', state: 'pending' }],
    });
    expect(() => made(shelf())).toThrow('template-not-active');
    const retired = made();
    const one = shelf(APPROVE, ['lea', { verb: 'retire', reason: 'x' }]);
    retired.templates.set(TARGET, one.it);
    expect(retired.run('ana', schedule)).toMatchObject(
      refusedFor('template-not-active', { template: TARGET }),
    );
    const edited = made();
    const two = shelf(APPROVE, ['ana', { verb: 'edit', fields: { minutes: 5 } }]);
    two.run('lea', { verb: 'approve', revision: 2 });
    edited.templates.set(TARGET, two.it);
    expect(edited.run('ana', schedule)).toMatchObject(refusedFor('template-not-active'));
    const fields = { title: 'x' };
    for (const given of [{ model: 'standard' }, { model: 'normal', template: TARGET }])
      expect(new ChangeBoard().run('ana', { verb: 'create', fields, ...given })).toMatchObject(
        refusedFor('template-not-active'),
      );
  });

  test('[CHG-15] its plans, risk, outage and tasks are the template’s', () => {
    const board = made();
    const locked: readonly ChangeAct[] = [
      { verb: 'edit', fields: { outage: true } },
      { verb: 'note-plans', plans: { implementation: 'other' } },
      { verb: 'assess', input: { ...CALM, impact: 5 } },
      { verb: 'edit-task', task: 't1', fields: { title: 'Other' } },
      { verb: 'drop-task', task: 't1' },
      { verb: 'add-task', task: 't2', fields: FIELDS.tasks[0]! },
    ];
    for (const act of locked) expect(board.run('ana', act)).toMatchObject(refusedFor('content-locked'));
    board.do('ana', { verb: 'edit', fields: { items: [], ends: ENDS + 1 } });
    board.do('ana', { verb: 'edit', fields: { items: [VPN] } }).do('ana', schedule);
    expect(board.do('ana', { verb: 'edit', fields: { ends: ENDS } }).it.state).toBe('scheduled');
  });
});

import { describe, expect, test } from 'vitest';
import { personId } from '../shared/index.ts';
import type { Change } from './change.ts';
import { change } from './decider.ts';
import { changeNews } from './news.ts';
import { changeWebhook } from './webhook.ts';
import { ChangeBoard, NOW, TECHNICAL, normal, policy } from './test-board.ts';

/** What one act told, as `kind person`. */
function told(board: ChangeBoard, act: (board: ChangeBoard) => unknown): readonly string[] {
  const before: Change | null = board.state;
  const from = board.history.length;
  act(board);
  return news(board, before, from).map(({ kind, person }) => `${kind} ${person}`);
}

function news(board: ChangeBoard, before: Change | null, from: number) {
  return changeNews(before, board.history.slice(from), board.it);
}

const task = (owner: string, after: readonly string[] = []) => ({
  title: 'Swap',
  kind: 'implementation' as const,
  owner: personId(owner),
  team: null,
  after,
  plannedMinutes: null,
  backout: 'Swap back',
});

describe('news of changes', () => {
  test('[CHG-56] whoever is asked to approve is told, once while they are asked', () => {
    const board = normal('new');
    expect(told(board, (each) => each.do('ana', { verb: 'step', to: 'assess' }))).toEqual([
      'approval-asked lea',
    ]);
    board.do('lea', { verb: 'vote', vote: 'approved', read: board.read });
    expect(told(board, (each) => each.do('ana', { verb: 'step', to: 'authorize' }))).toEqual(
      ['kim', 'lou', 'max'].map((who) => `approval-asked ${who}`),
    );
    const moved = told(board, (each) => each.do('ana', { verb: 'edit', fields: { outage: true } }));
    expect(moved).toEqual(['approval-void lea']);
    const kim = told(board, (each) => each.do('kim', { verb: 'delegate', to: personId('bo') }));
    expect(kim).toEqual(['approval-asked bo']);
  });

  test('[CHG-57] whoever had voted is told that it is void, with what moved', () => {
    const board = normal('scheduled');
    const before = board.it;
    const from = board.history.length;
    board.do('ana', { verb: 'note-plans', plans: { implementation: 'other steps' } });
    expect(news(board, before, from)).toMatchObject(
      ['lea', 'kim', 'lou'].map((person) => ({
        person,
        kind: 'approval-void',
        detail: { differs: ['plan:implementation'], revision: 2, by: 'ana' },
      })),
    );
  });

  test('[CHG-58] the owner is told of approval, rejection with its words, and scheduling by others', () => {
    const board = normal('authorize').vote('kim');
    expect(told(board, (each) => each.vote('lou'))).toEqual(['change-approved ana']);
    expect(told(board, (each) => each.do('bo', { verb: 'step', to: 'scheduled' }))).toEqual([
      'change-scheduled ana',
    ]);
    const rejected = normal('authorize');
    const before = rejected.it;
    const from = rejected.history.length;
    rejected.vote('kim', 'rejected', 'Not in May').vote('lou', 'rejected', 'Nor I');
    expect(news(rejected, before, from)).toContainEqual({
      person: 'ana',
      kind: 'change-rejected',
      detail: {
        ...{ note: 'Not in May', by: 'lou', at: NOW },
        ...{ change: 'Renew the VPN', number: 'CHG-2026-00001' },
      },
    });
  });

  test('[CHG-59] an approver whose time is over is told, and so is the owner', () => {
    const board = new ChangeBoard();
    board.policies = [{ ...TECHNICAL, withinMs: 1_000 }, policy({})];
    normal('assess', board);
    expect(told(board, (each) => each.tick(NOW + 1_000))).toEqual([
      'approval-expired lea',
      'approval-expired ana',
    ]);
  });

  test('[CHG-60] whoever is given a task is told, and when its turn comes; a failure offers the way back', () => {
    const board = normal('new');
    expect(
      told(board, (each) => each.do('ana', { verb: 'add-task', task: 't1', fields: task('bo') })),
    ).toEqual(['change-task bo']);
    const under = normal('scheduled', withTasks());
    under.now = under.it.begins ?? NOW;
    expect(told(under, (each) => each.do('ana', { verb: 'step', to: 'implement' }))).toEqual([
      'change-task bo',
    ]);
    expect(told(under, (each) => each.do('bo', { verb: 'move-task', task: 't1', to: 'done' }))).toEqual([
      'change-task cem',
    ]);
    expect(
      told(under, (each) => each.do('cem', { verb: 'move-task', task: 't2', to: 'failed', reason: 'Smoke' })),
    ).toEqual(['backout-offered ana']);
  });
});

test('[CHG-64] a webhook is told of a change that was made, approved or went on, and of nothing else', () => {
  const board = normal('scheduled');
  const state: { now: Change | null } = { now: null };
  const sent = board.history.flatMap((recorded) => {
    const after = change.evolve(state.now, recorded, board.target);
    const content = changeWebhook(state.now, after, recorded.event, recorded.actor);
    state.now = after;
    return content ?? [];
  });
  expect(sent.map(({ type, data }) => `${type} ${data.record.state}`)).toEqual([
    'change.created new',
    'change.moved assess',
    'change.approved assess',
    'change.moved authorize',
    'change.approved authorize',
    'change.moved scheduled',
  ]);
  expect(sent.at(-1)).toMatchObject({ previous: { state: 'authorize' }, data: { by: 'ana' } });
  expect(JSON.stringify(sent)).not.toContain('approvals');
});

/** A new board whose change gets its tasks while it is new. */
function withTasks(): ChangeBoard {
  const board = new ChangeBoard();
  const run = board.do.bind(board);
  board.do = (who, act) => {
    run(who, act);
    if (act.verb === 'create') {
      run('ana', { verb: 'add-task', task: 't1', fields: task('bo') });
      run('ana', { verb: 'add-task', task: 't2', fields: task('cem', ['t1']) });
    }
    return board;
  };
  return board;
}

import { describe, expect, test } from 'vitest';
import { personId } from '../shared/index.ts';
import { problemNews } from './news.ts';
import { rootCauseOf } from './problem.ts';
import { opened, overtakenBy, refusedFor } from './test-problem.ts';

const LEASE = { verb: 'state-cause', factor: 'f1', text: 'The lease ends on Sunday' } as const;
const CLOCK = { verb: 'state-cause', factor: 'f2', text: 'The clock drifts' } as const;

describe('root causes', () => {
  test('[PRB-9] two stated apart are both kept, and none stands until the coordinator picks', () => {
    const desk = opened({ owner: personId('cem') })
      .to('assess', 'rca')
      .do('ana', LEASE);
    expect(rootCauseOf(desk.at())?.text).toBe(LEASE.text);
    const answer = desk.run('bo', CLOCK, 'p1', 3);
    expect(answer).toMatchObject({ value: { tell: [{ person: 'ana', detail: { value: LEASE.text } }] } });
    expect(desk.at()).toMatchObject({ cause: null, contested: ['f1', 'f2'] });
    expect(desk.at().factors.map(({ text }) => text)).toEqual([LEASE.text, CLOCK.text]);
    const last = desk.history().at(-1);
    if (last === undefined) throw new Error('nothing was recorded');
    expect(problemNews(desk.at(), last)).toMatchObject([
      { person: 'cem', detail: { what: 'cause-contested' } },
    ]);
    expect(desk.run('lea', { verb: 'step', to: 'fix_in_progress' })).toMatchObject(
      refusedFor('cause-contested', { factors: ['f1', 'f2'] }),
    );
    expect(desk.run('bo', { verb: 'pick-cause', factor: 'f2' })).toMatchObject(refusedFor('not-permitted'));
    expect(desk.run('cem', { verb: 'drop-factor', factor: 'f1' })).toMatchObject(
      refusedFor('cause-contested'),
    );
    desk.do('cem', { verb: 'pick-cause', factor: 'f2' });
    expect(desk.at()).toMatchObject({ cause: 'f2', contested: [] });
    expect(desk.at().factors).toHaveLength(2);
  });

  test('[PRB-9] a third that comes while nobody has picked is kept with them', () => {
    const desk = opened().to('assess', 'rca').do('ana', LEASE).do('bo', CLOCK, 'p1', 3);
    desk.do('cem', { verb: 'state-cause', factor: 'f3', text: 'A bad cable' });
    expect(desk.at()).toMatchObject({ cause: null, contested: ['f1', 'f2', 'f3'] });
  });

  test('[PRB-9] the same words twice are one, and whoever knew the other may replace it', () => {
    const desk = opened().to('assess', 'rca').do('ana', LEASE);
    expect(
      desk.run('bo', { ...LEASE, factor: 'f9', text: 'the lease ends on sunday ' }, 'p1', 3),
    ).toMatchObject(overtakenBy('cause-stated'));
    expect(desk.do('bo', CLOCK).at()).toMatchObject({ cause: 'f2', contested: [] });
    expect(desk.run('ana', { verb: 'drop-factor', factor: 'f2' })).toMatchObject(
      refusedFor('factor-is-cause'),
    );
    expect(desk.do('ana', { verb: 'drop-factor', factor: 'f1' }).at().factors).toHaveLength(1);
  });

  test('[PRB-9] what is empty, too long or there already is no factor', () => {
    const desk = opened().do('ana', { verb: 'add-factor', factor: 'f1', text: ' Heat ' });
    expect(desk.at().factors).toMatchObject([{ text: 'Heat', by: 'ana', task: null }]);
    expect(desk.run('ana', { verb: 'add-factor', factor: 'f1', text: 'x' })).toMatchObject(
      refusedFor('nothing-to-change'),
    );
    expect(desk.run('ana', { verb: 'add-factor', factor: 'f2', text: ' ' })).toMatchObject(
      refusedFor('missing-field', { field: 'text' }),
    );
    expect(desk.run('ana', { verb: 'drop-factor', factor: 'f7' })).toMatchObject(
      refusedFor('no-such-factor'),
    );
  });
});

describe('tasks', () => {
  const fields = { kind: 'root_cause', title: 'Read the logs', assignee: personId('bo') } as const;

  test('[PRB-10] what one found is copied up', () => {
    const desk = opened().do('ana', { verb: 'add-task', task: 't1', fields });
    desk.do('bo', { verb: 'finish-task', task: 't1', cause: 'The lease ends', fix: 'A longer one' });
    expect(desk.at()).toMatchObject({
      fix: 'A longer one',
      factors: [{ id: 'task:t1', text: 'The lease ends', by: 'bo', task: 't1' }],
      tasks: [{ state: 'done', cause: 'The lease ends', fix: 'A longer one' }],
    });
  });

  test('[PRB-10] a fix that stands is not written over', () => {
    const desk = opened({ fix: 'Renew it' }).do('ana', { verb: 'add-task', task: 't1', fields });
    desk.do('bo', { verb: 'finish-task', task: 't1', fix: 'Throw it away' });
    expect(desk.at()).toMatchObject({ fix: 'Renew it', factors: [], tasks: [{ fix: 'Throw it away' }] });
  });

  test('[PRB-10] one that ended is neither changed nor ended again, and words for it are not lost', () => {
    const desk = opened().do('ana', { verb: 'add-task', task: 't1', fields });
    desk.do('bo', { verb: 'finish-task', task: 't1' });
    expect(desk.run('ana', { verb: 'finish-task', task: 't1' }, 'p1', 2)).toMatchObject(
      overtakenBy('task-finished'),
    );
    // what it found would be dropped: so it is said
    expect(desk.run('ana', { verb: 'finish-task', task: 't1', cause: 'Heat' }, 'p1', 2)).toMatchObject(
      refusedFor('task-ended', { state: 'done', by: 'bo' }),
    );
    expect(desk.run('ana', { verb: 'edit-task', task: 't1', fields: { title: 'x' } })).toMatchObject(
      refusedFor('task-ended'),
    );
    expect(desk.run('ana', { verb: 'drop-task', task: 't7' })).toMatchObject(refusedFor('no-such-task'));
  });

  test('[PRB-10] whoever gets one is told', () => {
    const desk = opened().do('ana', { verb: 'add-task', task: 't1', fields });
    const last = desk.history().at(-1);
    if (last === undefined) throw new Error('nothing was recorded');
    expect(problemNews(desk.at(), last)).toMatchObject([{ person: 'bo', detail: { what: 'task' } }]);
  });
});

import { expect, test } from 'vitest';
import { recordId } from '../../shared/index.ts';
import { NOW, PEOPLE } from '../test-board.ts';
import { minutesOf } from './minutes.ts';
import { Meetings, WEEKLY, waiting } from './test-meeting.ts';

const MINUTE = 60_000;

test('[CHG-104] minutes say who was there, what was decided with which votes, and what was noted', () => {
  const approvals = waiting('c1')
    .approvals.filter(({ person }) => person === 'kim')
    .map((each) => ({ ...each, state: 'approved' as const, note: 'Go *now*' }));
  const first = { title: 'Replace the <core> switch', number: 'CHG-2026-00007' };
  const on = new Meetings([
    waiting('c1', { ...first, approvals }),
    waiting('c2', { title: 'Wiki', number: null, approvals: [] }),
    waiting('c3', { title: 'Mail', number: null }),
  ]).live();
  on.do('max', { verb: 'join' }).show('c1');
  on.now += 4 * MINUTE;
  on.do('kim', {
    verb: 'decide-item',
    change: recordId('c1'),
    revision: 1,
    verdict: 'approved',
    next: recordId('c2'),
  });
  on.do('kim', {
    verb: 'decide-item',
    change: recordId('c2'),
    revision: 1,
    verdict: 'deferred',
    note: 'No plan\nyet',
  });
  on.do('kim', { verb: 'close' });
  // what was decided stands as it was then, whatever the change came to since
  on.changes.set(recordId('c1'), waiting('c1', { ...first, state: 'cancelled' }));
  const text = minutesOf(on.at(), {
    board: WEEKLY,
    people: PEOPLE.people,
    changeOf: (id) => on.changes.get(id),
    notes: 'We **agreed**.',
    now: on.now,
  });
  const name = (id: string) => [...PEOPLE.people.values()].find((each) => each.id === id)?.name;
  expect(text.split('\n')).toEqual([
    '# Weekly board, 2026-06-01',
    '',
    'Closed. 2026-06-01, 11:00 to 12:00 (Europe/Zurich). Opened 11:00. Closed 11:04.',
    '',
    '## People',
    '',
    `- Chair: ${name('kim')}`,
    `- ${name('kim')}, from 11:00 to 11:04`,
    `- ${name('max')}, from 11:00 to 11:04`,
    `- Not there: ${name('lou')}, ${name('ana')}`,
    '',
    '## Agenda',
    '',
    String.raw`### 1. Replace the \<core\> switch (CHG-2026-00007)`,
    '',
    `- Approved, noted by ${name('kim')} at 11:04`,
    String.raw`- ${name('kim')} approves: Go \*now\*`,
    '- The change stood in authorize then, with revision 1',
    '- 4 min',
    '',
    '### 2. Wiki',
    '',
    `- Deferred, noted by ${name('kim')} at 11:04: No plan yet`,
    '- The change stood in authorize then, with revision 1',
    '',
    '### 3. Mail',
    '',
    '- No decision',
    '',
    '## Notes',
    '',
    'We **agreed**.',
    '',
  ]);
  expect(NOW).toBeLessThan(on.now);
});

import { describe, expect, test } from 'vitest';
import { recordId } from '../../shared/index.ts';
import { DAY, HOUR, NOW, PEOPLE } from '../test-board.ts';
import type { MeetingBoard } from './board.ts';
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
    'Closed. Held 2026-06-01, from 11:00 to 11:04 (Europe/Zurich). Planned for 2026-06-01, 11:00 to 12:00.',
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
    '- On revision 1, which was “To be approved” then',
    String.raw`- ${name('kim')} approves: Go \*now\*`,
    '- 4 min',
    '',
    '### 2. Wiki',
    '',
    `- Deferred, noted by ${name('kim')} at 11:04: No plan yet`,
    '- On revision 1, which was “To be approved” then',
    '- Nobody had voted',
    '',
    '### 3. Mail',
    '',
    '- Not come to: taken over to the next meeting',
    '',
    '## Notes',
    '',
    'We **agreed**.',
    '',
  ]);
  expect(NOW).toBeLessThan(on.now);
});

describe('[CHG-104] minutes of a meeting that is over', () => {
  const asked = (on: Meetings, board: Pick<MeetingBoard, 'name' | 'when'> = on.board) =>
    minutesOf(on.at(), {
      ...{ board, people: PEOPLE.people, changeOf: (id) => on.changes.get(id), notes: '', now: on.now },
    });

  test('keep what its board and its changes were called, decided or not, and whose clock they go by', () => {
    const on = new Meetings([
      waiting('c1', { title: 'Relay', number: 'CHG-1' }),
      waiting('c2', { title: 'Disk' }),
    ]);
    on.live().do('kim', { verb: 'decide-item', change: recordId('c1'), revision: 1, verdict: 'approved' });
    on.changes.set(recordId('c1'), waiting('c1', { title: 'Another relay' }));
    on.do('kim', { verb: 'close' });
    const before = asked(on);
    on.changes.set(recordId('c1'), waiting('c1', { title: 'Yet another' }));
    on.changes.set(recordId('c2'), waiting('c2', { title: 'Another disk' }));
    expect(asked(on, { name: 'Renamed', when: { ...WEEKLY.when, zone: 'Asia/Tokyo' } })).toBe(before);
    expect(before).toContain('### 1. Relay (CHG-1)');
    expect(before).toContain('### 2. Disk');
    expect(before).toContain('# Weekly board');
  });

  test('that was closed before these were kept say what they are called now', () => {
    const on = new Meetings([waiting('c1', { title: 'Relay', number: null })])
      .live()
      .do('kim', { verb: 'close' });
    const { heldAs, ...meeting } = on.at();
    expect(heldAs).toEqual({ name: 'Weekly board', zone: 'Europe/Zurich' });
    const agenda = meeting.agenda.map(({ named, ...item }) => (expect(named).toBeDefined(), item));
    const renamed = { name: 'Renamed', when: { ...WEEKLY.when, zone: 'Asia/Tokyo' } };
    const facts = {
      people: PEOPLE.people,
      changeOf: () => ({ title: 'Now', number: 'CHG-9' }),
      notes: '',
      now: NOW,
    };
    const text = minutesOf({ ...meeting, agenda }, { ...facts, board: renamed });
    expect(text).toContain('# Renamed, 2026-06-01');
    expect(text).toContain('(Asia/Tokyo)');
    expect(text).toContain('### 1. Now (CHG-9)');
  });

  test('are headed by when it was held, whenever it was planned for', () => {
    const on = new Meetings([]).do('kim', { verb: 'plan', board: WEEKLY.id, at: NOW });
    on.now += DAY + 14 * HOUR;
    on.do('kim', { verb: 'open' });
    on.now += 90 * MINUTE;
    on.do('kim', { verb: 'close' });
    expect(asked(on).split('\n').slice(0, 3)).toEqual([
      '# Weekly board, 2026-06-03',
      '',
      'Closed. Held 2026-06-03, from 01:00 to 02:30 (Europe/Zurich). Planned for 2026-06-01, 11:00 to 12:00.',
    ]);
  });
});

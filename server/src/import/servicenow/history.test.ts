import { deciderOf } from '@muster/domain';
import { personId, teamId } from '@muster/domain/shared';
import type { Ticket } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import type { History } from '../../store/store.ts';
import { stableId } from '../stable-id.ts';
import { historyOf, sourcePerson } from './history.ts';
import { DEFAULT_SERVICENOW_MAPPING } from './mapping.ts';
import { parseRow } from './row.ts';
import type { Row } from './row.ts';
import { HEADER, line } from './test-log.ts';

const teamOf = (group: string) => teamId(stableId('test', 'team', group));

function history(...updates: readonly Readonly<Record<string, string>>[]): History {
  const rows = updates.map((columns, index) => {
    const values = line(columns).split(',');
    const raw = Object.fromEntries(HEADER.split(',').map((column, at) => [column, values[at] ?? '']));
    const row = parseRow(raw, index + 2, DEFAULT_SERVICENOW_MAPPING);
    if (!row.ok) throw new Error(row.refusal.reason);
    return row.value;
  });
  return historyOf(rows as [Row, ...Row[]], teamOf);
}

function fold(past: History): Ticket {
  const { evolve } = deciderOf('incident');
  let ticket: Ticket | null = null;
  past.events.forEach(({ event, actor, at }, index) => {
    ticket = evolve(ticket, { seq: index + 1, version: index + 1, event, actor, at, clientAt: at }, past.id);
  });
  if (ticket === null) throw new Error('a history has at least its creation');
  return ticket;
}

const at = (day: number, hour: number, minute: number) => Date.UTC(2016, 1, day, hour, minute);

describe('the history of an imported incident', () => {
  test('each update keeps its own time and actor', () => {
    const past = history(
      {},
      {
        incident_state: 'Active',
        sys_updated_at: '29/2/2016 08:53',
        sys_updated_by: 'Updated by 642',
        assigned_to: 'Resolver 4',
      },
    );
    expect(past.events.map(({ event, actor, at: when }) => [event.type, actor, when])).toEqual([
      ['created', sourcePerson('Opened by  8'), at(29, 1, 16)],
      ['imported', sourcePerson('Updated by 21'), at(29, 1, 23)],
      ['assigned', sourcePerson('Updated by 642'), at(29, 8, 53)],
      ['transitioned', sourcePerson('Updated by 642'), at(29, 8, 53)],
    ]);
  });

  test('closing values that stand on every row are not applied before the row that closes', () => {
    const open = fold(history({}, { incident_state: 'Active', sys_updated_at: '29/2/2016 08:53' }));
    expect(open).toMatchObject({ state: 'in_progress', resolution: null, resolvedAt: null, closedAt: null });
    const done = fold(history({}, { incident_state: 'Resolved', sys_updated_at: '29/2/2016 11:29' }));
    expect(done).toMatchObject({
      state: 'resolved',
      resolution: { code: 'code 5' },
      resolvedAt: at(29, 11, 29),
    });
  });

  test('labels of different id spaces are different people', () => {
    expect(sourcePerson('Resolver 4')).not.toBe(sourcePerson('Caller 4'));
    expect(fold(history({ assigned_to: 'Resolver 4' })).owner).toBe(personId(sourcePerson('Resolver 4')));
  });

  test.each([
    ['Awaiting User Info', 'caller'],
    ['Awaiting Evidence', 'caller'],
    ['Awaiting Problem', 'problem'],
    ['Awaiting Vendor', 'vendor'],
  ])('%s holds the clock for the %s', (state, holdReason) => {
    const ticket = fold(history({}, { incident_state: state, sys_updated_at: '29/2/2016 02:00' }));
    expect(ticket).toMatchObject({ state: 'on_hold', holdReason });
    expect(ticket.clock).toEqual([at(29, 1, 16), at(29, 2, 0)]);
  });

  test('a priority that differs from the matrix says so', () => {
    expect(fold(history({}, { priority: '1 - Critical', sys_updated_at: '29/2/2016 02:00' }))).toMatchObject({
      priority: 1,
      priorityReason: 'set in ServiceNow',
    });
  });

  test('an update that changed nothing known is kept as having happened', () => {
    const past = history({}, { sys_updated_at: '29/2/2016 02:00' }, { sys_updated_at: '29/2/2016 03:00' });
    expect(past.events.filter(({ event }) => event.type === 'imported')).toHaveLength(3);
  });

  test('a time before the one before it is moved up, since the order of the file is the truth', () => {
    const past = history(
      {},
      { sys_updated_at: '29/2/2016 05:00', incident_state: 'Active' },
      { sys_updated_at: '29/2/2016 04:00', incident_state: 'Resolved' },
    );
    const times = past.events.map(({ at: when }) => when);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test('a longer log of the same incident only adds to its past', () => {
    const updates: Record<string, string>[] = [
      {},
      { sys_updated_at: '29/2/2016 02:00', incident_state: 'Active' },
      { sys_updated_at: '29/2/2016 03:00', incident_state: 'Resolved' },
    ];
    const shorter = history(...updates.slice(0, 2)).events;
    const longer = history(...updates).events;
    expect(longer.slice(0, shorter.length)).toEqual(shorter);
    expect(longer.length).toBeGreaterThan(shorter.length);
  });

  test('columns without a place of their own are kept, those of the end only at the end', () => {
    const [, opened, ...later] = history(
      {},
      { incident_state: 'Resolved', sys_updated_at: '29/2/2016 02:00' },
    ).events;
    expect(opened?.event).toMatchObject({
      type: 'imported',
      raw: { location: 'Location 143', u_symptom: 'Symptom 72' },
    });
    expect(opened?.event).not.toHaveProperty('raw.resolved_at');
    expect(later.at(-1)?.event).toMatchObject({ type: 'imported', raw: { resolved_at: '29/2/2016 11:29' } });
  });

  test('the same incident gets the same id whenever it is imported', () => {
    expect(history({}).id).toBe(history({}).id);
    expect(history({}).id).not.toBe(history({ number: 'INC0000046' }).id);
  });
});

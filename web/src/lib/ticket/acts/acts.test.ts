import { describe, expect, test } from 'vitest';
import { personId, teamId } from '@muster/domain/shared';
import { makeRow, NOW } from '../test-support/tickets.ts';
import { actFor } from './bulk-change.ts';
import { snoozeTimes } from './snooze-times.ts';

const [team, owner] = [teamId('team'), personId('owner')];

describe('actFor', () => {
  test('a new team takes the owner off when none is named, the same team keeps it', () => {
    const row = makeRow(0, { team: teamId('before'), owner });
    expect(actFor({ kind: 'assign', team, owner: undefined }, row)).toEqual({
      verb: 'assign',
      team,
      owner: null,
    });
    expect(actFor({ kind: 'assign', team: row.team, owner: undefined }, row)).toBeNull();
    expect(actFor({ kind: 'assign', team: undefined, owner: null }, row)).toEqual({
      verb: 'assign',
      team: row.team,
      owner: null,
    });
  });

  test('a record that is like that already gets no act', () => {
    const row = makeRow(0, { tags: ['audit'], state: 'new', snoozedUntil: null });
    expect(actFor({ kind: 'tags', add: ['audit'], remove: ['other'] }, row)).toBeNull();
    expect(actFor({ kind: 'state', to: 'new' }, row)).toBeNull();
    expect(actFor({ kind: 'snooze', until: null }, row)).toBeNull();
    expect(actFor({ kind: 'edit', fields: { impact: row.impact } }, row)).toBeNull();
  });

  test('tags are added and taken off in one act, each once', () => {
    const row = makeRow(0, { tags: ['a', 'b'] });
    expect(actFor({ kind: 'tags', add: ['b', 'c'], remove: ['a'] }, row)).toEqual({
      verb: 'edit',
      fields: { tags: ['b', 'c'] },
    });
  });
});

describe('snoozeTimes', () => {
  test('lie ahead, each once, on the day they name', () => {
    for (let day = 0; day < 8; day += 1) {
      const now = NOW + day * 86_400_000;
      const times = snoozeTimes(now);
      expect(times.every(({ at }) => at > now)).toBe(true);
      expect(new Set(times.map(({ at }) => at)).size).toBe(times.length);
      const isSunday = new Date(now).getDay() === 0;
      const monday = times.find(({ label }) => label.startsWith(isSunday ? 'Tomorrow' : 'Monday'));
      expect(new Date(monday?.at ?? 0).getDay()).toBe(1);
      expect(monday?.lasting).toBe(isSunday ? 'Until tomorrow at 9' : 'Until Monday at 9');
    }
  });
});

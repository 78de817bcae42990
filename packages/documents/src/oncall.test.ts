import { personId, scheduleId, teamId } from '@muster/domain/shared';
import type { Schedule } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readSchedules, writeSchedule } from './oncall.ts';

const [ana, bo] = [personId('ana'), personId('bo')];

const NETWORK: Schedule = {
  id: scheduleId('network'),
  version: 4,
  name: 'Network',
  team: teamId('network'),
  zone: 'Europe/Zurich',
  cover: null,
  layers: [
    {
      id: 'day',
      name: 'By day',
      people: [ana, bo],
      unit: 'week',
      length: 1,
      handoverAt: 540,
      startsOn: '2026-06-01',
      hours: { weekdays: [1, 2], from: 0, to: 1440 },
    },
  ],
  overrides: [{ id: 'o', from: 5, to: 9, person: bo, by: ana, note: '', madeAt: 4, since: 2 }],
  swaps: [
    {
      id: 's',
      by: ana,
      with: bo,
      gives: { from: 0, to: 2 },
      takes: { from: 3, to: 4 },
      note: 'Dentist',
      state: 'accepted',
      askedAt: 1,
      answeredAt: 2,
      since: 4,
    },
  ],
  removedAt: null,
};

describe('the document of schedules', () => {
  test('[DSK-135] holds schedules as they are until they are taken away', () => {
    const doc = new Y.Doc();
    const bare: Schedule = { ...NETWORK, id: scheduleId('bare'), team: null, overrides: [], swaps: [] };
    writeSchedule(doc, NETWORK);
    writeSchedule(doc, bare);
    doc.getMap('schedules').set('odd', 'junk');
    const { schedules, nonconforming } = readSchedules(doc);
    expect([...schedules.values()]).toEqual([bare, NETWORK]);
    expect(nonconforming).toHaveLength(1);
    writeSchedule(doc, { ...bare, removedAt: 1 });
    expect([...readSchedules(doc).schedules.keys()]).toEqual([NETWORK.id]);
  });
});

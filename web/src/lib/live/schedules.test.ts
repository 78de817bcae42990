import { readDirectory, writeDirectory, writeSchedule } from '@muster/documents';
import { DEFAULT_MATRIX, onCallAt, permissionsOf, personId } from '@muster/domain/shared';
import type { Directory, Role, Schedule, ScheduleForm } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Schedules } from './schedules.ts';
import { heldHere } from './test-support/held-here.ts';
import { KeptActs } from './test-support/kept-acts.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const HOUR = 3_600_000;
const [ana, bo] = [personId('ana'), personId('bo')];

const person = (id: typeof ana) =>
  [id, { id, name: id, email: '', roles: ['agent'], teams: [], active: true, vip: false }] as const;

const DIRECTORY: Directory = {
  people: new Map([person(ana), person(bo)]),
  teams: new Map(),
  services: new Map(),
  categories: [],
  matrix: DEFAULT_MATRIX,
  calendars: new Map(),
  agreements: [],
  majorRules: [],
  runbooks: new Map(),
  chains: new Map(),
  schedules: new Map(),
};

const FORM: ScheduleForm = {
  name: 'Desk',
  team: null,
  zone: 'UTC',
  cover: null,
  layers: [
    {
      ...{ id: 'layer', name: 'By day', people: [ana, bo], unit: 'day', length: 1 },
      ...{ handoverAt: 0, startsOn: '2026-06-01', hours: null },
    },
  ],
};

/** A device of Ana’s with the document of schedules, and an outbox that nobody empties. */
function device(roles: readonly Role[]) {
  const directory = new Y.Doc();
  writeDirectory(directory, DIRECTORY);
  const document = new Y.Doc();
  const acts = new KeptActs();
  const schedules = new Schedules({
    actor: { id: ana, name: 'Ana', permissions: permissionsOf(roles), teams: [] },
    outbox: acts,
    directory: () => readDirectory(directory),
    knowsOrganisation: () => true,
    now: () => NOW,
    deviceNow: () => NOW,
    isLive: () => true,
  });
  schedules.follow(heldHere(document));
  const answer = (version: number) => acts.answer({ version, at: NOW });
  return { schedules, document, acts, answer };
}

describe('schedules on a device', () => {
  it('[DSK-138] show who takes over without a network, by the server’s own rules', () => {
    const { schedules, acts } = device(['administrator']);
    schedules.create(FORM);
    const [made] = schedules.all;
    if (made === undefined) throw new Error('nothing was made');
    const override = { id: schedules.newId(), person: bo, from: NOW, to: NOW + HOUR, note: '' };
    schedules.run(made.id, { verb: 'override', override });
    expect(schedules.all).toMatchObject([{ id: made.id, name: 'Desk', pending: 2 }]);
    const [shown] = schedules.all;
    expect(shown && [NOW, NOW + HOUR].flatMap((at) => onCallAt(shown, at))).toEqual([bo, ana]);
    expect(acts.types).toEqual(['schedule.create', 'schedule.override']);
  });

  it('[DSK-136] refuse here what the server would refuse, and send nothing', async () => {
    const { schedules, acts } = device(['agent']);
    expect(await schedules.create(FORM).kept).toMatchObject({ refusal: { code: 'desk/not-permitted' } });
    expect(acts.commands).toEqual([]);
  });

  it('[DSK-137] send the version that the author saw, so that what others did since is not overwritten', () => {
    const { schedules, document, acts, answer } = device(['administrator']);
    schedules.create(FORM);
    answer(1);
    const [{ pending: _pending, ...shown } = { pending: 0 }] = schedules.all;
    const seen = shown as Schedule;
    writeSchedule(document, seen);
    const opened = schedules.basisOf(seen.id);
    writeSchedule(document, { ...seen, version: 2, name: 'Nights' });
    schedules.run(seen.id, { verb: 'change', form: { ...FORM, name: 'Days' } }, opened);
    expect(acts.commands.map(({ envelope }) => envelope.basis)).toEqual([1]);
    expect(schedules.basisOf(seen.id)).toBe(2);
  });

  it('are known to be here when their document is', () => {
    const { schedules } = device(['agent']);
    expect(schedules.loaded).toBe(true);
    schedules.follow(undefined);
    expect(schedules.loaded).toBe(false);
  });

  it('let an own act go when the document shows what came of it, and keep it until then', () => {
    const { schedules, document, acts, answer } = device(['administrator']);
    schedules.create(FORM);
    answer(1);
    expect(schedules.all).toMatchObject([{ version: 1, pending: 0 }]);
    expect(acts.commands).toHaveLength(1);
    const [{ pending: _pending, ...shown } = { pending: 0 }] = schedules.all;
    writeSchedule(document, shown as Schedule);
    expect(acts.commands).toEqual([]);
    expect(schedules.all).toMatchObject([{ version: 1, pending: 0 }]);
  });
});

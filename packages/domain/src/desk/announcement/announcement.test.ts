import { describe, expect, test } from 'vitest';
import { serviceId } from '../../shared/index.ts';
import type { Actor } from '../../shared/index.ts';
import { DIRECTORY, VPN, actor } from '../../shared/test-support/organisation.ts';
import { ANNOUNCEMENT_STATES } from './announcement.ts';
import { decideAnnouncement } from './decide.ts';
import { stepsFrom } from './lifecycle.ts';
import { HOUR, NOW, OUTAGE, PLANNED, announced } from './test-board.ts';

const refusedFor = (code: string, facts: object = {}) => ({
  ok: false,
  refusal: { code: `desk/${code}`, ...facts },
});

describe('who may', () => {
  test('[DSK-70] team leads announce, agents and requesters do not', () => {
    for (const who of ['ana', 'rita']) {
      const board = announced(PLANNED);
      expect(board.run(who, { verb: 'create', fields: PLANNED })).toMatchObject(refusedFor('not-permitted'));
      expect(board.run(who, { verb: 'step', to: 'scheduled' })).toMatchObject(refusedFor('not-permitted'));
    }
    expect(announced(PLANNED).it).toMatchObject({ state: 'draft', version: 1, revision: 0, madeBy: 'lea' });
  });

  test('[DSK-70] only the clock tells of an occasion', () => {
    const board = announced(PLANNED, 'scheduled');
    expect(board.run('lea', { verb: 'notify', notice: '72h' })).toMatchObject(refusedFor('not-permitted'));
  });

  test('[DSK-74] a draft answers whoever is no author like one that is not there', () => {
    const draft = announced(PLANNED);
    const hidden = draft.run('rita', { verb: 'acknowledge', revision: 1 });
    draft.state = null;
    expect(draft.run('rita', { verb: 'acknowledge', revision: 1 })).toEqual(hidden);
    expect(hidden).toMatchObject(refusedFor('no-such-announcement'));
  });
});

describe('what it needs', () => {
  test.each([
    [{ title: ' ' }, 'missing-field', { field: 'title' }],
    [{ title: 'x'.repeat(300) }, 'invalid-value', { field: 'title' }],
    [{ services: [serviceId('moon')] }, 'unknown-service', { service: 'moon' }],
    [{ endsAt: PLANNED.beginsAt }, 'end-before-begin', {}],
    [{ beginsAt: 1.5 }, 'invalid-value', { field: 'beginsAt' }],
  ] as const)('[DSK-72] %o is refused', (fault, code, facts) => {
    const board = announced(PLANNED);
    expect(board.run('lea', { verb: 'edit', fields: fault })).toMatchObject(refusedFor(code, facts));
    board.state = null;
    expect(board.run('lea', { verb: 'create', fields: { ...PLANNED, ...fault } })).toMatchObject(
      refusedFor(code, facts),
    );
  });

  test.each([
    [{ beginsAt: null }, 'missing-field', { field: 'begin' }],
    [{ endsAt: null }, 'missing-field', { field: 'end' }],
    [{ beginsAt: NOW - HOUR }, 'time-not-ahead', { until: NOW - HOUR }],
  ] as const)('[DSK-73] planned work with %o is not scheduled', (fault, code, facts) => {
    const board = announced({ ...PLANNED, ...fault });
    expect(board.run('lea', { verb: 'step', to: 'scheduled' })).toMatchObject(refusedFor(code, facts));
    expect(board.it.state).toBe('draft');
  });

  test('[DSK-73] planned work keeps an end while it goes on, and the end stays ahead', () => {
    const board = announced(PLANNED, 'scheduled', 'in_progress');
    expect(board.run('lea', { verb: 'edit', fields: { endsAt: null } })).toMatchObject(
      refusedFor('missing-field', { field: 'end' }),
    );
    board.now = NOW + 101 * HOUR;
    expect(board.run('lea', { verb: 'edit', fields: { endsAt: NOW + 100.5 * HOUR } })).toMatchObject(
      refusedFor('time-not-ahead'),
    );
    expect(board.it.endsAt).toBe(PLANNED.endsAt);
  });

  test('[DSK-72] an id makes one announcement only', () => {
    expect(announced(PLANNED).run('lea', { verb: 'create', fields: PLANNED })).toMatchObject(
      refusedFor('already-exists'),
    );
  });
});

describe('its course', () => {
  const WAYS: readonly (readonly (typeof ANNOUNCEMENT_STATES)[number][])[] = [
    ['draft', 'scheduled', 'in_progress', 'verifying', 'completed'],
    ['draft', 'scheduled', 'postponed', 'scheduled', 'cancelled'],
    ['draft', 'cancelled'],
  ];

  test.each(WAYS)('[DSK-71] planned work goes %s, %s …', (...way) => {
    const board = announced(PLANNED, ...way.slice(1));
    expect(board.it.updates.map(({ state }) => state)).toEqual(way.slice(1));
  });

  test('[DSK-71] an outage is under way when it is told, and is not scheduled', () => {
    const board = announced(OUTAGE);
    expect(board.run('lea', { verb: 'step', to: 'scheduled' })).toMatchObject(refusedFor('no-such-step'));
    board.run('lea', { verb: 'step', to: 'in_progress', message: ' We look into it. ' });
    expect(board.it).toMatchObject({ state: 'in_progress', publishedAt: NOW, startedAt: NOW });
    expect(board.told).toEqual(['1 publication']);
  });

  test('[DSK-71] any other step is refused with those that there are', () => {
    for (const state of ANNOUNCEMENT_STATES) {
      const board = announced(PLANNED);
      board.state = { ...board.it, state };
      const allowed = stepsFrom('planned-outage', state);
      for (const to of ANNOUNCEMENT_STATES.filter((each) => !allowed.includes(each))) {
        const answer = board.run('lea', { verb: 'step', to });
        expect(answer).toMatchObject(refusedFor('no-such-step', { from: state, to, allowed }));
      }
    }
  });

  test('[DSK-77] steps and words are numbered in one list', () => {
    const board = announced(PLANNED, 'scheduled', 'in_progress');
    board.run('lea', { verb: 'update', message: ' The new box is in. ' });
    board.run('lea', { verb: 'step', to: 'verifying', message: 'We test.' });
    expect(board.it.updates.map(({ number, state, message }) => [number, state, message])).toEqual([
      [1, 'scheduled', ''],
      [2, 'in_progress', ''],
      [3, 'in_progress', 'The new box is in.'],
      [4, 'verifying', 'We test.'],
    ]);
    expect(board.run('lea', { verb: 'update', message: ' ' })).toMatchObject(refusedFor('missing-field'));
    expect(announced(PLANNED).run('lea', { verb: 'update', message: 'psst' }).ok).toBe(false);
  });

  test('[DSK-82] what is over stays as it was, what has begun keeps its begin, what is told its kind', () => {
    const edit = (board: ReturnType<typeof announced>, fields: object) =>
      board.run('lea', { verb: 'edit', fields });
    const over = announced(PLANNED, 'scheduled', 'cancelled');
    expect(edit(over, { title: 'New' })).toMatchObject(refusedFor('announcement-over', { field: null }));
    const begun = announced(PLANNED, 'scheduled', 'in_progress');
    expect(edit(begun, { beginsAt: NOW + HOUR })).toMatchObject({ refusal: { field: 'begin' } });
    expect(edit(begun, { kind: 'maintenance' })).toMatchObject({ refusal: { field: 'kind' } });
    expect(edit(begun, { endsAt: NOW + 200 * HOUR }).ok).toBe(true);
    expect(edit(begun, { title: PLANNED.title })).toMatchObject(refusedFor('nothing-to-change'));
  });

  test('[DSK-83] anybody says that they have read it, and it stays as it is', () => {
    const board = announced(PLANNED, 'scheduled');
    const before = board.it;
    expect(board.run('rita', { verb: 'acknowledge', revision: 1 })).toMatchObject({ value: { events: [] } });
    expect(board.run('rita', { verb: 'acknowledge', revision: 2 })).toMatchObject(
      refusedFor('invalid-value'),
    );
    expect(board.it).toEqual(before);
  });
});

describe('two at once', () => {
  test('[DSK-75] the same step is superseded, another one refused with who came first', () => {
    const board = announced(PLANNED, 'scheduled');
    const basis = board.it.version;
    board.run('system', { verb: 'step', to: 'in_progress' });
    const by = { by: 'system', at: NOW };
    expect(board.run('lea', { verb: 'step', to: 'in_progress' }, basis)).toMatchObject({
      value: { events: [], superseded: { reason: 'already-done', by: { person: 'system', at: NOW } } },
    });
    expect(board.run('lea', { verb: 'step', to: 'cancelled' }, basis)).toMatchObject(
      refusedFor('announcement-moved', { state: 'in_progress', ...by }),
    );
  });

  test('[DSK-76] the first change of a field stands, changes of different fields both do', () => {
    const board = announced(PLANNED);
    const basis = board.it.version;
    board.run('system', { verb: 'edit', fields: { title: 'First' } });
    const second = { verb: 'edit', fields: { title: 'Second', message: 'Mine' } } as const;
    expect(board.run('lea', second, basis)).toMatchObject(
      refusedFor('announcement-changed', { field: 'title', by: 'system' }),
    );
    board.run('lea', { verb: 'edit', fields: { services: [] } }, basis);
    expect(board.it).toMatchObject({ title: 'First', message: PLANNED.message, services: [] });
    expect(PLANNED.services).toEqual([VPN]);
  });

  test('[CHG-62] waits for the approval of its change, but for whoever manages changes', () => {
    const announcing: Actor = {
      ...actor('lea'),
      permissions: new Set([...actor('lea').permissions].filter((each) => each !== 'change.manage')),
    };
    const step = { verb: 'step', to: 'scheduled' } as const;
    const state = announced(PLANNED).it;
    const decide = (by: Actor, changeApproved: boolean | null) =>
      decideAnnouncement(state, step, {
        ...{ actor: by, now: NOW, target: state.id, since: [], changeApproved },
        ...{ services: DIRECTORY.services, teams: DIRECTORY.teams },
      });
    expect(decide(announcing, false)).toMatchObject(refusedFor('change-not-approved'));
    for (const ok of [decide(announcing, true), decide(announcing, null), decide(actor('lea'), false)])
      expect(ok).toMatchObject({ ok: true });
  });
});

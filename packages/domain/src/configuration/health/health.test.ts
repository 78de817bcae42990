import { describe, expect, test } from 'vitest';
import { SYSTEM, personId, recordId, teamId } from '../../shared/index.ts';
import { DEFAULT_CLASSES } from '../class/default-classes.ts';
import { Items, NETWORK, NOW, actorOf } from '../test-support/items.ts';
import { duplicatesOf } from './duplicates.ts';
import { DEFAULT_HEALTH, expectedOf } from './health-rules.ts';
import { healthOf, sumOfHealth } from './health.ts';
import type { HealthFacts } from './health.ts';
import { MOST_A_DAY, isReviewDue, reviewOf, reviewsDue } from './review.ts';

const DAY = 24 * 60 * 60 * 1000;
const [MAX, LEA] = [personId('max'), personId('lea')];
const KNOWN = { owner: MAX, team: NETWORK };
const SAID = { serial: 'S1', address: '10.0.0.1', vendor: 'Acme', model: 'X1' };

function facts(items: Items, more: Partial<HealthFacts> = {}): HealthFacts {
  return {
    ...{ classes: DEFAULT_CLASSES, map: items.map, health: DEFAULT_HEALTH, now: items.now },
    isHere: (person) => person !== personId('gone'),
    ...more,
  };
}

const faults = (items: Items, id: string, more: Partial<HealthFacts> = {}) =>
  healthOf(items.at(id), facts(items, more)).faults.map((each) =>
    each.fault === 'no-attribute' ? each.attribute : each.fault,
  );

function rack(): Items {
  const items = new Items()
    .make('room', 'location')
    .make('rack', 'rack', KNOWN)
    .make('host', 'server', { ...KNOWN, attributes: SAID });
  items.relate('ana', 'r1', { verb: 'add', type: 'hosted_on', from: recordId('rack'), to: recordId('room') });
  items.relate('ana', 'r2', { verb: 'add', type: 'hosted_on', from: recordId('host'), to: recordId('rack') });
  return items;
}

describe('how well an item is known', () => {
  test('[CFG-50] an item lacks what its class expects: owner, team, place, relations and attributes', () => {
    const items = new Items().make('host', 'server');
    expect(faults(items, 'host')).toEqual([
      ...['serial', 'vendor', 'model', 'address', 'no-owner', 'no-team', 'no-relation', 'no-location'],
    ]);
    expect(healthOf(items.at('host'), facts(items)).score).toBe(11);
  });

  test('[CFG-50] a device that stands in a rack that stands in a room has a place, and lacks nothing', () => {
    const items = rack();
    expect(healthOf(items.at('host'), facts(items))).toEqual({ score: 100, faults: [] });
  });

  test('[CFG-50] an owner who is gone is none; what is not in service yet need hang on nothing, and what is gone is not judged', () => {
    const items = new Items()
      .make('app', 'application', KNOWN)
      .make('next', 'application', { ...KNOWN, state: 'planned' })
      .make('old', 'application');
    expect(faults(items, 'app')).toEqual(['no-relation']);
    expect(faults(items, 'app', { isHere: () => false })).toEqual(['owner-gone', 'no-relation']);
    expect(faults(items, 'next')).toEqual([]);
    items.do('ana', 'old', { verb: 'step', from: 'in_service', to: 'retired' });
    expect(healthOf(items.at('old'), facts(items))).toEqual({ score: 100, faults: [] });
  });

  test('[CFG-51] an item is stale when nobody changed or confirmed it for as long as its class allows, and not before', () => {
    const items = rack();
    items.now = NOW + 180 * DAY - 1;
    expect(faults(items, 'host')).toEqual([]);
    items.now += 1;
    expect(faults(items, 'host')).toEqual(['stale']);
    expect(faults(items, 'room')).toEqual([]);
    const health = { ...DEFAULT_HEALTH, classes: { connected: { staleDays: 400 } } };
    expect(faults(items, 'host', { health })).not.toContain('stale');
    items.do('max', 'host', { verb: 'confirm' });
    expect(faults(items, 'host')).toEqual([]);
  });

  test('[CFG-50] what a class says holds for its kinds, unless one of them says otherwise', () => {
    expect(expectedOf(DEFAULT_HEALTH, DEFAULT_CLASSES, 'storage').expects).toContain('location');
    expect(expectedOf(DEFAULT_HEALTH, DEFAULT_CLASSES, 'workplace').expects).toEqual(['owner', 'team']);
    expect(expectedOf(DEFAULT_HEALTH, DEFAULT_CLASSES, 'location').staleDays).toBeNull();
    expect(expectedOf(DEFAULT_HEALTH, DEFAULT_CLASSES, 'storage').attributes).toContain('vendor');
  });

  test('[CFG-52] the score of many is the mean of theirs, by class the worst first', () => {
    const items = rack().make('bare', 'server');
    const judged = ['host', 'bare', 'room'].map((id) => ({
      item: items.at(id),
      health: healthOf(items.at(id), facts(items)),
    }));
    const sum = sumOfHealth(judged);
    expect(sum).toMatchObject({ count: 3, score: 70, incomplete: 1, stale: 0 });
    expect(sum.classes.map((each) => [each.class, each.score])).toEqual([
      ['server', 56],
      ['location', 100],
    ]);
    expect(sumOfHealth([])).toMatchObject({ count: 0, score: 100 });
  });
});

describe('confirming an item', () => {
  test('[CFG-53] its owner, its team or who manages the configuration confirms it, and nobody else', () => {
    const items = new Items().make('app', 'application', KNOWN);
    expect(items.run('ana', 'app', { verb: 'confirm' })).toMatchObject({
      refusal: { code: 'configuration/not-confirmable', owner: 'max' },
    });
    items.now += DAY;
    items.do('max', 'app', { verb: 'confirm' });
    expect(items.at('app')).toMatchObject({ updatedAt: items.now, care: { confirmedAt: items.now } });
    items.do('lea', 'app', { verb: 'confirm' });
    expect(items.run('guest', 'app', { verb: 'confirm' }).ok).toBe(false);
    items.do('ana', 'app', { verb: 'step', from: 'in_service', to: 'retired' });
    expect(items.run('max', 'app', { verb: 'confirm' }).ok).toBe(false);
  });
});

describe('asking owners', () => {
  test('[CFG-54] asks about what is stale, or incomplete for a week, and again after long', () => {
    const items = new Items().make('app', 'application', KNOWN);
    const due = () => isReviewDue(items.at('app'), facts(items));
    expect(due()).toBe(false);
    items.now = NOW + 7 * DAY;
    expect(due()).toBe(true);
    expect(items.ask('app')).toMatchObject({
      value: {
        events: [{ type: 'review-asked', of: 'incomplete' }],
        tell: [{ person: 'max', kind: 'item-review' }],
      },
    });
    expect(items.at('app')).toMatchObject({ updatedAt: NOW, care: { askedAt: items.now } });
    items.now += 29 * DAY;
    expect(due()).toBe(false);
    expect(items.ask('app').ok).toBe(false);
    items.now += DAY;
    expect(due()).toBe(true);
  });

  test('[CFG-54] is for the clock alone', () => {
    const items = new Items().make('app', 'application', KNOWN);
    items.now = NOW + 7 * DAY;
    expect(items.run('lea', 'app', { verb: 'ask-review' })).toMatchObject({
      refusal: { code: 'configuration/not-permitted' },
    });
    expect(actorOf('lea').id).not.toBe(SYSTEM);
  });

  test('[CFG-55] a task is done when the item is mended or confirmed; what was confirmed rests until it is stale', () => {
    const items = new Items().make('app', 'application', KNOWN);
    items.now = NOW + 7 * DAY;
    items.ask('app');
    const review = () => reviewOf(items.at('app'), facts(items));
    expect(review()).toMatchObject({ owner: 'max', faults: [{ fault: 'no-relation' }], askedAt: items.now });
    items.do('max', 'app', { verb: 'confirm' });
    expect(review()).toBeNull();
    items.now += 180 * DAY;
    expect(review()).toMatchObject({ askedAt: null });
    items.make('host', 'server');
    items.relate('ana', 'r1', { verb: 'add', type: 'runs_on', from: recordId('app'), to: recordId('host') });
    expect(review()?.faults.map(({ fault }) => fault)).toEqual(['stale']);
    items.do('max', 'app', { verb: 'edit', fields: { criticality: 2 } });
    expect(review()).toBeNull();
  });

  test('[CFG-54] nobody is asked about more than a few a day, the longest unchanged first; nobody who is gone', () => {
    const items = new Items();
    const names = Array.from({ length: MOST_A_DAY + 3 }, (_, place) => `app-${place}`);
    for (const name of names) {
      items.make(name, 'application', KNOWN);
      items.now += 1;
    }
    items.make('hers', 'application', { owner: LEA, team: teamId('network') });
    items.now = NOW + 8 * DAY;
    const due = () =>
      reviewsDue(
        [...names, 'hers'].map((id) => items.at(id)),
        facts(items),
      ).map(({ id }) => id);
    expect(due()).toEqual([...names.slice(0, MOST_A_DAY), 'hers']);
    for (const id of due()) items.ask(id);
    expect(due()).toEqual([]);
    items.now += DAY;
    expect(due()).toEqual(names.slice(MOST_A_DAY));
    expect(reviewsDue([items.at('hers')], facts(items, { isHere: () => false }))).toEqual([]);
  });
});

describe('items that may be the same', () => {
  const found = (items: Items, ...ids: string[]) =>
    duplicatesOf(
      ids.map((id) => items.at(id)),
      DEFAULT_CLASSES,
    ).map(({ one, other, by }) => [one, other, by]);

  test('[CFG-56] are found by what identifies them, however it was typed, and by their names within a class', () => {
    const items = new Items()
      .make('a', 'server', { name: 'mail.example.com', attributes: { serial: 'AB-12' } })
      .make('b', 'storage', { name: 'box', attributes: { serial: 'ab12' } })
      .make('c', 'server', { name: 'MAIL' })
      .make('d', 'application', { name: 'mail' });
    expect(found(items, 'a', 'b', 'c', 'd')).toEqual([
      ['a', 'b', 'identity'],
      ['a', 'c', 'name'],
    ]);
  });

  test('[CFG-56] are alike when one letter differs, but for a number; a short name is like no other', () => {
    const items = new Items();
    for (const name of ['payroll', 'payrol', 'pay-rool', 'backup-1', 'backup-2', 'crm', 'crn'])
      items.make(name, 'application');
    expect(found(items, 'payroll', 'payrol', 'backup-1', 'backup-2', 'crm', 'crn')).toEqual([
      ['payrol', 'payroll', 'likeness'],
    ]);
    const pairs = ['Feed N-A', 'Feed S-A', 'sw-hq-1a', 'sw-hq-1b', 'disk-100001', 'disk-100002'];
    for (const name of pairs) items.make(name, 'application');
    expect(found(items, ...pairs)).toEqual([]);
  });

  test('[CFG-57] who says that two are different is not asked again; saying it twice is nothing new', () => {
    const items = new Items().make('payroll', 'application').make('payrol', 'application');
    const act = { verb: 'tell-apart', other: recordId('payroll') } as const;
    items.do('ana', 'payrol', act);
    expect(found(items, 'payroll', 'payrol')).toEqual([]);
    expect(items.run('ana', 'payrol', act)).toMatchObject({
      refusal: { code: 'configuration/nothing-to-change' },
    });
    const [self, nobody] = [recordId('payrol'), recordId('nobody')];
    for (const other of [self, nobody])
      expect(items.run('ana', 'payrol', { verb: 'tell-apart', other }).ok).toBe(false);
  });
});

describe('the rules of health', () => {
  test('[CFG-58] are set whole by those who manage the configuration, with days that can be', () => {
    const items = new Items();
    const health = { ...DEFAULT_HEALTH, staleDays: 90 };
    expect(items.rule('ana', { verb: 'set-health', health }).ok).toBe(false);
    expect(items.rule('lea', { verb: 'set-health', health: { ...health, staleDays: 0 } })).toMatchObject({
      refusal: { code: 'configuration/invalid-value', field: 'staleDays' },
    });
    expect(items.rule('lea', { verb: 'set-health', health: { ...health, classes: { moon: {} } } }).ok).toBe(
      false,
    );
    expect(items.rule('lea', { verb: 'set-health', health }).ok).toBe(true);
    expect(items.rules.health).toEqual(health);
    expect(items.rule('lea', { verb: 'set-health', health })).toMatchObject({
      refusal: { code: 'configuration/nothing-to-change' },
    });
  });
});

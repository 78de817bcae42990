import { describe, expect, test } from 'vitest';
import { asSeenByRequester, audienceOf, recordId, undoOf } from '../shared/index.ts';
import type { TicketAct } from '../shared/index.ts';
import { id } from '../shared/test-support/organisation.ts';
import { HOUR, Records, creating } from '../shared/test-support/records.ts';
import { CANCEL, bring } from '../shared/test-support/walk.ts';
import { desk } from './index.ts';

const [PUMP, DRIVE, OLD] = ['pump', 'drive', 'old'].map(recordId) as [never, never, never];

function openDesk(): Records {
  const records = new Records(() => desk);
  for (const item of [PUMP, DRIVE]) records.items.set(item, 'live');
  records.items.set(OLD, 'retired');
  bring(records, 'desk', 'a', 'new');
  return records;
}

const naming = (add: readonly string[], remove: readonly string[] = []): TicketAct => ({
  verb: 'name-items',
  add: add.map(recordId),
  remove: remove.map(recordId),
});

describe('the items of a ticket', () => {
  test('[DSK-206] are what each added, without what either took away, whatever they had seen', () => {
    const records = openDesk();
    records.run('ana', 'desk', 'a', naming(['pump']));
    const { version: basis } = records.ticket('a');
    records.run('ana', 'desk', 'a', naming(['drive', 'drive']), { basis });
    records.run('cem', 'desk', 'a', naming([], ['pump']), { basis });
    expect(records.ticket('a').items).toEqual(['drive']);
    const last = records.history('a').at(-1)?.event;
    expect(last).toEqual({ type: 'items-named', added: [], removed: ['pump'] });
    expect(records.run('cem', 'desk', 'a', naming(['drive'], ['pump']))).toMatchObject({
      refusal: { code: 'desk/nothing-to-change', field: 'items' },
    });
  });

  test('[DSK-206] come with a new ticket, and go as they came', () => {
    const records = openDesk();
    records.run('ana', 'desk', 'b', creating('desk', { items: [PUMP, PUMP, DRIVE] }));
    expect(records.ticket('b').items).toEqual(['pump', 'drive']);
    const before = records.ticket('b');
    records.run('ana', 'desk', 'b', naming([], ['pump']));
    expect(undoOf(naming([], ['pump']), before, records.ticket('b'))).toEqual([naming(['pump'])]);
  });

  test('[DSK-206] are at most fifty', () => {
    const records = openDesk();
    const many = Array.from({ length: 51 }, (_, index) => `item${index}`);
    for (const item of many) records.items.set(recordId(item), 'live');
    const refusal = { code: 'desk/invalid-value', field: 'items' };
    expect(records.run('ana', 'desk', 'a', naming(many))).toMatchObject({ refusal });
    expect(records.run('ana', 'desk', 'a', naming(many.slice(1)))).toMatchObject({ ok: true });
    expect(records.run('ana', 'desk', 'a', naming(['item0']))).toMatchObject({ refusal });
    expect(records.run('ana', 'desk', 'a', naming(['item0'], ['item1']))).toMatchObject({ ok: true });
  });

  test.each([
    ['old', 'desk/item-retired'],
    ['nowhere', 'desk/unknown-item'],
  ])('[DSK-207] %s is not named, on a new ticket neither', (item, code) => {
    const records = openDesk();
    const refused = { ok: false, refusal: { code, item } };
    expect(records.run('ana', 'desk', 'a', naming(['pump', item]))).toEqual(refused);
    expect(records.run('ana', 'desk', 'b', creating('desk', { items: [recordId(item)] }))).toEqual(refused);
    expect(records.ticket('a').items).toEqual([]);
  });

  test('[DSK-207] a new ticket that was kept on a device is made without what is not named, and its author told', () => {
    const records = openDesk();
    const items = ['pump', 'old', 'nowhere'].map(recordId);
    const late = { clientAt: records.now - 2 * HOUR };
    expect(records.run('ana', 'desk', 'b', creating('desk', { items }), late)).toMatchObject({
      value: {
        leftOut: {
          act: { verb: 'name-items', add: ['old', 'nowhere'], remove: [] },
          refusal: { code: 'desk/item-retired', item: 'old' },
        },
      },
    });
    expect(records.ticket('b').items).toEqual(['pump']);
    const all = creating('desk', { items: [OLD] });
    expect(records.run('ana', 'desk', 'c', all, { clientAt: records.now - 2 * HOUR }).ok).toBe(true);
    expect(records.history('c').map(({ event }) => event.type)).not.toContain('items-named');
    const many = Array.from({ length: 51 }, (_, index) => recordId(`item${index}`));
    expect(records.run('ana', 'desk', 'd', creating('desk', { items: many }), late)).toMatchObject({
      refusal: { code: 'desk/invalid-value', field: 'items' },
    });
  });

  test('[DSK-207] one that was retired later stays named, and may be taken away', () => {
    const records = openDesk();
    records.run('ana', 'desk', 'a', naming(['pump']));
    records.items.set(PUMP, 'retired');
    records.run('ana', 'desk', 'a', naming(['drive']));
    expect(records.ticket('a').items).toEqual(['pump', 'drive']);
    expect(records.run('ana', 'desk', 'a', naming([], ['pump']))).toMatchObject({ ok: true });
  });

  test('[DSK-208] are neither told to nor named by who asked for it', () => {
    const records = openDesk();
    records.run('rita', 'desk', 'own', creating('desk', { requester: id('rita'), items: [PUMP] }));
    expect(records.ticket('own').items).toEqual([]);
    expect(records.run('rita', 'desk', 'own', naming(['pump']))).toMatchObject({
      refusal: { code: 'desk/not-permitted' },
    });
    records.run('ana', 'desk', 'own', naming(['pump']));
    expect(asSeenByRequester(records.ticket('own')).items).toEqual([]);
    expect(records.history('own').map(({ event }) => audienceOf(event))).toEqual(['public', 'staff']);
  });

  test('[DSK-17] stay as they are when it has ended', () => {
    const records = openDesk();
    records.run('ana', 'desk', 'a', CANCEL);
    expect(records.run('ana', 'desk', 'a', naming(['pump']))).toMatchObject({
      refusal: { code: 'desk/not-open' },
    });
  });
});

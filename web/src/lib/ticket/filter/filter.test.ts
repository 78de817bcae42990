import { recordId } from '@muster/domain/shared';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeDirectory, makeRow, NOW } from '../test-support/tickets.ts';
import { compileFilter } from './compile.ts';
import { completionsAt } from './complete.ts';
import { FIELD_NAMES, type Term } from './filter.ts';
import { parseFilter } from './parse.ts';
import { printFilter } from './print.ts';
import type { FilterItems, FilterMoment, FilterRow, FilterWorld } from './world.ts';

const directory = makeDirectory();
const [me] = directory.people.values();
const [desk] = directory.teams.values();
if (!me || !desk) throw new Error('the directory is empty');

const [HOST, TWIN] = [recordId('HOST'), recordId('TWIN')];
const [mail] = directory.services.values();
if (!mail) throw new Error('there are no services');
const items: FilterItems = {
  options: [
    { value: mail.id, label: 'E-mail', hint: 'Service' },
    { value: HOST, label: 'Host of the shop', hint: 'Server · CI-2026-00001' },
  ],
  called: (word) => {
    if (word === mail.id) return new Set([mail.id]);
    return ['HOST', 'Host of the shop'].includes(word) ? new Set([HOST, TWIN]) : null;
  },
  isAwaited: false,
  nameOfWord: (word) => word,
};
const world: FilterWorld = {
  items,
  me: me.id,
  myTeams: me.teams,
  directory,
  states: ['new', 'in_progress', 'on_hold', 'resolved', 'closed'],
  openStates: new Set(['new', 'in_progress', 'on_hold']),
};
const moment: FilterMoment = { now: NOW, clock: () => 'ok', unread: () => false };

function matches(text: string, row: FilterRow, at: Partial<FilterMoment> = {}): boolean {
  return compileFilter(parseFilter(text).filter, world).matches(row, { ...moment, ...at });
}

/** The terms without their places, which printing may move. */
const meaning = (terms: readonly Term[]) => terms.map(({ span: _, ...rest }) => rest);

describe('parseFilter', () => {
  test('reads fields, quoted values, alternatives, negation and words', () => {
    const { filter, problems } = parseFilter(
      'state:open team:"Service Desk",none -tag:vip "cold start" slow',
    );
    expect(problems).toEqual([]);
    expect(meaning(filter.terms)).toEqual([
      { kind: 'field', field: 'state', values: ['open'], negated: false },
      { kind: 'field', field: 'team', values: ['Service Desk', 'none'], negated: false },
      { kind: 'field', field: 'tag', values: ['vip'], negated: true },
      { kind: 'text', text: 'cold start', negated: false },
      { kind: 'text', text: 'slow', negated: false },
    ]);
  });

  test('names an unknown field with the nearest one and its place, and keeps the rest', () => {
    const { filter, problems } = parseFilter('slow prioritty:1');
    expect(meaning(filter.terms)).toEqual([{ kind: 'text', text: 'slow', negated: false }]);
    expect(problems).toEqual([
      { kind: 'unknown-field', name: 'prioritty', nearest: 'priority', span: { from: 5, to: 16 } },
    ]);
  });

  test('names a field without a value and a quote that never ends', () => {
    expect(parseFilter('owner:').problems).toMatchObject([{ kind: 'empty-value', field: 'owner' }]);
    expect(parseFilter('team:"Service').problems).toMatchObject([{ kind: 'unclosed-quote' }]);
  });

  test('keeps a lone minus and a minus inside a word as text', () => {
    expect(meaning(parseFilter('- e-mail').filter.terms)).toEqual([
      { kind: 'text', text: '-', negated: false },
      { kind: 'text', text: 'e-mail', negated: false },
    ]);
  });

  test('reads again exactly what was printed', () => {
    const value = fc
      .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
      .filter((text) => text.trim() !== '');
    const field = fc.record({
      kind: fc.constant('field' as const),
      field: fc.constantFrom(...FIELD_NAMES),
      values: fc.array(value, { minLength: 1, maxLength: 3 }),
      negated: fc.boolean(),
    });
    const text = fc.record({ kind: fc.constant('text' as const), text: value, negated: fc.boolean() });
    fc.assert(
      fc.property(fc.array(fc.oneof(field, text), { maxLength: 5 }), (terms) => {
        const span = { from: 0, to: 0 };
        const printed = printFilter({ terms: terms.map((term) => ({ ...term, span })) });
        const read = parseFilter(printed);
        expect(read.problems).toEqual([]);
        expect(meaning(read.filter.terms)).toEqual(terms);
      }),
    );
  });

  test('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => matches(text, makeRow(0))).not.toThrow();
      }),
    );
  });
});

describe('compileFilter', () => {
  test('open stands for all states in which work goes on', () => {
    expect(matches('state:open', makeRow(0, { state: 'on_hold' }))).toBe(true);
    expect(matches('state:open', makeRow(0, { state: 'closed' }))).toBe(false);
    expect(matches('state:"in progress"', makeRow(0, { state: 'in_progress' }))).toBe(true);
  });

  test('a priority range holds both ends', () => {
    expect(
      [1, 2, 3].map((priority) => matches('priority:1-2', makeRow(0, { priority: priority as 1 }))),
    ).toEqual([true, true, false]);
  });

  test('me, none and names mean people, also among co-owners', () => {
    expect(matches('owner:me', makeRow(0, { owner: me.id }))).toBe(true);
    expect(matches('owner:me', makeRow(0, { coOwners: [me.id] }))).toBe(true);
    expect(matches('owner:none', makeRow(0))).toBe(true);
    expect(matches(`owner:"${me.name.toUpperCase()}"`, makeRow(0, { owner: me.id }))).toBe(true);
  });

  test('[DSK-220] an item is any that its word stands for, among the items or as the service', () => {
    const [named, joined] = [makeRow(0, { items: [HOST] }), makeRow(0, { items: [TWIN] })];
    const served = makeRow(0, { service: mail.id });
    const found = (text: string) => [named, joined, served, makeRow(0)].map((row) => matches(text, row));
    expect(found('item:HOST')).toEqual([true, true, false, false]);
    expect(found('item:"Host of the shop"')).toEqual([true, true, false, false]);
    expect(found(`item:HOST,${mail.id}`)).toEqual([true, true, true, false]);
    expect(found('-item:HOST')).toEqual([false, false, true, true]);
    expect(found('item:none')).toEqual([false, false, true, true]);
    expect(compileFilter(parseFilter('item:Hots').filter, world).problems).toMatchObject([
      { kind: 'unknown-value', field: 'item', value: 'Hots' },
    ]);
    const awaited = { ...world, items: { ...items, isAwaited: true } };
    expect(compileFilter(parseFilter('item:Hots,HOST state:hots').filter, awaited).problems).toMatchObject([
      { kind: 'value-not-here', field: 'item', value: 'Hots' },
      { kind: 'unknown-value', field: 'state', value: 'hots' },
    ]);
  });

  test('alternatives widen, terms narrow, a minus turns round', () => {
    const row = makeRow(0, { team: desk.id, tags: ['vip'] });
    expect(matches('team:"Service Desk",none', row)).toBe(true);
    expect(matches('team:"Service Desk" -tag:VIP', row)).toBe(false);
    expect(matches('team:none', row)).toBe(false);
  });

  test('text looks in title, number, token, tags and the name of the requester', () => {
    const row = makeRow(7, { title: 'Printer jams', tags: ['branch-east'] });
    const requester = directory.people.get(row.requester)?.name ?? '';
    for (const text of ['JAMS', 'inc-2026-00008', row.token, 'east', `"${requester}"`])
      expect(matches(text, row)).toBe(true);
    expect(matches('scanner', row)).toBe(false);
  });

  test('ages and snoozes go by the moment, and say that they do', () => {
    const row = makeRow(0, { updatedAt: NOW - 3 * 3_600_000, snoozedUntil: NOW + 1000 });
    expect([matches('updated:<2h', row), matches('updated:>2h', row)]).toEqual([false, true]);
    expect([matches('snooze:reached', row), matches('snooze:reached', row, { now: NOW + 1000 })]).toEqual([
      false,
      true,
    ]);
    expect(compileFilter(parseFilter('snooze:reached').filter, world).timed).toBe(true);
    expect(compileFilter(parseFilter('state:open').filter, world).timed).toBe(false);
  });

  test('a word that means nothing is named with the nearest one, and does not hide rows', () => {
    const compiled = compileFilter(parseFilter('state:resolvd priority:9').filter, world);
    expect(compiled.problems).toMatchObject([
      { kind: 'unknown-value', field: 'state', value: 'resolvd', nearest: 'resolved' },
      { kind: 'unknown-value', field: 'priority', value: '9' },
    ]);
    expect(compiled.matches(makeRow(0), moment)).toBe(true);
  });
});

describe('completionsAt', () => {
  test('offers fields for a bare word, also behind a minus', () => {
    expect(completionsAt('-own', 4, world)).toMatchObject([{ insert: 'owner:', from: 1, to: 4 }]);
  });

  test('offers the words of a field and quotes those with spaces', () => {
    expect(completionsAt('team:serv', 9, world)).toMatchObject([
      { insert: '"Service Desk" ', from: 5, to: 9 },
    ]);
    expect(completionsAt('slow state:new,reso', 19, world)).toMatchObject([
      { label: 'resolved', from: 15, to: 19 },
    ]);
  });

  test('[DSK-220] offers items by their names and puts in their ids', () => {
    expect(completionsAt('item:shop', 9, world)).toMatchObject([
      { insert: 'HOST ', label: 'Host of the shop', hint: 'Server · CI-2026-00001', from: 5, to: 9 },
    ]);
    expect(completionsAt('item:"the ho', 12, world)).toMatchObject([{ insert: 'HOST ' }]);
    expect(completionsAt('item:', 5, world).map(({ label }) => label)).toEqual([
      ...['none', 'E-mail', 'Host of the shop'],
    ]);
  });

  test('offers nothing for a field that does not exist', () => {
    expect(completionsAt('colour:r', 8, world)).toEqual([]);
  });
});

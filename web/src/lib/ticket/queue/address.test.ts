import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_ADDRESS, isSameAddress, readAddress, writeAddress, type QueueAddress } from './address.ts';
import { GROUP_KEYS } from './grouping.ts';
import { itemTerms } from './item-terms.ts';
import { SORT_KEYS } from './sorting.ts';
import { BUILT_IN_VIEWS } from './views.ts';
import { compileFilter, parseFilter } from '../filter/index.ts';
import { makeDirectory } from '../test-support/tickets.ts';
import { OPEN_STATES, TICKET_STATES } from '../ticket-world.ts';

describe('the address of a queue', () => {
  test('reads again what was written, and keeps what is not its own', () => {
    const address: fc.Arbitrary<QueueAddress> = fc.record({
      query: fc.string(),
      sorting: fc.record({ key: fc.constantFrom(...SORT_KEYS), descending: fc.boolean() }),
      group: fc.constantFrom(...GROUP_KEYS),
    });
    fc.assert(
      fc.property(address, (one) => {
        const written = writeAddress(one, new URLSearchParams('record=1'));
        expect(readAddress(new URLSearchParams(written.toString()))).toEqual(one);
        expect(written.get('record')).toBe('1');
      }),
    );
  });

  test('leaves the standard out, and falls back to it for words of another version', () => {
    expect(writeAddress(DEFAULT_ADDRESS, new URLSearchParams()).toString()).toBe('');
    expect(readAddress(new URLSearchParams('sort=colour&group=moon'))).toEqual(DEFAULT_ADDRESS);
  });
});

describe('the items that an address asks for', () => {
  test('[DSK-220] stand in it and come back from it with a filter', () => {
    const one = { ...DEFAULT_ADDRESS, query: 'item:01A0000000000000000000HOST,"db 1" state:open' };
    const written = writeAddress(one, new URLSearchParams()).toString();
    expect(readAddress(new URLSearchParams(written))).toEqual(one);
    expect(itemTerms(one.query).map(({ word }) => word)).toEqual(['01A0000000000000000000HOST', 'db 1']);
  });

  test('[DSK-220] are taken out one by one, and the rest stays as it was written', () => {
    const without = (query: string) => itemTerms(query).map((term) => term.without);
    expect(without('prio:1  item:A,"b c" slow')).toEqual(['prio:1  item:"b c" slow', 'prio:1  item:A slow']);
    expect(without('-item:A state:open')).toEqual(['state:open']);
    expect(without('state:open item:A')).toEqual(['state:open']);
    expect(without('item:none')).toEqual([]);
  });
});

describe('the built-in views', () => {
  const directory = makeDirectory();
  const [me] = directory.people.values();

  test('are written without a mistake and differ from each other', () => {
    for (const view of BUILT_IN_VIEWS) {
      const { filter, problems } = parseFilter(view.query);
      const world = {
        me:
          me?.id ??
          (() => {
            throw new Error('nobody');
          })(),
        myTeams: [],
        directory,
        items: { options: [], called: () => null, isAwaited: false, nameOfWord: (word: string) => word },
        states: TICKET_STATES,
        openStates: OPEN_STATES,
      };
      expect([...problems, ...compileFilter(filter, world).problems]).toEqual([]);
    }
    for (const [index, view] of BUILT_IN_VIEWS.entries()) {
      expect(BUILT_IN_VIEWS.findIndex((other) => isSameAddress(view, other))).toBe(index);
    }
  });
});

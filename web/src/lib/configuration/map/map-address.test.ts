import { id } from '@muster/domain/testing/maps';
import { describe, expect, it } from 'vitest';
import { readPlace, writePlace } from './map-address.ts';
import type { MapPlace } from './map-address.ts';
import { WHOLE_MAP } from './map-filter.ts';

const read = (query: string) => readPlace(new URLSearchParams(query));
const PLAIN: MapPlace = { item: id('shop'), levels: 3, filter: WHOLE_MAP, layout: 'right' };

describe('the address of a map', () => {
  it('[CFG-83] [CFG-106] says what is looked at, so that whoever follows it sees the same', () => {
    const place: MapPlace = {
      ...{ item: id('shop'), levels: 2, layout: 'down' },
      filter: { classes: ['server'], states: ['in_service'], relations: ['runs_on'], location: id('berlin') },
    };
    expect(read(writePlace(place))).toEqual(place);
    expect(writePlace(PLAIN)).toBe('?item=shop');
  });

  it('[CFG-106] is read as the plain map where it says what there is not', () => {
    expect(read('item=shop&levels=99&state=odd&layout=spiral')).toEqual(PLAIN);
  });
});

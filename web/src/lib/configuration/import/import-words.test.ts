import { describe, expect, test } from 'vitest';
import { sourceWords } from './import-words.ts';

describe('where an item comes from', () => {
  test.each([
    ['netbox', 'dcim.device 12', 'NetBox, device 12'],
    ['netbox dc 2', 'circuits.circuit 3', 'NetBox “dc 2”, circuit 3'],
    ['csv racks', 'dcim.A1 | x', 'Table (CSV) “racks”, dcim.A1 | x'],
    ['compose shop', 'service db', 'Docker Compose “shop”, service db'],
    ['backstage', 'component:default/till', 'Backstage, component:default/till'],
    ['shelf', 'host-9', 'shelf, host-9'],
  ])('[CFG-133] is said in words: %s, %s', (source, key, words) => {
    expect(sourceWords(source, key)).toBe(words);
  });
});

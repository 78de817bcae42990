import { DEFAULT_CLASSES, DEFAULT_RELATION_TYPES } from '@muster/domain/configuration';
import { describe, expect, it } from 'vitest';
import { droppedFrom, fitting, guessChoice, mappingOf, missingIn } from './column-meaning.ts';
import { KeptMappings } from './kept-mappings.ts';

const HEADS = [
  'Asset Tag',
  'Hostname',
  'Title',
  'Status',
  'memory',
  'Serial number',
  'Hosted on',
  'Bought',
  '',
];
const guess = (heads: readonly string[]) => guessChoice(heads, DEFAULT_CLASSES, DEFAULT_RELATION_TYPES);

describe('the columns of a table', () => {
  it('[CFG-98] are guessed by their heads, none of them twice, and what tells rows apart by the surest', () => {
    expect(guess(HEADS)).toEqual({
      class: '',
      identity: ['Asset Tag'],
      meanings: {
        ...{ Hostname: 'name', Status: 'state', memory: 'attribute:memory_gb' },
        ...{ 'Serial number': 'attribute:serial', 'Hosted on': 'relation:hosted_on' },
      },
    });
    expect(guess(['Name', 'Serial number']).identity).toEqual(['Serial number']);
    expect(guess(['Owned by', 'Support group']).meanings).toEqual({
      ...{ 'Owned by': 'owner', 'Support group': 'team' },
    });
    expect(guess(['IP', 'Type']).meanings).toEqual({ IP: 'attribute:address', Type: 'class' });
    expect(guess(['constructor', '__proto__'])).toEqual({ class: '', identity: [], meanings: {} });
  });

  it('[CFG-98] are sent as the server takes them, once nothing is missing', () => {
    const choice = guess(HEADS);
    expect(missingIn(choice)).toBe('Choose the class of the rows.');
    expect(missingIn({ ...choice, class: 'server', identity: [] })).toMatch(/at least one column/);
    expect(missingIn({ ...choice, class: 'server' })).toBeNull();
    // a column may say it of each row
    expect(missingIn({ ...choice, meanings: { ...choice.meanings, Type: 'class' } })).toBeNull();
    expect(mappingOf({ ...choice, class: 'server' })).toEqual({
      ...{ class: 'server', identity: ['Asset Tag'] },
      columns: {
        ...{ Hostname: { kind: 'name' }, Status: { kind: 'state' } },
        memory: { kind: 'attribute', attribute: 'memory_gb' },
        'Serial number': { kind: 'attribute', attribute: 'serial' },
        'Hosted on': { kind: 'relation', type: 'hosted_on' },
      },
    });
  });

  it('[CFG-98] are sent whole where an id has a colon', () => {
    const meanings = { Rate: 'attribute:sla:rate', Feeds: 'relation:data:feeds', Who: 'owner' };
    expect(mappingOf({ class: 'server', identity: ['Rate'], meanings }).columns).toEqual({
      Rate: { kind: 'attribute', attribute: 'sla:rate' },
      ...{ Feeds: { kind: 'relation', type: 'data:feeds' }, Who: { kind: 'owner' } },
    });
  });

  it('[CFG-98] are kept on the device and used again as far as they fit; what is no such thing is nothing', () => {
    const shelf = new Map<string, string>();
    const storage = {
      getItem: (key: string) => shelf.get(key) ?? null,
      setItem: (key: string, value: string) => void shelf.set(key, value),
    };
    const kept = new KeptMappings(storage, 'me');
    const choice = { ...guess(HEADS), class: 'server' };
    expect(kept.sourceFor(HEADS)).toBe('table');
    kept.keep('racks', choice);
    kept.keep('blades', { ...choice, class: 'gone' });
    expect(kept.names()).toEqual(['blades', 'racks']);
    expect(kept.sourceFor(['Asset Tag', 'Other'])).toBe('blades');
    expect(kept.sourceFor(['Other'])).toBe('table');
    expect(droppedFrom(choice, ['Asset Tag', 'Hostname', 'Status', 'memory'])).toEqual([
      ...['Serial number', 'Hosted on'],
    ]);
    expect(droppedFrom({ ...choice, identity: ['Bought'] }, HEADS.slice(0, 7))).toEqual(['Bought']);
    const found = kept.find('racks');
    expect(found).toEqual(choice);
    expect(fitting(choice, ['Hostname'], DEFAULT_CLASSES)).toEqual({
      ...{ class: 'server', identity: [], meanings: { Hostname: 'name' } },
    });
    expect(fitting({ ...choice, class: 'gone' }, HEADS, DEFAULT_CLASSES).class).toBe('');
    for (const damaged of ['{', '[1, ["x"], ["y", {}]]', 'null']) {
      shelf.set('me', damaged);
      expect(kept.names()).toEqual([]);
    }
  });
});

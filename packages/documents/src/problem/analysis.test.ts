import { personId } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readRoomText } from '../room.ts';
import { addThought, changeThought, readThoughts, treesOf } from './analysis.ts';
import type { Branch, NewThought } from './analysis.ts';

const thought = (id: string, parent: string | null = null, given: Partial<NewThought> = {}): NewThought => ({
  ...{ id, parent, writtenAt: 1, by: personId('ana'), drawing: 'why', bone: null, text: `Why ${id}` },
  ...given,
});

function shape(branches: readonly Branch[]): object {
  return Object.fromEntries(branches.map((each) => [each.id, shape(each.branches)]));
}

function exchange(one: Y.Doc, other: Y.Doc): void {
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
}

describe('the drawings of an analysis', () => {
  test('thoughts that two people add apart are all kept, and both see the same trees', () => {
    const [here, there] = [new Y.Doc(), new Y.Doc()];
    addThought(here, thought('a'));
    exchange(here, there);
    addThought(here, thought('b', 'a'));
    addThought(here, thought('c', 'b'));
    addThought(there, thought('d', 'a'));
    addThought(there, thought('e', null, { drawing: 'fishbone', bone: 'supplier' }));
    exchange(here, there);
    for (const doc of [here, there]) {
      expect(shape(treesOf(readThoughts(doc).thoughts, 'why'))).toEqual({ a: { b: { c: {} }, d: {} } });
      expect(treesOf(readThoughts(doc).thoughts, 'fishbone')).toMatchObject([{ id: 'e', bone: 'supplier' }]);
    }
  });

  test('what somebody adds to a thought that another takes away meanwhile is kept, and comes back with it', () => {
    const [here, there] = [new Y.Doc(), new Y.Doc()];
    addThought(here, thought('a'));
    exchange(here, there);
    const hide = (hidden: boolean, id: string) =>
      changeThought(here.getArray('analysis').get(0), { id, by: personId('ana'), at: 2, set: { hidden } });
    hide(true, 'm1');
    addThought(there, thought('b', 'a'));
    exchange(here, there);
    expect(treesOf(readThoughts(here).thoughts, 'why')).toEqual([]);
    expect(readThoughts(here).thoughts).toHaveLength(2);
    expect(readRoomText(here)).toBe('Why b');
    hide(false, 'm2');
    expect(shape(treesOf(readThoughts(here).thoughts, 'why'))).toEqual({ a: { b: {} } });
  });

  test('a thought without its parent begins a tree, a circle is opened, and other shapes are set aside', () => {
    const doc = new Y.Doc();
    addThought(doc, thought('a', 'nowhere'));
    addThought(doc, thought('b', 'c'));
    addThought(doc, thought('c', 'b'));
    addThought(doc, thought('a'));
    doc.getArray('analysis').push(['nothing', new Y.Map()]);
    const { thoughts, nonconforming } = readThoughts(doc);
    expect(shape(treesOf(thoughts, 'why'))).toEqual({ a: {}, b: { c: {} } });
    expect(nonconforming.map(({ path }) => path)).toEqual(['analysis.3', 'analysis.4', 'analysis.5']);
  });
});

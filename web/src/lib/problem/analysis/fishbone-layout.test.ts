import type { Bone, Branch } from '@muster/documents/problem';
import { personId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { WIDTH, drawFishbone } from './fishbone-layout.ts';

const branch = (id: string, bone: Bone | null, branches: readonly Branch[] = []): Branch => ({
  ...{ id, writtenAt: 1, by: personId('ana'), drawing: 'fishbone', parent: null, bone, hidden: false, at: 0 },
  ...{ text: `What ${id} says of the matter at hand`, branches },
});

describe('an Ishikawa diagram', () => {
  it('hangs each thought on its bone, inside of the drawing, and no two on one line', () => {
    const many = Array.from({ length: 8 }, (_, at) => branch(`a${at}`, 'people'));
    const drawn = drawFishbone([...many, branch('b', 'process', [branch('c', null)])]);
    const people = drawn.bones.find(({ bone }) => bone === 'people');
    expect(people?.words.map(({ id }) => id)).toEqual(many.map(({ id }) => id));
    expect(new Set(people?.words.map(({ y }) => y)).size).toBe(8);
    expect(drawn.bones.find(({ bone }) => bone === 'process')?.words.map(({ id }) => id)).toEqual(['b', 'c']);
    for (const { words, from, to } of drawn.bones)
      for (const { x, y } of [...words, from, to]) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThan(WIDTH);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(drawn.height);
      }
  });
});

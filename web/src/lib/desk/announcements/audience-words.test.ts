import { personId, teamId } from '@muster/domain/shared';
import type { Person } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { audienceChanges, audienceSize, audienceWords } from './audience-words.ts';

const [A, B] = [teamId('a'), teamId('b')];

describe('the words for an audience', () => {
  it('name the teams, or everybody', () => {
    const teams = new Map([[A, { id: A, name: 'Network', members: [], lead: null }]]);
    expect(audienceWords([], { teams })).toBe('everybody');
    expect(audienceWords([A, B], { teams })).toBe('Network, a team');
  });

  it('[DSK-194] are for so many people: those who are active and in its teams', () => {
    const person = (id: string, teams: readonly (typeof A)[], active = true): Person => ({
      ...{ id: personId(id), name: id, email: `${id}@desk.test`, roles: ['agent'], vip: false },
      ...{ teams, active },
    });
    const all = [person('ana', [A]), person('bo', [B]), person('both', [A, B]), person('gone', [A], false)];
    const people = new Map(all.map((each) => [each.id, each]));
    const size = (audience: readonly (typeof A)[]) => audienceSize({ audience }, { people });
    expect([size([]), size([A]), size([A, B])]).toEqual([3, 2, 3]);
  });

  it('[DSK-193] tell of each change whom it was for from then on', () => {
    const told = (at: number, before: readonly (typeof A)[] | null) =>
      ({ revision: 1, notice: before === null ? 'publication' : 'audience', at, before }) as const;
    const changed = { audience: [B], told: [told(1, null), told(2, []), told(3, [A])] };
    expect(audienceChanges(changed)).toEqual([
      { at: 2, to: [A] },
      { at: 3, to: [B] },
    ]);
    const becamePublic = { audience: [], told: [told(1, null), told(2, [A]), told(3, [])] };
    expect(audienceChanges(becamePublic)).toEqual([{ at: 2, to: [] }]);
  });
});

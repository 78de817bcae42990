import { describe, expect, it } from 'vitest';
import { itemNewsWords } from './configuration-news.ts';
import type { Say } from './say.ts';

const say: Say = {
  person: (id) => (id === 'ana' ? 'Ana' : 'somebody'),
  team: () => 'a team',
  service: () => 'a service',
  record: () => 'CI-1',
  time: () => '14:05',
};
const told = (more: object) =>
  itemNewsWords('retirement-asked', { by: 'ana', to: 'retired', name: 'host-1', ...more }, say);

describe('what people hear of a retirement', () => {
  it('[CFG-26] asks the owner, whichever of the incident and the retirement arrived first', () => {
    expect(told({})).toBe('Ana asks for your item to be retired, though open incidents name it');
    expect(told({ late: true, asked: true, stays: false })).toBe(
      'Is host-1 to be retired? Ana did it, and an open incident that was written before names it',
    );
  });

  it('[CFG-26] tells whoever retired it that this waits, and both where it cannot wait', () => {
    expect(told({ late: true, asked: false, stays: false })).toBe(
      'host-1 is not retired yet: an open incident that was written before names it, so who answers for it decides',
    );
    expect(told({ late: true, asked: true, stays: true })).toBe(
      'host-1 is retired, though an open incident that was written before names it',
    );
  });
});

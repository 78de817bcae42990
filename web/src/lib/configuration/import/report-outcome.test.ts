import { describe, expect, it } from 'vitest';
import { doesSomething, idleWords } from './report-outcome.ts';

const NONE = {
  made: 0,
  changed: 0,
  left: 0,
  related: 0,
  relationsLeft: 0,
  replaced: 0,
  faults: [],
  dryRun: true,
};
const faults = [1, 2, 3, 4, 5, 6];

describe('what a report comes to', () => {
  it('[CFG-90] an import is offered where something would be made, changed or related, and not else', () => {
    for (const some of [{ made: 1 }, { changed: 1 }, { related: 1 }, { replaced: 1 }]) {
      expect(doesSomething({ ...NONE, ...some, faults })).toBe(true);
      expect(idleWords({ ...NONE, ...some, faults })).toBeNull();
    }
    expect(doesSomething({ ...NONE, left: 3, faults })).toBe(false);
  });

  it('[CFG-92] a file of which every row is refused is not said to stand already', () => {
    expect(idleWords({ ...NONE, faults })).toMatchObject({
      tone: 'warning',
      words: expect.stringMatching(/^Nothing could be taken: all 6 rows are refused/) as string,
    });
    expect(idleWords({ ...NONE, faults, dryRun: false })?.words).toMatch(/^Nothing was taken/);
    expect(idleWords(NONE)?.words).toBe('The file has nothing in it that could be imported.');
  });

  it('[CFG-93] the same file again changes nothing, and what of it is refused is said beside', () => {
    expect(idleWords({ ...NONE, left: 3 })).toEqual({
      tone: 'info',
      words: 'Nothing would change: all stands already as the file says.',
    });
    expect(idleWords({ ...NONE, left: 3, faults })?.words).toBe(
      'Nothing would change: 3 stand already as the file says, and 6 are refused, each with its reason below.',
    );
  });
});

import { recordId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { restorationWords } from './restoration-words.ts';

const moment = (): string => '09:40';
const DONE = { backupTakenAt: 1, waiting: 0, brought: 0, refused: 0, renumbered: [] };

describe('a restore in words', () => {
  it('tells from when the backup was, and what became of acts', () => {
    expect(restorationWords({ ...DONE, brought: 3, refused: 1 }, moment)).toEqual([
      'The service desk was restored from a backup of 09:40.',
      '3 of your acts were brought again.',
      '1 was refused this time and waits under Attention.',
    ]);
    expect(restorationWords({ ...DONE, backupTakenAt: null, brought: 1, refused: 2 }, moment)).toEqual([
      'The service desk was restored from an earlier copy.',
      '1 of your acts was brought again.',
      '2 were refused this time and wait under Attention.',
    ]);
  });

  it('tells that it goes on, that nothing was lost, and which number is another now', () => {
    expect(restorationWords({ ...DONE, waiting: 2 }, moment).at(-1)).toBe(
      'What you did since is being brought again.',
    );
    expect(restorationWords(DONE, moment).at(-1)).toContain('Nothing of yours was lost.');
    const renumbered = [{ record: recordId('R1'), was: 'INC-2026-00042', is: 'INC-2026-01042' }];
    expect(restorationWords({ ...DONE, brought: 1, renumbered }, moment).at(-1)).toBe(
      'INC-2026-00042 is INC-2026-01042 now.',
    );
  });
});

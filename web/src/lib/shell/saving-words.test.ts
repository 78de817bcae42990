import { describe, expect, it } from 'vitest';
import { savingWords } from './saving-words.ts';

const moment = (at: number) => `t${at}`;
const live = {
  state: 'saved',
  connection: 'live',
  offlineSince: null,
  lastSyncedAt: 5,
  waiting: 0,
  problem: null,
} as const;

describe('the state of saving in words', () => {
  it('says saved only when the server has everything', () => {
    const words = savingWords(live, moment);
    expect(words).toMatchObject({ word: 'Saved', aside: '', tone: 'success' });
    expect(words.sentences.join(' ')).toBe(
      'Everything you did is on the server. What others do arrives as it happens.',
    );
  });

  it('says since when it is offline and how much waits', () => {
    const offline = {
      ...live,
      state: 'on-this-device',
      connection: 'offline',
      offlineSince: 3,
      waiting: 2,
    } as const;
    const words = savingWords(offline, moment);
    expect(words).toMatchObject({ word: 'On this device', aside: 'offline since t3, 2 waiting' });
    expect(words.sentences).toContain('2 changes wait for the server.');
    expect(words.sentences).toContain('Last synced at t5.');
  });

  it('counts a single change in the singular', () => {
    expect(savingWords({ ...live, state: 'on-this-device', waiting: 1 }, moment).sentences).toContain(
      '1 change waits for the server.',
    );
  });

  it('says catching up while history arrives, and saved once it has', () => {
    expect(savingWords({ ...live, connection: 'syncing' }, moment).aside).toBe('catching up');
  });

  it('names the problem first when nothing is kept', () => {
    const full = { ...live, state: 'not-saved', problem: 'This device has no room left.' } as const;
    const words = savingWords(full, moment);
    expect(words).toMatchObject({ word: 'Not saved', tone: 'danger' });
    expect(words.sentences[0]).toBe('This device has no room left.');
  });
});

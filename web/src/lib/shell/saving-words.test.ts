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
  deviceProblem: null,
  mayBeCleared: false,
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

  it('names first why the device keeps nothing, and that closing loses it', () => {
    const full = { ...live, state: 'not-saved', deviceProblem: 'This device has no room left.' } as const;
    const words = savingWords(full, moment);
    expect(words).toMatchObject({ word: 'Not saved', tone: 'danger' });
    expect(words.sentences[0]).toBe('This device has no room left.');
    expect(words.sentences.join(' ')).toContain('in this page only');
  });

  it('does not speak of earlier visits while this device cannot be read', () => {
    const lost = { ...live, deviceProblem: 'The local copy cannot be reached.' } as const;
    const { word, sentences } = savingWords(lost, moment);
    expect(word).toBe('Saved');
    expect(sentences).toContain('Everything you did on this page is on the server.');
    expect(sentences.join(' ')).not.toContain('Everything you did is on the server.');
  });

  it('calls what is on its way to the disk neither saved nor kept', () => {
    for (const state of ['keeping', 'reading'] as const) {
      const { word, sentences } = savingWords({ ...live, state }, moment);
      expect(['Saved', 'On this device']).not.toContain(word);
      expect(sentences.join(' ')).not.toMatch(/is on the server|is kept/);
    }
  });

  it('says that the browser may throw away what only this device has', () => {
    const kept = { ...live, state: 'on-this-device', waiting: 1, mayBeCleared: true } as const;
    expect(savingWords(kept, moment).sentences.join(' ')).toContain('has not promised');
    expect(savingWords({ ...kept, state: 'saved' }, moment).sentences.join(' ')).not.toContain('promised');
  });
});

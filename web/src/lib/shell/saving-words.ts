import type { Saving } from '#lib/live/muster.ts';
import type { Tone } from '#lib/ui/tone.ts';

export interface SavingWords {
  /** Where my work is now. */
  readonly word: 'Saved' | 'On this device' | 'Not saved';
  /** What is going on beside it, in few words; empty when nothing is. */
  readonly aside: string;
  readonly tone: Tone;
  /** The whole story, a sentence each. */
  readonly sentences: readonly string[];
}

type SavingFacts = Omit<Saving, 'retry'>;

/** The state of saving in words. `moment` writes a time of day. */
export function savingWords(saving: SavingFacts, moment: (at: number) => string): SavingWords {
  return { ...HEADS[saving.state], aside: asideOf(saving, moment), sentences: sentencesOf(saving, moment) };
}

const HEADS: Record<Saving['state'], Pick<SavingWords, 'word' | 'tone'>> = {
  saved: { word: 'Saved', tone: 'success' },
  'on-this-device': { word: 'On this device', tone: 'warning' },
  'not-saved': { word: 'Not saved', tone: 'danger' },
};

function asideOf({ connection, offlineSince, waiting }: SavingFacts, moment: (at: number) => string): string {
  const parts: string[] = [];
  if (connection === 'offline') parts.push(offlineWords(offlineSince, moment));
  else if (connection === 'connecting') parts.push('connecting');
  else if (connection === 'syncing') parts.push('catching up');
  if (waiting > 0) parts.push(`${waiting} waiting`);
  return parts.join(', ');
}

function sentencesOf(saving: SavingFacts, moment: (at: number) => string): string[] {
  const { state, connection, offlineSince, lastSyncedAt, waiting, problem } = saving;
  const sentences: string[] = [];
  if (problem !== null) sentences.push(problem);
  if (state === 'saved') sentences.push('Everything you did is on the server.');
  if (state === 'on-this-device') {
    sentences.push(
      connection !== 'offline'
        ? 'Your work is kept on this device and on its way to the server.'
        : 'Your work is kept on this device. It goes to the server by itself when there is a network.',
    );
  }
  if (state === 'not-saved') sentences.push('What you did last may be lost when this page closes.');
  if (waiting > 0)
    sentences.push(`${waiting} ${waiting === 1 ? 'change waits' : 'changes wait'} for the server.`);
  if (connection === 'offline' && offlineSince !== null)
    sentences.push(`No connection since ${moment(offlineSince)}.`);
  else if (connection === 'live') sentences.push('What others do arrives as it happens.');
  if (connection !== 'live') {
    sentences.push(
      lastSyncedAt === null ? 'Not synced yet on this visit.' : `Last synced at ${moment(lastSyncedAt)}.`,
    );
  }
  return sentences;
}

function offlineWords(since: number | null, moment: (at: number) => string): string {
  return since === null ? 'offline' : `offline since ${moment(since)}`;
}

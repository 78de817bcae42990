import { unreachable } from '@muster/domain/shared';
import type { Saving } from '#lib/live/muster.ts';
import type { Tone } from '#lib/ui/tone.ts';

export interface SavingWords {
  /** Where my work is now. */
  readonly word: 'Saved' | 'On this device' | 'Saving' | 'Not saved' | 'Opening';
  /** What is going on beside it, in few words; empty when nothing is. */
  readonly aside: string;
  readonly tone: Tone;
  /** The whole story, a sentence each. */
  readonly sentences: readonly string[];
}

type SavingFacts = Omit<Saving, 'retry' | 'unsaved'>;

/** The state of saving in words. `moment` writes a time of day. */
export function savingWords(saving: SavingFacts, moment: (at: number) => string): SavingWords {
  return { ...HEADS[saving.state], aside: asideOf(saving, moment), sentences: sentencesOf(saving, moment) };
}

const HEADS: Record<Saving['state'], Pick<SavingWords, 'word' | 'tone'>> = {
  saved: { word: 'Saved', tone: 'success' },
  'on-this-device': { word: 'On this device', tone: 'warning' },
  keeping: { word: 'Saving', tone: 'neutral' },
  reading: { word: 'Opening', tone: 'neutral' },
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
  const { connection, offlineSince, lastSyncedAt, waiting, problem, deviceProblem } = saving;
  const sentences: string[] = [];
  if (deviceProblem !== null) sentences.push(deviceProblem);
  if (problem !== null) sentences.push(problem);
  sentences.push(...stateSentences(saving));
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

function stateSentences({ state, connection, deviceProblem, mayBeCleared }: SavingFacts): string[] {
  switch (state) {
    case 'saved':
      return deviceProblem === null
        ? ['Everything you did is on the server.']
        : ['Everything you did on this page is on the server.', MEMORY_ONLY];
    case 'on-this-device':
      return [
        connection === 'offline'
          ? 'Your work is kept on this device. It goes to the server by itself when there is a network.'
          : 'Your work is kept on this device and on its way to the server.',
        ...(mayBeCleared
          ? ['This browser has not promised to keep it when the device runs short of room.']
          : []),
      ];
    case 'keeping':
      return ['What you did last is being written to this device.'];
    case 'reading':
      return ['What this device holds is being read.'];
    case 'not-saved':
      return ['What you did last may be in this page only, and is lost then when it closes.'];
    default:
      return unreachable(state);
  }
}

/** What working without a local copy means. */
export const MEMORY_ONLY =
  'You can go on: what you do goes straight to the server. Without a connection nothing would be kept.';

function offlineWords(since: number | null, moment: (at: number) => string): string {
  return since === null ? 'offline' : `offline since ${moment(since)}`;
}

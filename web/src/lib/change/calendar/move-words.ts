import type { RefusalContent } from '@muster/domain/shared';

const WORDS: Readonly<Record<string, string>> = {
  'change/not-permitted': 'Your roles do not allow this. An administrator can change that.',
  'change/content-locked': 'Its window cannot be moved in the state that it has come to.',
  'change/on-hold': 'It is on hold. Release it first.',
  'change/window-ends-first': 'It would end before it begins.',
  'change/change-over': 'It is over.',
  'change/change-moved': 'Somebody moved it on before you. Look at it as it stands now.',
  'change/no-such-change': 'This change is not there, or not yours to see.',
};

/** Why a move was refused. */
export function moveRefusalWords({ code }: RefusalContent): string {
  return WORDS[code] ?? 'The rules do not allow it where the change stands now.';
}

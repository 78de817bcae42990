import type { TicketAct } from '@muster/domain/shared';
import type { UnsavedWork } from '#lib/live/muster.ts';
import type { Say } from '#lib/wording/say.ts';

/**
 * What the server has not taken, as a Markdown file that a person can keep, mail or type in again:
 * every act with its words, and the unsent words of descriptions and drafts.
 */
export function unsavedFile(
  { acts, words }: UnsavedWork,
  { name, at, say, intent }: UnsavedFileOptions,
): string {
  return [
    '# Not saved in Muster',
    `${name}, ${say.time(at)}. The server has not confirmed what follows.`,
    ...(acts.length > 0 ? ['## What you did'] : []),
    ...acts.map((done) =>
      [
        `- ${say.time(done.at)}, ${say.record(done.record)}: ${intent === null ? wholeAct(done.act) : intent(done.act, say)}`,
        quoted(done.kept),
      ]
        .filter(Boolean)
        .join('\n\n'),
    ),
    ...(words.length > 0 ? ['## What you wrote'] : []),
    ...words.map(({ record, text }) =>
      [record === null ? '### Drafts' : `### Description of ${say.record(record)}`, text].join('\n\n'),
    ),
    '',
  ].join('\n\n');
}

export interface UnsavedFileOptions {
  /** Whose work it is. */
  readonly name: string;
  readonly at: number;
  readonly say: Say;
  /** What an act would have done; null when the words for it are not on this device. */
  readonly intent: ((act: TicketAct, say: Say) => string) | null;
}

/** All that an act says, for want of words: a file that is to save work leaves nothing of it out. */
function wholeAct({ verb, ...facts }: TicketAct): string {
  return Object.keys(facts).length === 0 ? verb : `${verb} ${JSON.stringify(facts)}`;
}

function quoted(text: string | null): string {
  return text === null ? '' : text.replaceAll(/^/gm, '  > ');
}

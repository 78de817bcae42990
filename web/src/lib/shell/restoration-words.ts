import type { Restoration } from '#lib/live/muster.ts';

/** A restore in words, a sentence each. `moment` writes a time of day, with its date where that is not today's. */
export function restorationWords(
  { backupTakenAt, waiting, brought, refused, renumbered }: Omit<Restoration, 'putAway'>,
  moment: (at: number) => string,
): readonly string[] {
  const taken = backupTakenAt === null ? 'an earlier copy' : `a backup of ${moment(backupTakenAt)}`;
  const sentences = [`The service desk was restored from ${taken}.`];
  if (waiting > 0) sentences.push('What you did since is being brought again.');
  if (brought > 0)
    sentences.push(
      brought === 1 ? '1 of your acts was brought again.' : `${brought} of your acts were brought again.`,
    );
  if (refused > 0)
    sentences.push(
      refused === 1
        ? '1 was refused this time and waits under Attention.'
        : `${refused} were refused this time and wait under Attention.`,
    );
  if (waiting === 0 && brought === 0 && refused === 0)
    sentences.push('Nothing of yours was lost. What others did since may be missing until they are back.');
  for (const { was, is } of renumbered) sentences.push(`${was} is ${is} now.`);
  return sentences;
}

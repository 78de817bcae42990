import type { Muster, SentCommand } from '#lib/live/muster.ts';
import { sayWith } from '#lib/shell/say.svelte.ts';
import { changeRefusalWords } from '#lib/wording/change-refusals.ts';

/** Why an act was refused on this device already, in words; null when it is on its way. */
export async function refusalOf(sent: SentCommand, muster: Muster): Promise<string | null> {
  const answer = await sent.kept;
  return answer !== 'kept' && answer.outcome === 'refused'
    ? changeRefusalWords(answer.refusal, sayWith(muster))
    : null;
}

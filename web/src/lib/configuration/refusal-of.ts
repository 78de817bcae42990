import type { LiveConfiguration } from '#lib/live/configuration/live-configuration.ts';
import type { SentCommand } from '#lib/live/sent-command.ts';
import { configurationRefusalWords } from '#lib/wording/configuration-refusals.ts';
import type { Say } from '#lib/wording/say.ts';
import { namesOf } from './names-of.ts';

/** Why an act was refused on this device already, in words; null when it is on its way. */
export async function refusalOf(
  sent: SentCommand,
  say: Say,
  live: LiveConfiguration,
): Promise<string | null> {
  const kept = await sent.kept;
  return kept !== 'kept' && kept.outcome === 'refused'
    ? configurationRefusalWords(kept.refusal, say, namesOf(live))
    : null;
}

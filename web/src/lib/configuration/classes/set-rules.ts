/** Trying new rules on what this device holds, and setting them at the server. */
import { CONFIGURATION_RULES, decideRules } from '@muster/domain/configuration';
import type { ConfigurationRules, RulesAct } from '@muster/domain/configuration';
import { commandId } from '@muster/domain/shared';
import type { RefusalContent } from '@muster/domain/shared';
import { ulid } from 'ulid';
import type { Api } from '#lib/connection/api.ts';
import type { LiveConfiguration } from '#lib/live/configuration/live-configuration.ts';
import type { RulesParts } from './rules-edit.ts';

const actOf = ({ classes, types }: RulesParts) => ({ verb: 'set-rules', classes, types }) satisfies RulesAct;

/** Why they could not be set, by the server's own rules; null when they could. */
export function refusalOf(
  live: LiveConfiguration,
  base: ConfigurationRules,
  parts: RulesParts,
): RefusalContent | null {
  const answer = decideRules(base, actOf(parts), {
    ...{ actor: live.actor, since: [] },
    facts: { map: live.map, items: () => live.items.values() },
  });
  return answer.ok ? null : answer.refusal;
}

/**
 * Sets them from the version that they were made from. Not kept on the device for later: by then they may break what
 * nobody could see.
 * @returns Why the server refused; null when they hold
 * @throws BoundaryError
 */
export async function setRules(
  { commands }: Pick<Api, 'commands'>,
  { version }: ConfigurationRules,
  parts: RulesParts,
  now: number,
): Promise<RefusalContent | null> {
  const { verb, ...args } = actOf(parts);
  const [outcome] = await commands([
    {
      ...{ id: commandId(ulid(now)), type: `configuration.${verb}`, target: CONFIGURATION_RULES, args },
      ...{ basis: version, clientAt: now },
    },
  ]);
  return outcome?.outcome === 'refused' ? outcome.refusal : null;
}

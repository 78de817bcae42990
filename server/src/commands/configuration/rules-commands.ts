/** The commands `configuration.<verb>`: the classes and the types of relations, set whole. */
import {
  CONFIGURATION_RULES,
  DEFAULT_CONFIGURATION_RULES,
  canReadConfiguration,
  decideRules,
  evolveRules,
} from '@muster/domain/configuration';
import type { ConfigurationRules, RulesEvent } from '@muster/domain/configuration';
import type { Actor, CommandEnvelope, Outcome, Recorded } from '@muster/domain/shared';
import { chainEvents, doingOf, refused } from '../acts.ts';
import { isRulesVerb, parseRulesAct } from '../schema/configuration.ts';
import { unseenBy } from '../unseen.ts';
import type { ConfigurationParts } from './configuration-parts.ts';

export const CONFIGURATION_PREFIX = 'configuration.';

export class ConfigurationRulesCommands {
  readonly #parts: ConfigurationParts;

  constructor(parts: ConfigurationParts) {
    this.#parts = parts;
  }

  async answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    const { type, target } = command;
    const verb = type.slice(CONFIGURATION_PREFIX.length);
    if (!isRulesVerb(verb)) return refused({ code: 'command/unknown-type', type });
    if (!canReadConfiguration(actor) || target !== CONFIGURATION_RULES)
      return refused({ code: 'configuration/no-such-item', item: target });
    const act = parseRulesAct(verb, command.args);
    if (!act.ok) return refused({ code: 'command/malformed', ...act.refusal });
    const { configuration, events: history, projection, db } = this.#parts;
    const state = await configuration.rules();
    const { map } = await configuration.facts();
    const verdict = decideRules(state, act.value, {
      actor,
      since: await unseenBy<RulesEvent>(command, this.#parts),
      facts: { map, items: () => configuration.items() },
    });
    if (!verdict.ok) return refused(verdict.refusal);
    const doing = doingOf(command, actor, now);
    const folded = await chainEvents(history, target, state, verdict.value.events, evolve, doing);
    const after = folded.at(-1)?.after ?? state;
    await db
      .updateTable('configuration_rules')
      .set({ version: after.version, updated_at: after.updatedAt, data: JSON.stringify(after) })
      .where('id', '=', CONFIGURATION_RULES)
      .execute();
    await projection.showConfigurationRules(
      after,
      folded.map((each) => each.recorded),
    );
    return { outcome: 'applied', version: after.version };
  }
}

function evolve(state: ConfigurationRules | null, recorded: Recorded<RulesEvent>): ConfigurationRules {
  return evolveRules(state ?? DEFAULT_CONFIGURATION_RULES, recorded.event, recorded);
}

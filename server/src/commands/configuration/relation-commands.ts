/** The commands `relation.<verb>`: readable → arguments → governance → event, row, map, histories of both ends. */
import { canReadConfiguration, decideRelation, evolveRelation } from '@muster/domain/configuration';
import type { KeptRelation, RelationEvent } from '@muster/domain/configuration';
import type { Actor, CommandEnvelope, Outcome, RecordId, Recorded } from '@muster/domain/shared';
import { relationColumns, relationOf } from '../../store/configuration.ts';
import { chainEvents, doingOf, refused } from '../acts.ts';
import { isTakenElsewhere } from '../owner-of-id.ts';
import { parseRelationAct } from '../schema/configuration.ts';
import type { ConfigurationParts } from './item-commands.ts';

export const RELATION_PREFIX = 'relation.';

interface StoredRelation {
  readonly relation: KeptRelation;
  readonly key: number;
}

export class RelationCommands {
  readonly #parts: ConfigurationParts;

  constructor(parts: ConfigurationParts) {
    this.#parts = parts;
  }

  async answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    const { type, target } = command;
    const act = parseRelationAct(type.slice(RELATION_PREFIX.length), command.args);
    if (act === null) return refused({ code: 'command/unknown-type', type });
    const stored = await this.#find(target);
    const isNew = act.ok ? act.value.verb === 'add' : type === `${RELATION_PREFIX}add`;
    const isHidden = !canReadConfiguration(actor) || (stored === null && !isNew);
    if (
      isHidden ||
      (stored === null && (await isTakenElsewhere(this.#parts.db, target, 'configuration_relation')))
    )
      return refused({ code: 'configuration/no-such-relation', relation: target });
    if (!act.ok) return refused({ code: 'command/malformed', ...act.refusal });
    const { configuration, events: history, projection } = this.#parts;
    const state = stored?.relation ?? null;
    const facts = await configuration.facts();
    const verdict = decideRelation(state, act.value, { actor, target, facts });
    if (!verdict.ok) return refused(verdict.refusal);
    const doing = doingOf(command, actor, now);
    const folded = await chainEvents(history, target, state, verdict.value.events, evolve, doing);
    const after = folded.at(-1)?.after;
    if (after === undefined) return { outcome: 'applied', version: state?.version ?? 0 };
    const key = await this.#store(stored, after);
    await projection.showRelation({ after, recorded: folded.map((each) => each.recorded), key });
    return { outcome: 'applied', version: after.version };
  }

  async #find(id: RecordId): Promise<StoredRelation | null> {
    const row = await this.#parts.db
      .selectFrom('configuration_relation')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { key: row.key, relation: relationOf(row) };
  }

  async #store(stored: StoredRelation | null, relation: KeptRelation): Promise<number> {
    const { db } = this.#parts;
    const columns = relationColumns(relation);
    if (stored !== null) {
      await db.updateTable('configuration_relation').set(columns).where('id', '=', relation.id).execute();
      return stored.key;
    }
    const last = await db
      .selectFrom('configuration_relation')
      .select(({ fn }) => fn.max('key').as('key'))
      .executeTakeFirst();
    const key = (last?.key ?? 0) + 1;
    await db
      .insertInto('configuration_relation')
      .values({ ...columns, id: relation.id, key })
      .execute();
    return key;
  }
}

function evolve(
  state: KeptRelation | null,
  recorded: Recorded<RelationEvent>,
  target: RecordId,
): KeptRelation {
  return evolveRelation(state, recorded.event, recorded, target);
}

/** The commands `relation.<verb>`: readable → arguments → governance → event, row, map, histories of both ends. */
import { canReadConfiguration, decideRelation, evolveRelation } from '@muster/domain/configuration';
import type { KeptRelation, RelationAct, RelationEvent } from '@muster/domain/configuration';
import type { Actor, CommandEnvelope, Outcome, RecordId, Recorded } from '@muster/domain/shared';
import { relationColumns, relationOf } from '../../store/configuration.ts';
import { RecordActs } from '../record-acts.ts';
import type { Evolved } from '../record-acts.ts';
import { isRelationVerb, parseRelationAct } from '../schema/configuration.ts';
import type { ConfigurationParts } from './configuration-parts.ts';

export const RELATION_PREFIX = 'relation.';

interface StoredRelation {
  readonly key: number;
  readonly state: KeptRelation;
}

export class RelationCommands {
  readonly #parts: ConfigurationParts;
  readonly #acts: RecordActs<StoredRelation, RelationAct, RelationEvent>;

  constructor(parts: ConfigurationParts) {
    this.#parts = parts;
    this.#acts = new RecordActs<StoredRelation, RelationAct, RelationEvent>(parts, {
      ...{ prefix: RELATION_PREFIX, table: 'configuration_relation', making: 'add' },
      ...{ isVerb: isRelationVerb, parse: parseRelationAct, mayRead: canReadConfiguration, evolve },
      absent: (relation) => ({ code: 'configuration/no-such-relation', relation }),
      find: (id) => this.#find(id),
      decide: async (state, act, { actor, target }) =>
        decideRelation(state, act, { actor, target, facts: await parts.configuration.facts() }),
      keep: (evolved) => this.#keep(evolved),
    });
  }

  answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    return this.#acts.answer(command, actor, now);
  }

  async #find(id: RecordId): Promise<StoredRelation | null> {
    const row = await this.#parts.db
      .selectFrom('configuration_relation')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { key: row.key, state: relationOf(row) };
  }

  async #keep({ stored, after, recorded }: Evolved<StoredRelation, RelationEvent>): Promise<void> {
    const key = await this.#store(stored, after);
    await this.#parts.projection.showRelation({ after, recorded, key });
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

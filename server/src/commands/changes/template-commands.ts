/** The commands `change-template.<verb>`: load → arguments → decide → events, row, rules document. */
import { canReadChanges, decideTemplate, evolveTemplate } from '@muster/domain/change';
import type { ChangeTemplate, TemplateAct, TemplateEvent } from '@muster/domain/change';
import type { Actor, CommandEnvelope, Outcome, RecordId, Recorded } from '@muster/domain/shared';
import { templateColumns, templateOf } from '../../store/changes.ts';
import type { ActParts } from '../acts.ts';
import { RecordActs } from '../record-acts.ts';
import type { Evolved } from '../record-acts.ts';
import { isTemplateVerb, parseTemplateAct } from '../schema/changes.ts';
import { byOthers } from '../unseen.ts';

export const TEMPLATE_PREFIX = 'change-template.';

interface StoredTemplate {
  readonly state: ChangeTemplate;
}

export class TemplateCommands {
  readonly #parts: ActParts;
  readonly #acts: RecordActs<StoredTemplate, TemplateAct, TemplateEvent>;

  constructor(parts: ActParts) {
    this.#parts = parts;
    this.#acts = new RecordActs<StoredTemplate, TemplateAct, TemplateEvent>(parts, {
      ...{ prefix: TEMPLATE_PREFIX, table: 'change_template', making: 'propose' },
      ...{ isVerb: isTemplateVerb, parse: parseTemplateAct, mayRead: canReadChanges, evolve: evolved },
      absent: (change) => ({ code: 'change/no-such-change', change }),
      find: (id) => this.#find(id),
      decide: async (state, act, { actor, target, since }) =>
        decideTemplate(state, act, { actor, target, since: byOthers(since, actor) }),
      keep: (kept) => this.#keep(kept),
    });
  }

  answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    return this.#acts.answer(command, actor, now);
  }

  async #find(id: RecordId): Promise<StoredTemplate | null> {
    const row = await this.#parts.db
      .selectFrom('change_template')
      .select('data')
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { state: templateOf(row) };
  }

  async #keep({ after, recorded }: Evolved<StoredTemplate, TemplateEvent>): Promise<void> {
    const { db, projection } = this.#parts;
    const columns = templateColumns(after);
    await db
      .insertInto('change_template')
      .values({ id: after.id, ...columns })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
      .execute();
    await projection.showTemplate(after, recorded);
  }
}

function evolved(
  state: ChangeTemplate | null,
  { event, actor, at }: Recorded<TemplateEvent>,
  target: RecordId,
): ChangeTemplate {
  return evolveTemplate(state, event, { actor, at }, target);
}

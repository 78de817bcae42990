/** The commands `change-template.<verb>`: load → arguments → decide → events, row, rules document. */
import { canReadChanges, decideTemplate, evolveTemplate } from '@muster/domain/change';
import type { ChangeTemplate, TemplateEvent } from '@muster/domain/change';
import type { Actor, CommandEnvelope, Outcome, RecordId, Recorded } from '@muster/domain/shared';
import { templateColumns, templateOf } from '../../store/changes.ts';
import { chainEvents, doingOf, refused } from '../acts.ts';
import type { ActParts, Doing } from '../acts.ts';
import { isTakenElsewhere } from '../owner-of-id.ts';
import { isTemplateVerb, parseTemplateAct } from '../schema/changes.ts';
import { unseenBy } from '../unseen.ts';

export const TEMPLATE_PREFIX = 'change-template.';

export class TemplateCommands {
  readonly #parts: Pick<ActParts, 'db' | 'events' | 'eras' | 'projection'>;

  constructor(parts: Pick<ActParts, 'db' | 'events' | 'eras' | 'projection'>) {
    this.#parts = parts;
  }

  async answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    const { type, target } = command;
    const verb = type.slice(TEMPLATE_PREFIX.length);
    if (!isTemplateVerb(verb)) return refused({ code: 'command/unknown-type', type });
    const state = await this.#find(target);
    const isHidden = !canReadChanges(actor) || (state === null && verb !== 'propose');
    if (isHidden || (state === null && (await isTakenElsewhere(this.#parts.db, target, 'change_template'))))
      return refused({ code: 'change/no-such-change', change: target });
    const act = parseTemplateAct(verb, command.args);
    if (!act.ok) return refused({ code: 'command/malformed', ...act.refusal });
    const since = state === null ? [] : await unseenBy<TemplateEvent>(command, this.#parts);
    const verdict = decideTemplate(state, act.value, {
      actor,
      target,
      since: since.filter((recorded) => recorded.actor !== actor.id),
    });
    if (!verdict.ok) return refused(verdict.refusal);
    const after = await this.#write(state, target, verdict.value.events, doingOf(command, actor, now));
    return { outcome: 'applied', version: after?.version ?? 0 };
  }

  async #find(id: RecordId): Promise<ChangeTemplate | null> {
    const row = await this.#parts.db
      .selectFrom('change_template')
      .select('data')
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : templateOf(row);
  }

  async #write(
    state: ChangeTemplate | null,
    target: RecordId,
    events: readonly TemplateEvent[],
    doing: Doing,
  ): Promise<ChangeTemplate | null> {
    const { db, projection } = this.#parts;
    const folded = await chainEvents(this.#parts.events, target, state, events, evolved, doing);
    const after = folded.at(-1)?.after;
    if (after === undefined) return state;
    const columns = templateColumns(after);
    await db
      .insertInto('change_template')
      .values({ id: target, ...columns })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
      .execute();
    await projection.showTemplate(
      after,
      folded.map(({ recorded }) => recorded),
    );
    return after;
  }
}

function evolved(
  state: ChangeTemplate | null,
  { event, actor, at }: Recorded<TemplateEvent>,
  target: RecordId,
): ChangeTemplate {
  return evolveTemplate(state, event, { actor, at }, target);
}

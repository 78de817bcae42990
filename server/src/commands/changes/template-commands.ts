/** The commands `change-template.<verb>`: load → arguments → decide → events, row, rules document. */
import { canReadChanges, decideTemplate, evolveTemplate } from '@muster/domain/change';
import type { ChangeTemplate, TemplateEvent } from '@muster/domain/change';
import type { Actor, CommandEnvelope, Outcome, RecordId, RefusalContent } from '@muster/domain/shared';
import { templateColumns, templateOf } from '../../store/changes.ts';
import { isTakenElsewhere } from '../owner-of-id.ts';
import { isTemplateVerb, parseTemplateAct } from '../schema/changes.ts';
import { unseenBy } from '../unseen.ts';
import type { ChangeParts } from './change-commands.ts';

export const TEMPLATE_PREFIX = 'change-template.';

export class TemplateCommands {
  readonly #parts: Pick<ChangeParts, 'db' | 'events' | 'eras' | 'projection'>;

  constructor(parts: Pick<ChangeParts, 'db' | 'events' | 'eras' | 'projection'>) {
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
    const after = await this.#write(state, verdict.value.events, command, actor, now);
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
    events: readonly TemplateEvent[],
    { target, clientAt }: CommandEnvelope,
    actor: Actor,
    now: number,
  ): Promise<ChangeTemplate | null> {
    const { db, projection } = this.#parts;
    const head = await this.#parts.events.head();
    let after = state;
    const recorded = events.map((event, index) => {
      after = evolveTemplate(after, event, { actor: actor.id, at: now }, target);
      const at = { at: now, clientAt: Math.min(clientAt, now) };
      return { seq: head.seq + index + 1, version: after.version, event, actor: actor.id, ...at };
    });
    if (after === null || recorded.length === 0) return state;
    await this.#parts.events.append(
      head.hash,
      recorded.map((each) => ({ record: target, recorded: each })),
    );
    const columns = templateColumns(after);
    await db
      .insertInto('change_template')
      .values({ id: target, ...columns })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
      .execute();
    await projection.showTemplate(after, recorded);
    return after;
  }
}

function refused(refusal: RefusalContent): Outcome {
  return { outcome: 'refused', refusal };
}

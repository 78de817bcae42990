/**
 * The commands `change.<verb>`: readable → arguments → what the room says now → facts → decide → events, row, text,
 * projections, news → what templates are told. They come through the one path of commands, which answers the same id
 * the same way and takes back whatever throws.
 */
import { canReadChanges, changeNews, change as decider, templateNote } from '@muster/domain/change';
import type { Change, ChangeAct, ChangeEvent } from '@muster/domain/change';
import { afterChange } from '@muster/domain/flows';
import { SYSTEM, SYSTEM_ACTOR } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Outcome, RecordId, Recorded, Tell } from '@muster/domain/shared';
import { keepCaused } from '../../store/caused-incidents.ts';
import { keepItems } from '../../store/change-items.ts';
import { changeColumns, changeOf, textOfChange } from '../../store/changes.ts';
import { applied, chainEvents, doingOf, refused, tellPeople } from '../acts.ts';
import type { ActParts, Doing } from '../acts.ts';
import { derivedCommandId } from '../derived-id.ts';
import { isTakenElsewhere } from '../owner-of-id.ts';
import { isChangeVerb, parseChangeAct } from '../schema/changes.ts';
import { unseenBy } from '../unseen.ts';
import { aroundChange } from './around-change.ts';
import { withNamed } from './named-elsewhere.ts';
import type { ChangeBook } from './change-book.ts';

export const CHANGE_PREFIX = 'change.';

export interface ChangeParts extends ActParts {
  readonly book: ChangeBook;
}

interface StoredChange {
  readonly key: number;
  readonly change: Change;
  readonly live: boolean;
}

export class ChangeCommands {
  readonly #parts: ChangeParts;

  constructor(parts: ChangeParts) {
    this.#parts = parts;
  }

  async answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    const { type, target } = command;
    const verb = type.slice(CHANGE_PREFIX.length);
    if (!isChangeVerb(verb)) return refused({ code: 'command/unknown-type', type });
    const stored = await this.#find(target);
    const isHidden = !canReadChanges(actor) || (stored === null && verb !== 'create');
    if (isHidden || (stored === null && (await isTakenElsewhere(this.#parts.db, target, 'change'))))
      return refused({ code: 'change/no-such-change', change: target });
    const act = parseChangeAct(verb, command.args);
    if (!act.ok) return refused({ code: 'command/malformed', ...act.refusal });
    if (isServersOwn(act.value) && actor.id !== SYSTEM)
      return refused({ code: 'change/not-permitted', permission: 'system' });
    const named = await withNamed(this.#parts.db, act.value, target, actor);
    if (!named.ok) return refused(named.refusal);
    const doing = doingOf(command, actor, now);
    const isNoted = stored === null || named.value.verb === 'note-plans';
    const present = isNoted ? stored : await this.#withPlans(stored, now);
    return this.#decide(present, named.value, command, doing);
  }

  /** What its room says now becomes known to the rules, as before each command. */
  async notePlans(target: RecordId, now: number): Promise<void> {
    const stored = await this.#find(target);
    if (stored !== null) await this.#withPlans(stored, now);
  }

  /**
   * What the room says now, as its plans' digests: nobody votes on or steps over a text that the rules have not seen.
   * It is kept also when the command is refused for it.
   */
  async #withPlans(stored: StoredChange, now: number): Promise<StoredChange> {
    const { change } = stored;
    const plans = await this.#parts.projection.plansOf(change.id);
    if (plans === null) return stored;
    const noted: ChangeAct = { verb: 'note-plans', plans };
    const cause = `plans:${change.id}:${change.version}`;
    const doing = { command: derivedCommandId(cause, now), actor: SYSTEM_ACTOR, at: now, clientAt: now };
    const verdict = await this.#verdict(stored.change, noted, [], null, doing);
    if (!verdict.ok) return stored;
    const written = await this.#write(stored, change.id, verdict.value.events, doing);
    await this.#tell(verdict.value.tell, change.id, doing.command, now);
    return written ?? stored;
  }

  async #decide(
    stored: StoredChange | null,
    act: ChangeAct,
    command: CommandEnvelope,
    doing: Doing,
  ): Promise<Outcome> {
    const { numbers } = this.#parts;
    const { at: now } = doing;
    const number = stored === null ? await numbers.forRecord('change', now, command) : null;
    const since = stored === null ? [] : await unseenBy<ChangeEvent>(command, this.#parts);
    const { target } = command;
    const verdict = await this.#verdict(stored?.change ?? null, act, since, number?.text ?? null, {
      ...doing,
      target,
    });
    if (!verdict.ok) return refused(verdict.refusal);
    const { events, tell, superseded } = verdict.value;
    if (superseded !== undefined) {
      await this.#tell(tell, target, doing.command, now);
      return { outcome: 'superseded', ...superseded };
    }
    const written = await this.#write(stored, target, events, doing);
    if (number?.isNext === true) await numbers.take('change', now);
    await this.#tell(tell, target, doing.command, now);
    return applied(stored, (written ?? stored)?.change ?? null);
  }

  async #verdict(
    state: Change | null,
    act: ChangeAct,
    since: readonly Recorded<ChangeEvent>[],
    number: string | null,
    { actor, at: now, clientAt, target = state?.id }: Doing & { readonly target?: RecordId | undefined },
  ): Promise<ReturnType<typeof decider.decide>> {
    if (target === undefined) throw new Error('an act without a target');
    const directory = await this.#parts.directory();
    const facts = await this.#parts.book.facts();
    const asked = { process: 'change', ...act } as const;
    const around = { actor, now, clientAt, target, since, number, directory, related: new Map(), facts };
    return decider.decide(state, asked, around);
  }

  async #find(id: RecordId): Promise<StoredChange | null> {
    const row = await this.#parts.db
      .selectFrom('change')
      .select(['key', 'live', 'data'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { key: row.key, live: row.live === 1, change: changeOf(row) };
  }

  async #write(
    stored: StoredChange | null,
    target: RecordId,
    events: readonly ChangeEvent[],
    doing: Doing,
  ): Promise<StoredChange | null> {
    const { at, command } = doing;
    const before = stored?.change ?? null;
    const folded = await chainEvents(this.#parts.events, target, before, events, decider.evolve, doing);
    const after = folded.at(-1)?.after;
    if (after === undefined) return stored;
    const recorded = folded.map((each) => each.recorded);
    const written = await this.#store(stored, after);
    await keepCaused(this.#parts.db, written.key, events);
    await this.#parts.projection.showChange({ before, after, recorded, live: written.live, command });
    await this.#tell(changeNews(before, recorded, after), target, `${command}:news`, at);
    await this.#tellTemplate(after, recorded);
    await this.#followUp(after, recorded);
    return written;
  }

  async #store(stored: StoredChange | null, change: Change): Promise<StoredChange> {
    const { db } = this.#parts;
    const columns = changeColumns(change);
    const words = textOfChange(change);
    if (stored === null) {
      const values = { ...columns, id: change.id, live: 1 };
      const { key } = await db.insertInto('change').values(values).returning('key').executeTakeFirstOrThrow();
      await db
        .insertInto('change_text')
        .values({ rowid: key, ...words, room: '' })
        .execute();
      await keepItems(db, key, null, change);
      return { key, change, live: true };
    }
    await db.updateTable('change').set(columns).where('key', '=', stored.key).execute();
    if (JSON.stringify(words) !== JSON.stringify(textOfChange(stored.change)))
      await db.updateTable('change_text').set(words).where('rowid', '=', stored.key).execute();
    await keepItems(db, stored.key, stored.change, change);
    return { ...stored, change };
  }

  /** Templates count by events of changes made from them, each once by an id that follows from the event's. */
  async #tellTemplate(change: Change, recorded: readonly Recorded<ChangeEvent>[]): Promise<void> {
    for (const { event, version, at } of recorded) {
      const note = templateNote(change, event);
      if (note === null) continue;
      const { verb, ...args } = note.act;
      const id = derivedCommandId(`event:${change.id}:${version}:template`, at);
      const type = `change-template.${verb}`;
      const command = { id, type, target: note.template, args, basis: 0, clientAt: at };
      await this.#parts.run(command, SYSTEM_ACTOR);
    }
  }

  /** What happens elsewhere because of it, in the same transaction; what is refused there is left as it is. */
  async #followUp(change: Change, recorded: readonly Recorded<ChangeEvent>[]): Promise<void> {
    for (const each of recorded) {
      if (!FOLLOWED.has(each.event.type)) continue;
      const around = await aroundChange(this.#parts.db, change, each.event);
      for (const { type, target, part, args } of afterChange(each, change, around)) {
        const id = derivedCommandId(`event:${change.id}:${each.version}:${part}`, each.at);
        const basis = around.versions.get(target) ?? 0;
        const command = { id, type, target, args, basis, clientAt: each.at };
        await this.#parts.run(command, SYSTEM_ACTOR);
      }
    }
  }

  #tell(tell: readonly Tell[], record: RecordId, cause: string, at: number): Promise<void> {
    return tellPeople(this.#parts.projection, tell, { process: 'change', record }, cause, at);
  }
}

const FOLLOWED: ReadonlySet<ChangeEvent['type']> = new Set([
  'edited',
  'moved',
  'incident-caused',
  'incident-not-caused',
]);

/** What the server alone says: that texts moved, or a deadline passed. */
function isServersOwn({ verb }: ChangeAct): boolean {
  return verb === 'note-plans' || verb === 'expire';
}

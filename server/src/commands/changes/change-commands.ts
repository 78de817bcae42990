/**
 * The commands `change.<verb>`: readable → arguments → what the room says now → facts → decide → events, row, text,
 * projections, news → what templates are told. They come through the one path of commands, which answers the same id
 * the same way and takes back whatever throws.
 */
import { canReadChanges, changeNews, change as decider, templateNote } from '@muster/domain/change';
import type { Change, ChangeAct, ChangeEvent } from '@muster/domain/change';
import { afterChange } from '@muster/domain/flows';
import { SYSTEM, SYSTEM_ACTOR, ok, refuse } from '@muster/domain/shared';
import type {
  Actor,
  CommandEnvelope,
  Outcome,
  RecordId,
  Recorded,
  RefusalContent,
  Result,
} from '@muster/domain/shared';
import { keepCaused } from '../../store/caused-incidents.ts';
import { keepItems } from '../../store/change-items.ts';
import { changeColumns, changeOf, textOfChange } from '../../store/changes.ts';
import type { ActParts, Folded } from '../acts.ts';
import { derivedCommandId } from '../derived-id.ts';
import { RecordActs } from '../record-acts.ts';
import type { Around, BoardRow, Evolved, Prepared } from '../record-acts.ts';
import { isChangeVerb, parseChangeAct } from '../schema/changes.ts';
import { aroundChange } from './around-change.ts';
import { applyPlannedValues } from './planned-values.ts';
import { withNamed } from './named-elsewhere.ts';
import type { ChangeBook } from './change-book.ts';

export const CHANGE_PREFIX = 'change.';

export interface ChangeParts extends ActParts {
  readonly book: ChangeBook;
}

type StoredChange = BoardRow<Change>;

export class ChangeCommands {
  readonly #parts: ChangeParts;
  readonly #acts: RecordActs<StoredChange, ChangeAct, ChangeEvent>;

  constructor(parts: ChangeParts) {
    this.#parts = parts;
    this.#acts = new RecordActs<StoredChange, ChangeAct, ChangeEvent>(parts, {
      ...{ prefix: CHANGE_PREFIX, table: 'change', making: 'create' },
      ...{ isVerb: isChangeVerb, parse: parseChangeAct, mayRead: canReadChanges, evolve: decider.evolve },
      absent: (change) => ({ code: 'change/no-such-change', change }),
      find: (id) => this.#find(id),
      prepare: (stored, act, asked) => this.#prepare(stored, act, asked),
      decide: (state, act, around) => this.#verdict(state, act, around),
      keep: (evolved) => this.#keep(evolved),
      // when all of the step is kept and told: the values note what became of them on the same change
      follow: (folded) => this.#applyValues(folded),
    });
  }

  answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    return this.#acts.answer(command, actor, now);
  }

  /** Nobody acts on a change whose room says what the rules have not seen. */
  async #prepare(
    stored: StoredChange | null,
    act: ChangeAct,
    { actor, target, now }: Pick<Around<ChangeEvent>, 'actor' | 'target' | 'now'>,
  ): Promise<Result<Prepared<StoredChange, ChangeAct>, RefusalContent>> {
    if (isServersOwn(act) && actor.id !== SYSTEM)
      return refuse({ code: 'change/not-permitted', permission: 'system' });
    const named = await withNamed(this.#parts.db, act, target, actor);
    if (!named.ok) return named;
    const isNoted = stored === null || act.verb === 'note-plans';
    return ok({ stored: isNoted ? stored : await this.#withPlans(stored, now), act: named.value });
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
    const change = stored.state;
    const plans = await this.#parts.projection.plansOf(change.id);
    if (plans === null) return stored;
    const noted: ChangeAct = { verb: 'note-plans', plans };
    const cause = `plans:${change.id}:${change.version}`;
    const doing = { command: derivedCommandId(cause, now), actor: SYSTEM_ACTOR, at: now, clientAt: now };
    const verdict = await this.#verdict(change, noted, {
      ...{ actor: SYSTEM_ACTOR, now, clientAt: now, target: change.id, since: [], number: null },
      directory: await this.#parts.directory(),
    });
    if (!verdict.ok) return stored;
    const folded = await this.#acts.write(stored, change.id, verdict.value.events, doing);
    await this.#acts.tell(verdict.value.tell, change.id, doing.command, now);
    return { ...stored, state: folded.at(-1)?.after ?? change };
  }

  async #verdict(
    state: Change | null,
    act: ChangeAct,
    around: Around<ChangeEvent>,
  ): Promise<ReturnType<typeof decider.decide>> {
    const facts = await this.#parts.book.facts();
    return decider.decide(state, { process: 'change', ...act }, { ...around, related: new Map(), facts });
  }

  async #find(id: RecordId): Promise<StoredChange | null> {
    const row = await this.#parts.db
      .selectFrom('change')
      .select(['key', 'live', 'data'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { key: row.key, live: row.live === 1, state: changeOf(row) };
  }

  /** What follows goes with each write, since what the room said is written without an act of its own. */
  async #keep({ stored, before, after, recorded, doing }: Evolved<StoredChange, ChangeEvent>): Promise<void> {
    const { at, command } = doing;
    const { key, live } = await this.#store(stored, after);
    await keepCaused(
      this.#parts.db,
      key,
      recorded.map(({ event }) => event),
    );
    await this.#parts.projection.showChange({ before, after, recorded, live, command });
    await this.#acts.tell(changeNews(before, recorded, after), after.id, `${command}:news`, at);
    await this.#tellTemplate(after, recorded);
    await this.#followUp(after, recorded);
  }

  async #store(stored: StoredChange | null, change: Change): Promise<Omit<StoredChange, 'state'>> {
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
      return { key, live: true };
    }
    await db.updateTable('change').set(columns).where('key', '=', stored.key).execute();
    if (JSON.stringify(words) !== JSON.stringify(textOfChange(stored.state)))
      await db.updateTable('change_text').set(words).where('rowid', '=', stored.key).execute();
    await keepItems(db, stored.key, stored.state, change);
    return stored;
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

  async #applyValues(folded: readonly Folded<Change, ChangeEvent>[]): Promise<void> {
    for (const { after, recorded } of folded) await applyPlannedValues(this.#parts, after, recorded);
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
}

const FOLLOWED: ReadonlySet<ChangeEvent['type']> = new Set([
  'edited',
  'moved',
  'incident-caused',
  'incident-not-caused',
]);

/** What the server alone says: that texts moved, what became of planned values, or that a deadline passed. */
function isServersOwn({ verb }: ChangeAct): boolean {
  return verb === 'note-plans' || verb === 'note-values' || verb === 'expire';
}

/**
 * The commands `schedule.<verb>`: load → arguments → decide → events, row, projection, news. They come through the one
 * path of commands, which answers the same id the same way and takes back whatever throws.
 */
import { decideSchedule, evolveSchedule, personId, scheduleId } from '@muster/domain/shared';
import type {
  Actor,
  CommandEnvelope,
  Directory,
  Outcome,
  Recorded,
  Schedule,
  ScheduleEvent,
  ScheduleId,
  Tell,
} from '@muster/domain/shared';
import type { Kysely, Selectable } from 'kysely';
import { scheduleOf } from '../store/schedules.ts';
import type { Database } from '../store/schema.ts';
import type { ScheduleEventTable, ScheduleTable } from '../store/schema-schedules.ts';
import { refused } from './acts.ts';
import type { Projection } from './projection.ts';
import { isScheduleVerb, parseScheduleAct } from './schema/schedules.ts';

export const SCHEDULE_PREFIX = 'schedule.';

export class ScheduleCommands {
  readonly #db: Kysely<Database>;
  readonly #directory: () => Promise<Directory>;
  readonly #projection: Projection;

  constructor(
    tools: { readonly db: Kysely<Database>; readonly directory: () => Promise<Directory> },
    projection: Projection,
  ) {
    this.#db = tools.db;
    this.#directory = tools.directory;
    this.#projection = projection;
  }

  async answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    const { type } = command;
    const target = scheduleId(command.target);
    const verb = type.slice(SCHEDULE_PREFIX.length);
    if (!isScheduleVerb(verb)) return refused({ code: 'command/unknown-type', type });
    const act = parseScheduleAct(verb, command.args);
    if (!act.ok) return refused({ code: 'command/malformed', ...act.refusal });
    const state = await this.#find(target);
    const verdict = decideSchedule(state, act.value, {
      actor,
      now,
      target,
      since: state === null ? [] : await this.#unseen(target, command.basis, actor),
      directory: await this.#directory(),
    });
    if (!verdict.ok) return refused(verdict.refusal);
    const after = await this.#write(state, verdict.value.events, command, actor, now);
    await this.#tell(verdict.value.tell, command, now);
    return { outcome: 'applied', version: after?.version ?? 0 };
  }

  async #find(id: ScheduleId): Promise<Schedule | null> {
    const row = await this.#db.selectFrom('schedule').select('data').where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : scheduleOf(row);
  }

  /** What others did since the author looked. */
  async #unseen(
    target: ScheduleId,
    basis: number,
    actor: Actor,
  ): Promise<readonly Recorded<ScheduleEvent>[]> {
    const rows = await this.#db
      .selectFrom('schedule_event')
      .selectAll()
      .where('schedule', '=', target)
      .where('version', '>', basis)
      .where('actor', '!=', actor.id)
      .orderBy('version')
      .execute();
    return rows.map(scheduleEventOf);
  }

  async #write(
    state: Schedule | null,
    events: readonly ScheduleEvent[],
    command: CommandEnvelope,
    actor: Actor,
    now: number,
  ): Promise<Schedule | null> {
    const target = scheduleId(command.target);
    const told = { schedule: target, actor: actor.id, at: now, client_at: Math.min(command.clientAt, now) };
    const rows: (typeof told & { version: number; data: string })[] = [];
    for (const event of events) {
      state = evolveSchedule(state, event, { actor: actor.id, at: now }, target);
      rows.push({ ...told, version: state.version, data: JSON.stringify(event) });
    }
    if (state === null || rows.length === 0) return state;
    const columns = scheduleColumns(state);
    await this.#db
      .insertInto('schedule')
      .values({ id: target, ...columns })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
      .execute();
    await this.#db.insertInto('schedule_event').values(rows).execute();
    await this.#projection.showSchedule(state);
    return state;
  }

  async #tell(tell: readonly Tell[], { id }: CommandEnvelope, now: number): Promise<void> {
    for (const [index, { person, kind, detail }] of tell.entries()) {
      const about = { process: null, record: null, detail };
      await this.#projection.tell(person, { id: `${id}:${index}`, at: now, kind, ...about });
    }
  }
}

export function scheduleEventOf(row: Selectable<ScheduleEventTable>): Recorded<ScheduleEvent> {
  const { seq, version, data, actor, at } = row;
  const event = JSON.parse(data) as ScheduleEvent;
  return { seq, version, event, actor: personId(actor), at, clientAt: row.client_at };
}

/** The columns that lists need, of the whole schedule in `data`. */
export function scheduleColumns(schedule: Schedule): Omit<Selectable<ScheduleTable>, 'id'> {
  return { version: schedule.version, removed_at: schedule.removedAt, data: JSON.stringify(schedule) };
}

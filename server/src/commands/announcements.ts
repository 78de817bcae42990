/**
 * The commands `announcement.<verb>`: load → arguments → decide → events, row, readers, projection. They come through
 * the one path of commands, which answers the same id the same way and takes back whatever throws.
 */
import { isApprovedChange } from '@muster/domain/change';
import { decideAnnouncement, evolveAnnouncement, itemsNamedIn, readingKey } from '@muster/domain/desk';
import type { Announcement, AnnouncementAct, AnnouncementEvent } from '@muster/domain/desk';
import { canReadConfiguration } from '@muster/domain/configuration';
import { personId } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Directory, Outcome, RecordId, Recorded } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import { changeOf } from '../store/changes.ts';
import { itemStandings } from '../store/record-items.ts';
import type { Database } from '../store/schema.ts';
import type { AnnouncementEventTable, AnnouncementTable } from '../store/schema-announcements.ts';
import { refused } from './acts.ts';
import type { Projection } from './projection.ts';
import { isAnnouncementVerb, parseAnnouncementAct } from './schema/announcements.ts';

export const ANNOUNCEMENT_PREFIX = 'announcement.';

export class AnnouncementCommands {
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
    const { type, target } = command;
    const verb = type.slice(ANNOUNCEMENT_PREFIX.length);
    if (!isAnnouncementVerb(verb)) return refused({ code: 'command/unknown-type', type });
    const act = parseAnnouncementAct(verb, command.args);
    if (!act.ok) return refused({ code: 'command/malformed', ...act.refusal });
    const state = await this.#find(target);
    const { services, teams } = await this.#directory();
    const verdict = decideAnnouncement(state, act.value, {
      actor,
      now,
      target,
      since: state === null ? [] : await this.#unseen(command, actor),
      services,
      teams,
      itemStanding: await itemStandings(this.#db, canReadConfiguration(actor) ? itemsNamedIn(act.value) : []),
      // it looks through the changes, and one step alone asks for it
      changeApproved:
        act.value.verb === 'step' && act.value.to === 'scheduled' ? await this.#changeApproved(target) : null,
    });
    if (!verdict.ok) return refused(verdict.refusal);
    const { events, superseded } = verdict.value;
    if (superseded !== undefined) return { outcome: 'superseded', ...superseded };
    if (act.value.verb === 'acknowledge') await this.#acknowledge(target, act.value, actor, now);
    const after = await this.#write(state, events, command, actor, now);
    return { outcome: 'applied', version: after?.version ?? 0 };
  }

  async #find(id: RecordId): Promise<Announcement | null> {
    const row = await this.#db
      .selectFrom('announcement')
      .select('data')
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : announcementOf(row);
  }

  /** What others did since the author looked. */
  async #unseen(
    { target, basis }: CommandEnvelope,
    actor: Actor,
  ): Promise<readonly Recorded<AnnouncementEvent>[]> {
    const rows = await this.#db
      .selectFrom('announcement_event')
      .selectAll()
      .where('announcement', '=', target)
      .where('version', '>', basis)
      .where('actor', '!=', actor.id)
      .orderBy('version')
      .execute();
    return rows.map(announcementEventOf);
  }

  async #write(
    state: Announcement | null,
    events: readonly AnnouncementEvent[],
    { target, clientAt }: CommandEnvelope,
    actor: Actor,
    now: number,
  ): Promise<Announcement | null> {
    if (events.length === 0) return state;
    const before = state;
    const folded = events.map((event) => {
      state = evolveAnnouncement(state, event, { actor: actor.id, at: now }, target);
      return { event, after: state };
    });
    const after = folded.at(-1)?.after;
    if (after === undefined) return state;
    const columns = announcementColumns(after);
    await this.#db
      .insertInto('announcement')
      .values({ id: target, ...columns })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
      .execute();
    const told = { announcement: target, actor: actor.id, at: now, client_at: Math.min(clientAt, now) };
    const rows = folded.map(({ event, after: { version } }) => ({
      ...told,
      version,
      data: JSON.stringify(event),
    }));
    await this.#db.insertInto('announcement_event').values(rows).execute();
    await this.#projection.announce(after, before);
    await this.#projection.mailNotices(
      after,
      folded.flatMap(({ event, after: { version, told } }) => {
        const notice = told.at(-1);
        return event.type === 'notified' && notice !== undefined ? [{ version, told: notice }] : [];
      }),
    );
    return after;
  }

  /** Whether the changes that it was made of are approved; null for none. */
  async #changeApproved(announcement: RecordId): Promise<boolean | null> {
    const rows = await this.#db
      .selectFrom('change')
      .select('data')
      .where('live', '=', 1)
      .where(namesAnnouncement(announcement))
      .execute();
    return rows.length === 0 ? null : rows.map(changeOf).every(isApprovedChange);
  }

  /** Once for each person and revision; the first time counts. */
  async #acknowledge(
    announcement: RecordId,
    { revision }: Extract<AnnouncementAct, { readonly verb: 'acknowledge' }>,
    actor: Actor,
    now: number,
  ): Promise<void> {
    await this.#db
      .insertInto('announcement_reader')
      .values({ announcement, revision, person: actor.id, at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await this.#projection.noteReading(actor.id, readingKey(announcement, revision), now);
  }
}

function namesAnnouncement(id: RecordId) {
  return sql<boolean>`exists (select 1 from json_each(change.data, '$.announcements') as made where made.value = ${id})`;
}

export function announcementOf({ data }: { readonly data: string }): Announcement {
  return JSON.parse(data) as Announcement;
}

export function announcementEventOf(row: Selectable<AnnouncementEventTable>): Recorded<AnnouncementEvent> {
  const { seq, version, data, actor, at } = row;
  const event = JSON.parse(data) as AnnouncementEvent;
  return { seq, version, event, actor: personId(actor), at, clientAt: row.client_at };
}

/** The columns that lists and the clock need, of the whole announcement in `data`. */
export function announcementColumns(announcement: Announcement): Omit<Selectable<AnnouncementTable>, 'id'> {
  const { version, state, publishedAt, endedAt, audience } = announcement;
  return {
    version,
    state,
    published_at: publishedAt,
    ended_at: endedAt,
    public: announcement.public ? 1 : 0,
    audience: audience.length === 0 ? null : JSON.stringify(audience),
    data: JSON.stringify(announcement),
  };
}

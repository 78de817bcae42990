/**
 * Puts the mails of a notice into the queue, a page of people at a time. A page and how far it came are one
 * transaction, so that nobody is left out and nobody queued twice, whenever the server stops; and between two pages
 * everybody else's writes have their turn.
 */
import { endsEntry, isNewsFor, mailKindOf, teamsToMail } from '@muster/domain/desk';
import type { Announcement, ToldNotice } from '@muster/domain/desk';
import { MAIL_POLICY, MAIL_RANKS, MAIL_TRIED_MS, isDeliverable, wantsMail } from '@muster/domain/shared';
import type { TeamId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Compilable, Kysely, Selectable } from 'kysely';
import { announcementOf } from '../../commands/announcements.ts';
import { startClock } from '../../automation/clock.ts';
import type { Clock } from '../../automation/clock.ts';
import type { Logger } from '../../log.ts';
import type { AnnouncementMailTable } from '../../store/schema-channels.ts';
import type { Database } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';

const EVERY_MS = 1_000;
/** People that one transaction looks at. */
export const PAGE = 200;

type Job = Selectable<AnnouncementMailTable>;
type Recipient = { readonly person: string } | { readonly subscriber: string };

interface Page {
  readonly recipients: readonly Recipient[];
  /** The last id that was looked at; null when there are no more. */
  readonly last: string | null;
}

/** Looks every second. What a process before left half done goes on where it stood. */
export function startNoticePages(store: Store, log: Logger): Clock {
  return startClock({
    everyMs: EVERY_MS,
    tick: (now) => queueAll(store, now),
    log,
    words: {
      done: 'mails about announcements were queued',
      failed: 'mails about announcements wait: the store did not take them, and they are tried again',
    },
  });
}

/** How many mails were queued. */
async function queueAll(store: Store, now: number): Promise<number> {
  let queued = 0;
  for (let job = await nextJob(store.reader); job !== null; job = await nextJob(store.reader))
    queued += await queuePage(store, job, now);
  return queued;
}

async function nextJob(db: Kysely<Database>): Promise<Job | null> {
  const job = await db
    .selectFrom('announcement_mail')
    .selectAll()
    .where('stage', '<>', 'done')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return job ?? null;
}

async function queuePage(store: Store, job: Job, now: number): Promise<number> {
  const { writer, reader } = store;
  const announcement = await findAnnouncement(reader, job.announcement);
  const told = JSON.parse(job.told) as ToldNotice;
  const page =
    announcement === null
      ? { recipients: [], last: null }
      : job.stage === 'people'
        ? await peoplePage(reader, job, announcement, told)
        : await subscriberPage(reader, job, announcement, told);
  const steps: Compilable[] = [];
  if (page.recipients.length > 0) steps.push(insertDeliveries(writer, job, page.recipients, now));
  const rest = job.stage === 'people' ? ('subscribers' as const) : ('done' as const);
  steps.push(
    writer
      .updateTable('announcement_mail')
      .set(page.last === null ? { stage: rest, after: '' } : { after: page.last })
      .where('id', '=', job.id)
      .where('after', '=', job.after)
      .where('stage', '=', job.stage),
  );
  await store.together(steps);
  return page.recipients.length;
}

function insertDeliveries(
  writer: Kysely<Database>,
  { id, announcement, version }: Job,
  recipients: readonly Recipient[],
  now: number,
): Compilable {
  const all = { channel: 'mail', state: 'queued', rank: MAIL_RANKS.bulk, notice: id } as const;
  const times = { made_at: now, next_at: now, until: now + MAIL_TRIED_MS };
  return writer
    .insertInto('delivery')
    .values(
      recipients.map((each) => {
        const whom =
          'person' in each
            ? { person: each.person, subscriber: null }
            : { person: '', subscriber: each.subscriber };
        const item = `notice:${announcement}:${version}:${whom.subscriber ?? whom.person}`;
        return { ...all, ...times, ...whom, item };
      }),
    )
    .onConflict((conflict) => conflict.columns(['item', 'channel', 'device']).doNothing());
}

async function findAnnouncement(db: Kysely<Database>, id: string): Promise<Announcement | null> {
  const row = await db.selectFrom('announcement').select('data').where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : announcementOf(row);
}

/** People by id from where the last page ended: those it is news for or no longer for, who want its kind and have an address. */
async function peoplePage(
  db: Kysely<Database>,
  { after }: Job,
  announcement: Announcement,
  told: ToldNotice,
): Promise<Page> {
  const kind = mailKindOf(announcement, told);
  const { byDefault } = MAIL_POLICY[kind];
  const among = teamsToMail(announcement, told);
  const rows = await db
    .selectFrom('person')
    .leftJoin('channel_choice as choice', (on) =>
      on
        .onRef('choice.person', '=', 'person.id')
        .on('choice.channel', '=', 'mail')
        .on('choice.kind', '=', kind),
    )
    .select(['person.id', 'person.email', 'choice.wanted'])
    .select(
      sql<string>`(select json_group_array(team) from team_member where team_member.person = person.id)`.as(
        'teams',
      ),
    )
    .where('person.active', '=', 1)
    .where('person.id', '>', after)
    // without these every page of a notice that nearly nobody is to get would look at everybody
    .$if(among !== null, (query) =>
      query.where('person.id', 'in', (members) =>
        members
          .selectFrom('team_member')
          .select('team_member.person')
          .where('team', 'in', among ?? []),
      ),
    )
    .$if(!byDefault, (query) => query.where('choice.wanted', '=', 1))
    .orderBy('person.id')
    .limit(PAGE)
    .execute();
  const recipients = rows
    .filter(
      ({ email, wanted, teams }) =>
        wantsMail(kind, wanted === null ? null : wanted === 1) &&
        isDeliverable(email) &&
        concerns(announcement, told, JSON.parse(teams) as TeamId[]),
    )
    .map(({ id }) => ({ person: id }));
  return { recipients, last: rows.length < PAGE ? null : (rows.at(-1)?.id ?? null) };
}

function concerns(announcement: Announcement, told: ToldNotice, teams: readonly TeamId[]): boolean {
  return isNewsFor(announcement, told, teams) || endsEntry(announcement, told, teams);
}

async function subscriberPage(
  db: Kysely<Database>,
  { after }: Job,
  announcement: Announcement,
  told: ToldNotice,
): Promise<Page> {
  if (!announcement.public || mailKindOf(announcement, told) !== 'announced')
    return { recipients: [], last: null };
  const rows = await db
    .selectFrom('status_subscriber')
    .select('id')
    .where('confirmed_at', 'is not', null)
    .where('id', '>', after)
    .orderBy('id')
    .limit(PAGE)
    .execute();
  const recipients = rows.map(({ id }) => ({ subscriber: id }));
  return { recipients, last: rows.length < PAGE ? null : (rows.at(-1)?.id ?? null) };
}

/** The mail of a delivery about an announcement, or to who wants to follow the status page, as things stand now. */
import {
  endsEntry,
  evolveAnnouncement,
  isPlanned,
  mailKindOf,
  whyNoAnnouncementMail,
  whyNoPublicMail,
} from '@muster/domain/desk';
import type { Announcement, Notice, ToldNotice } from '@muster/domain/desk';
import { personId } from '@muster/domain/shared';
import type { MailSkip } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { listServices } from '../../access/organisation.ts';
import { findPerson } from '../../access/people.ts';
import { announcementEventOf, announcementOf } from '../../commands/announcements.ts';
import { announcementCalendar } from '../../status/calendar.ts';
import { KIND_WORDS, timeWords } from '../../status/words.ts';
import type { Database } from '../../store/schema.ts';
import { chosenFor } from '../choices.ts';
import type { Delivery } from '../deliveries.ts';
import type { MessageIds } from '../mail/ids.ts';
import type { MailMessage } from '../mail/message.ts';
import { composeNotice } from '../mail/notice-message.ts';
import type { MailSender } from '../mail/settings.ts';
import type { SignedLinks } from './signed-links.ts';
import { findSubscriber } from './subscribers.ts';

export type Prepared = { readonly message: MailMessage } | { readonly skip: MailSkip };

export interface NoticeTools {
  readonly db: Kysely<Database>;
  readonly from: MailSender;
  readonly ids: MessageIds;
  /** Public address; null where it is not known. */
  readonly origin: string | null;
  readonly links: SignedLinks | null;
}

const NEWS: Readonly<Record<Notice, string>> = {
  publication: 'announced',
  '72h': 'in three days',
  '24h': 'within a day',
  '1h': 'within an hour',
  start: 'has begun',
  end: 'is over',
  moved: 'has another window',
  postponed: 'is postponed',
  cancelled: 'is called off',
  audience: 'concerns you too',
};

const NO_ACCESS = { skip: 'no-access' } as const;

/** Null for a delivery that is about neither. */
export async function prepareNotice(
  tools: NoticeTools,
  delivery: Delivery,
  messageId: string,
): Promise<Prepared | null> {
  if (delivery.notice !== null) return aboutAnnouncement(tools, delivery, delivery.notice, messageId);
  return delivery.subscriber === null ? null : toConfirm(tools, delivery.subscriber, messageId);
}

async function aboutAnnouncement(
  tools: NoticeTools,
  delivery: Delivery,
  notice: number,
  messageId: string,
): Promise<Prepared> {
  const found = await findNotice(tools.db, notice);
  if (found === null) return NO_ACCESS;
  return delivery.subscriber === null
    ? toPerson(tools, found, delivery.person, messageId)
    : toSubscriber(tools, found, delivery.subscriber, messageId);
}

interface Found {
  readonly announcement: Announcement;
  /** Of the event by which people were told. */
  readonly version: number;
  readonly told: ToldNotice;
}

async function findNotice(db: Kysely<Database>, id: number): Promise<Found | null> {
  const row = await db
    .selectFrom('announcement_mail')
    .innerJoin('announcement', 'announcement.id', 'announcement_mail.announcement')
    .select(['announcement.data', 'announcement_mail.told', 'announcement_mail.version'])
    .where('announcement_mail.id', '=', id)
    .executeTakeFirst();
  return row === undefined
    ? null
    : { announcement: announcementOf(row), version: row.version, told: JSON.parse(row.told) as ToldNotice };
}

async function toPerson(
  tools: NoticeTools,
  found: Found,
  name: string,
  messageId: string,
): Promise<Prepared> {
  const { db, links } = tools;
  const { announcement, told } = found;
  const person = await findPerson(db, personId(name));
  if (person === null) return NO_ACCESS;
  const kind = mailKindOf(announcement, told);
  const read = await hasRead(db, person.id, announcement, told.revision);
  const chosen = await chosenFor(db, person.id, 'mail', kind);
  const skip = whyNoAnnouncementMail({ announcement, told, person, read, chosen });
  if (skip !== null) return { skip };
  const addressing = {
    to: { name: person.name, address: person.email },
    messageId,
    foot: 'Muster sent this because of what you chose to get by mail. Answers to this mail are not read.',
    unsubscribe: links?.addressOf({ does: 'stop', person: person.id, kind }) ?? null,
  };
  if (endsEntry(announcement, told, person.teams)) return takeBack(tools, found, person.id, addressing);
  const link = { words: 'Read it in Muster', path: `/announcements#${announcement.id}` };
  return compose(tools, found, addressing, link);
}

async function toSubscriber(
  tools: NoticeTools,
  found: Found,
  id: string,
  messageId: string,
): Promise<Prepared> {
  const { db, links } = tools;
  const { announcement, told } = found;
  const subscriber = await findSubscriber(db, id);
  if (subscriber === null || subscriber.confirmed_at === null) return NO_ACCESS;
  const skip = whyNoPublicMail(announcement, told);
  if (skip !== null) return { skip };
  const becamePublic = told.notice === 'audience';
  // it was public before, and they were told all of it then
  if (becamePublic && (await wasSent(db, announcement, found.version, id, told.revision)))
    return { skip: 'overtaken' };
  const addressing = {
    to: { name: '', address: subscriber.address },
    messageId,
    foot: 'You get this because this address follows our service status. Answers to this mail are not read.',
    unsubscribe: links?.addressOf({ does: 'unsubscribe', subscriber: id }) ?? null,
  };
  const link = { words: 'Read it on the status page', path: `/status#${announcement.id}` };
  // to them it is new as a whole
  const asNew = becamePublic ? { ...found, told: { ...told, notice: 'publication' as const } } : found;
  return compose(tools, asNew, addressing, link);
}

type Addressing = Pick<Parameters<typeof composeNotice>[0], 'to' | 'messageId' | 'foot' | 'unsubscribe'>;

/** Takes the entry out of the calendar of who fell out of the audience, by what they knew of it before. */
async function takeBack(
  tools: NoticeTools,
  { announcement, told, version }: Found,
  person: string,
  addressing: Addressing,
): Promise<Prepared> {
  const { db, from, ids } = tools;
  const known = await asKnownBefore(db, announcement, version);
  if (known === null || !(await wasSent(db, announcement, version, person))) return NO_ACCESS;
  const base = baseOf(tools);
  const ended = { ...known, state: 'cancelled', updatedAt: told.at } as const;
  const news = `${KIND_WORDS[known.kind]} does not concern you any more`;
  return {
    message: composeNotice({
      ...addressing,
      from,
      thread: ids.ofAnnouncement(announcement.id),
      subject: `${news}: ${known.title}`,
      paragraphs: [`${news}: ${known.title}`, 'It may take place all the same, for others.'],
      link: null,
      calendar: announcementCalendar(ended, base, `${base}/announcements`),
    }),
  };
}

/** The announcement before the edit by which its audience became another: the event before the notice itself. */
async function asKnownBefore(
  db: Kysely<Database>,
  { id }: Announcement,
  version: number,
): Promise<Announcement | null> {
  const rows = await db
    .selectFrom('announcement_event')
    .selectAll()
    .where('announcement', '=', id)
    .where('version', '<', version - 1)
    .orderBy('version')
    .execute();
  return rows
    .map(announcementEventOf)
    .reduce<Announcement | null>((so, each) => evolveAnnouncement(so, each.event, each, id), null);
}

/** Whether an earlier notice of it went out to somebody, of this revision or a later one. */
async function wasSent(
  db: Kysely<Database>,
  { id }: Announcement,
  version: number,
  recipient: string,
  revision = 0,
): Promise<boolean> {
  const row = await db
    .selectFrom('announcement_mail')
    .innerJoin('delivery', (on) =>
      on.on(
        'delivery.item',
        '=',
        sql<string>`'notice:' || announcement || ':' || version || ':' || ${recipient}`,
      ),
    )
    .select('delivery.id')
    .where('announcement_mail.announcement', '=', id)
    .where('announcement_mail.version', '<', version)
    .where('delivery.state', '=', 'sent')
    .where(sql<number>`told ->> '$.revision'`, '>=', revision)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The public address, or one of ours to name things by where it is not known. */
function baseOf({ from, origin }: NoticeTools): string {
  return origin ?? `https://${from.address.slice(from.address.lastIndexOf('@') + 1)}`;
}

async function compose(
  tools: NoticeTools,
  { announcement, told }: Found,
  addressing: Addressing,
  { words, path }: { readonly words: string; readonly path: string },
): Promise<Prepared> {
  const { db, from, ids, origin } = tools;
  const { id, kind, title, message } = announcement;
  const news = `${KIND_WORDS[kind]} ${NEWS[told.notice]}`;
  const names = await serviceNames(db, announcement);
  const newest = announcement.updates.at(-1)?.message ?? '';
  const paragraphs = [
    `${news}: ${title}`,
    whenWords(announcement),
    names.length === 0 ? '' : `Affected: ${names.join(', ')}`,
    newest,
    message,
  ].filter((each) => each !== '');
  const base = baseOf(tools);
  return {
    message: composeNotice({
      ...addressing,
      link: origin === null ? null : { words, address: `${origin}${path}` },
      from,
      thread: ids.ofAnnouncement(id),
      subject: `${news}: ${title}`,
      paragraphs,
      calendar: announcementCalendar(announcement, base, `${base}${path}`),
    }),
  };
}

function whenWords({ kind, state, beginsAt, endsAt, startedAt, endedAt }: Announcement): string {
  // nobody knows yet when postponed work will be
  if (state === 'postponed') return '';
  const [from, to] = isPlanned(kind) ? [beginsAt, endsAt] : [startedAt, endedAt ?? endsAt];
  if (from === null) return '';
  return to === null ? `Since ${timeWords(from)}` : `From ${timeWords(from)} to ${timeWords(to)}`;
}

async function serviceNames(db: Kysely<Database>, { services }: Announcement): Promise<readonly string[]> {
  if (services.length === 0) return [];
  const known = new Map((await listServices(db)).map(({ id, name }) => [id, name]));
  return services.flatMap((service) => known.get(service) ?? []);
}

async function hasRead(
  db: Kysely<Database>,
  person: string,
  { id }: Announcement,
  revision: number,
): Promise<boolean> {
  const row = await db
    .selectFrom('announcement_reader')
    .select('person')
    .where('announcement', '=', id)
    .where('revision', '>=', revision)
    .where('person', '=', person)
    .executeTakeFirst();
  return row !== undefined;
}

async function toConfirm({ db, from, links }: NoticeTools, id: string, messageId: string): Promise<Prepared> {
  const subscriber = await findSubscriber(db, id);
  if (subscriber === null || subscriber.confirmed_at !== null || links === null) return NO_ACCESS;
  const address = links.addressOf({ does: 'confirm', subscriber: id, askedAt: subscriber.asked_at });
  return {
    message: composeNotice({
      from,
      to: { name: '', address: subscriber.address },
      messageId,
      thread: null,
      subject: 'Follow our service status by mail?',
      paragraphs: [
        'Somebody asked that outages and maintenance be told to this address by mail.',
        'If that was you, say yes by the link. It holds for a day. If it was not, do nothing, and no more mail comes.',
      ],
      link: { words: 'Yes, send me the mails', address },
      foot: 'Answers to this mail are not read.',
      unsubscribe: null,
      calendar: null,
    }),
  };
}

import { describe, expect, test } from 'vitest';
import { MAIL_KINDS, mailRankOf, wantsMail } from '../../shared/index.ts';
import type { Person, TeamId } from '../../shared/index.ts';
import { DIRECTORY, NETWORK, PAYROLL, id } from '../../shared/test-support/organisation.ts';
import type { Announcement, Notice } from './announcement.ts';
import { NOTICES } from './announcement.ts';
import { mailKindOf, teamsToMail, whyNoAnnouncementMail, whyNoPublicMail } from './mail.ts';
import type { AnnouncementMailCase } from './mail.ts';
import { HOUR, OUTAGE, PLANNED, announced } from './test-board.ts';

function person(name: string, changes: Partial<Person> = {}): Person {
  const found = DIRECTORY.people.get(id(name));
  if (found === undefined) throw new Error(`nobody is ${name}`);
  return { ...found, email: `${name}@desk.test`, ...changes };
}

/** About the newest notice of an announcement. */
function kase(announcement: Announcement, changes: Partial<AnnouncementMailCase> = {}): AnnouncementMailCase {
  const told = announcement.told.at(-1);
  if (told === undefined) throw new Error('nobody was told');
  return { announcement, told, person: person('ana'), read: false, chosen: null, ...changes };
}

const kindsOf = (fields: Pick<Announcement, 'kind'>) =>
  NOTICES.filter((notice: Notice) => mailKindOf(fields, { notice }) === 'announced');

describe('announcements by mail', () => {
  test('[DSK-195] what is new goes to who chose nothing, reminders to who asked for them', () => {
    expect(kindsOf(PLANNED)).toEqual(['publication', 'moved', 'postponed', 'cancelled', 'audience']);
    expect(kindsOf(OUTAGE)).toEqual(['publication', 'end', 'moved', 'postponed', 'cancelled', 'audience']);
    expect(wantsMail('announced', null)).toBe(true);
    expect(wantsMail('announcement-reminder', null)).toBe(false);
    const board = announced(PLANNED, 'scheduled');
    expect(whyNoAnnouncementMail(kase(board.it))).toBeNull();
    expect(whyNoAnnouncementMail(kase(board.it, { chosen: false }))).toBe('not-wanted');
    board.tick(PLANNED.beginsAt === null ? 0 : PLANNED.beginsAt - HOUR);
    expect(whyNoAnnouncementMail(kase(board.it))).toBe('not-wanted');
    expect(whyNoAnnouncementMail(kase(board.it, { chosen: true }))).toBeNull();
  });

  test('[DSK-197] what was read is not sent, but for what changes a plan', () => {
    const board = announced(PLANNED, 'scheduled');
    expect(whyNoAnnouncementMail(kase(board.it, { read: true }))).toBe('read');
    board.run('lea', { verb: 'step', to: 'cancelled' });
    expect(whyNoAnnouncementMail(kase(board.it, { read: true }))).toBeNull();
  });

  test('[DSK-197] what was overtaken is not sent', () => {
    const board = announced(PLANNED, 'scheduled');
    const first = kase(board.it).told;
    board.run('lea', { verb: 'step', to: 'postponed' });
    expect(whyNoAnnouncementMail(kase(board.it, { told: first }))).toBe('overtaken');
    expect(whyNoPublicMail({ ...board.it, public: true }, first)).toBe('overtaken');
    const begun = announced({ ...PLANNED }, 'scheduled', 'in_progress');
    const reminder = { ...first, notice: '1h' } as const;
    expect(whyNoAnnouncementMail(kase(begun.it, { told: reminder, chosen: true }))).toBe('overtaken');
    expect(whyNoAnnouncementMail(kase(begun.it, { told: first }))).toBeNull();
  });

  test('[DSK-192] [DSK-193] goes to its audience alone, and of a new one to who came in', () => {
    const board = announced({ ...PLANNED, audience: [NETWORK] }, 'scheduled');
    const why = (who: string) => whyNoAnnouncementMail(kase(board.it, { person: person(who) }));
    expect(['ana', 'cem', 'rita'].map(why)).toEqual([null, 'no-access', 'no-access']);
    board.run('lea', { verb: 'edit', fields: { audience: [NETWORK, PAYROLL] } });
    expect(['ana', 'cem', 'rita'].map(why)).toEqual(['no-access', null, 'no-access']);
    expect(whyNoAnnouncementMail(kase(board.it, { person: person('cem', { active: false }) }))).toBe(
      'switched-off',
    );
    const nowhere = person('cem', { email: 'cem@people.invalid' });
    expect(whyNoAnnouncementMail(kase(board.it, { person: nowhere }))).toBe('no-address');
    board.run('lea', { verb: 'edit', fields: { audience: [PAYROLL] } });
    // of planned work who fell out gets the end of its entry, and of the rest nothing
    expect(['ana', 'cem', 'rita'].map(why)).toEqual([null, 'no-access', 'no-access']);
    const outage = announced({ ...OUTAGE, audience: [NETWORK] }, 'in_progress');
    outage.run('lea', { verb: 'edit', fields: { audience: [PAYROLL] } });
    const whyOutage = (who: string) => whyNoAnnouncementMail(kase(outage.it, { person: person(who) }));
    expect(['ana', 'cem'].map(whyOutage)).toEqual(['no-access', null]);
    const among = (before: readonly TeamId[], to: readonly TeamId[]) =>
      teamsToMail({ ...PLANNED, audience: to }, { before });
    expect(among([NETWORK], [PAYROLL])).toEqual([PAYROLL, NETWORK]);
    expect([among([NETWORK], []), among([], [PAYROLL])]).toEqual([null, null]);
    expect(teamsToMail(outage.it, { before: [] })).toEqual([PAYROLL]);
  });

  test('[DSK-199] no kind that goes to many goes before one that calls to work', () => {
    const ranks = MAIL_KINDS.map((kind) => [mailRankOf(kind), kind] as const);
    expect(ranks.filter(([rank]) => rank === 2).map(([, kind]) => kind)).toEqual([
      'announced',
      'announcement-reminder',
    ]);
    expect(mailRankOf('escalated')).toBeLessThan(mailRankOf('assigned'));
    expect(mailRankOf('assigned')).toBeLessThan(mailRankOf('announced'));
  });

  test('[DSK-203] who follows the status page gets what is public, and no reminders', () => {
    const board = announced({ ...PLANNED, public: true }, 'scheduled');
    const why = () => whyNoPublicMail(board.it, kase(board.it).told);
    expect(why()).toBeNull();
    board.tick(PLANNED.beginsAt ?? 0);
    expect(why()).toBe('not-wanted');
    expect(whyNoPublicMail({ ...board.it, public: false }, kase(board.it).told)).toBe('no-access');
  });
});

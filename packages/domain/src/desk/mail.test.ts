import { describe, expect, test } from 'vitest';
import {
  MAIL_KINDS,
  MAIL_POLICY,
  MAIL_TRIED_MS,
  isDeliverable,
  nextMailAttempt,
  wantsMail,
  whyNoMail,
} from '../shared/index.ts';
import type { MailCase, Person, Ticket, TicketAct } from '../shared/index.ts';
import { DIRECTORY, PAYROLL, id } from '../shared/test-support/organisation.ts';
import { MINUTE, Records, creating } from '../shared/test-support/records.ts';
import { CANCEL } from '../shared/test-support/walk.ts';
import { desk } from './index.ts';

function person(name: string, changes: Partial<Person> = {}): Person {
  const found = DIRECTORY.people.get(id(name));
  if (found === undefined) throw new Error(`nobody is ${name}`);
  return { ...found, email: `${name}@desk.test`, ...changes };
}

function openTicket(changes: object = {}): Ticket {
  const records = new Records(() => desk);
  records.run('cem', 'desk', 'r1', creating('desk', changes));
  return records.ticket('r1');
}

const kase = (changes: Partial<MailCase> = {}): MailCase => ({
  kind: 'assigned',
  person: person('bo'),
  ticket: openTicket(),
  read: false,
  chosen: null,
  detail: {},
  ...changes,
});

describe('news by mail', () => {
  test('[DSK-110] what calls to work goes at once, the rest two minutes later', () => {
    const atOnce = MAIL_KINDS.filter((kind) => MAIL_POLICY[kind].delayMs === 0);
    expect(atOnce).toEqual([
      'called',
      'call-used-up',
      'call-over',
      'escalated',
      'threshold-passed',
      'major-proposed',
      'command-offered',
      'role-assigned',
      'backout-offered',
      'go-asked',
      'step-next',
      'release-alarm',
      'rolling-back',
      'announced',
      'announcement-reminder',
    ]);
    for (const kind of MAIL_KINDS.filter((each) => !atOnce.some((one) => one === each)))
      expect(MAIL_POLICY[kind].delayMs).toBe(2 * MINUTE);
  });

  test('[DSK-110] a choice stands before the default', () => {
    expect(wantsMail('assigned', null)).toBe(true);
    expect(wantsMail('reopened', null)).toBe(false);
    expect(wantsMail('reopened', true)).toBe(true);
    expect(whyNoMail(kase({ chosen: false }))).toBe('not-wanted');
  });

  test('[DSK-110] news of a change goes to who reads changes, while nobody has answered it', () => {
    const asked = (planned: Partial<NonNullable<MailCase['planned']>>, to = person('bo')) =>
      whyNoMail(
        kase({
          kind: 'approval-asked',
          ticket: null,
          person: to,
          planned: { process: 'change', overtaken: false, ...planned },
        }),
      );
    expect(asked({})).toBeNull();
    expect(asked({ overtaken: true })).toBe('overtaken');
    expect(asked({}, person('bo', { roles: ['requester'] }))).toBe('no-access');
  });

  test('[DSK-112] what was read in the product is not sent', () => {
    expect(whyNoMail(kase())).toBeNull();
    expect(whyNoMail(kase({ read: true }))).toBe('read');
  });

  test('[DSK-163] a call that somebody has, or that was begun anew, is not sent', () => {
    const records = new Records(() => desk);
    const run = (who: string, act: TicketAct) => records.run(who, 'desk', 'r1', act);
    const begin = () => {
      run('cem', { verb: 'begin-call', team: PAYROLL });
      const { id: call = 0 } = records.ticket('r1').calls[0] ?? {};
      run('system', { verb: 'take-call-step', call, round: 0, step: 0 });
      return { team: PAYROLL, call };
    };
    const why = (kind: MailCase['kind'], detail: MailCase['detail']) =>
      whyNoMail(kase({ kind, detail, ticket: records.ticket('r1') }));
    run('cem', creating('desk'));
    const first = begin();
    expect(why('called', first)).toBeNull();
    run('cem', { verb: 'acknowledge-call', team: PAYROLL });
    expect([why('called', first), why('call-used-up', first)]).toEqual(['overtaken', 'overtaken']);
    expect(why('call-over', first)).toBeNull();
    const second = begin();
    expect([why('called', first), why('called', second)]).toEqual(['overtaken', null]);
    run('lea', CANCEL);
    expect(why('called', second)).toBe('overtaken');
  });

  test('[DSK-113] who may no longer know gets nothing, whatever they chose', () => {
    expect(whyNoMail(kase({ person: person('bo', { active: false }) }))).toBe('switched-off');
    expect(whyNoMail(kase({ ticket: null }))).toBe('no-access');
    const restricted = openTicket({ restrictedTo: PAYROLL });
    expect(whyNoMail(kase({ ticket: restricted, chosen: true }))).toBe('no-access');
    expect(whyNoMail(kase({ person: person('bo', { roles: [] }) }))).toBe('no-access');
  });

  test('[DSK-113] what is the staff’s is not for the requester', () => {
    const ticket = openTicket();
    const requester = person('bo', { id: ticket.requester, roles: ['requester'] });
    expect(whyNoMail(kase({ kind: 'replied', person: requester, ticket }))).toBeNull();
    expect(whyNoMail(kase({ kind: 'escalated', person: requester, ticket }))).toBe('no-access');
  });

  test.each([
    'someone@people.invalid',
    'someone@INVALID.',
    'two@desk.test, three@desk.test',
    'a@desk.test\r\nBcc: all@desk.test',
    'Name <a@desk.test>',
    'nobody',
    '',
  ])('[DSK-113] nothing is sent to %j', (email) => {
    expect(isDeliverable(email)).toBe(false);
    expect(whyNoMail(kase({ person: person('bo', { email }) }))).toBe('no-address');
  });

  test('[DSK-114] pauses grow, and end with the day', () => {
    const pauses = [1, 2, 3, 20].map((attempts) => nextMailAttempt(attempts, 0, MAIL_TRIED_MS) ?? 0);
    expect(pauses).toEqual([15_000, 30_000, 60_000, 60 * MINUTE]);
    expect(nextMailAttempt(20, MAIL_TRIED_MS - MINUTE, MAIL_TRIED_MS)).toBeNull();
  });
});

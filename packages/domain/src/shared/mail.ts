import type { Tell } from './decider.ts';
import type { Instant } from './instant.ts';
import type { Person } from './people.ts';
import { permissionsOf } from './roles.ts';
import { canReadAsStaff, couldRead, asActor } from './ticket/access.ts';
import { canAnswer } from './ticket/call.ts';
import { TERMINAL_STATES } from './ticket/lifecycle.ts';
import type { Ticket } from './ticket/ticket.ts';

/** How a kind of news goes by mail. */
export interface MailPolicy {
  /** Whether it is sent to those who chose nothing. */
  readonly byDefault: boolean;
  /** How long the mail waits for its person to read the news in the product. */
  readonly delayMs: number;
  /** Who may get it: staff who read the ticket, everybody who reads it, or whom an announcement is for. */
  readonly audience: 'staff' | 'reader' | 'announced';
}

const AT_ONCE = 0;
const AFTER_A_LOOK = 2 * 60_000;

/** The kinds of news about records that deserve a mail. */
export const TICKET_MAIL_KINDS = [
  'called',
  'call-used-up',
  'call-over',
  'escalated',
  'threshold-passed',
  'major-proposed',
  'command-offered',
  'role-assigned',
  'assigned',
  'handover-requested',
  'mentioned',
  'replied',
  'reopened',
  'approval-asked',
  'approval-void',
  'approval-expired',
  'change-approved',
  'change-rejected',
  'change-scheduled',
  'change-task',
  'backout-offered',
  'board-item',
  'go-asked',
  'no-go',
  'step-assigned',
  'step-next',
  'no-return',
  'release-alarm',
  'rolling-back',
  'rolled-back',
  'knowledge',
  'problem-item',
  'values-kept',
] as const satisfies readonly Tell['kind'][];

export type TicketMailKind = (typeof TICKET_MAIL_KINDS)[number];

/** The kinds of news about announcements that deserve a mail. */
export const ANNOUNCEMENT_MAIL_KINDS = ['announced', 'announcement-reminder'] as const;

export type AnnouncementMailKind = (typeof ANNOUNCEMENT_MAIL_KINDS)[number];

/** In the order in which people choose among them. */
export const MAIL_KINDS = [...TICKET_MAIL_KINDS, ...ANNOUNCEMENT_MAIL_KINDS] as const;

export type MailKind = (typeof MAIL_KINDS)[number];

/** What calls somebody to work goes at once; what can be read in the product a little later. */
export const MAIL_POLICY: Readonly<Record<MailKind, MailPolicy>> = {
  called: { byDefault: true, delayMs: AT_ONCE, audience: 'staff' },
  'call-used-up': { byDefault: true, delayMs: AT_ONCE, audience: 'staff' },
  'call-over': { byDefault: true, delayMs: AT_ONCE, audience: 'staff' },
  escalated: { byDefault: true, delayMs: AT_ONCE, audience: 'staff' },
  'threshold-passed': { byDefault: true, delayMs: AT_ONCE, audience: 'staff' },
  'major-proposed': { byDefault: true, delayMs: AT_ONCE, audience: 'staff' },
  'command-offered': { byDefault: true, delayMs: AT_ONCE, audience: 'staff' },
  'role-assigned': { byDefault: true, delayMs: AT_ONCE, audience: 'staff' },
  assigned: { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'staff' },
  'handover-requested': { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'staff' },
  mentioned: { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'staff' },
  replied: { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'reader' },
  reopened: { byDefault: false, delayMs: AFTER_A_LOOK, audience: 'staff' },
  'approval-asked': { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'staff' },
  'approval-void': { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'staff' },
  'approval-expired': { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'staff' },
  'change-approved': { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'staff' },
  'change-rejected': { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'staff' },
  'change-scheduled': { byDefault: false, delayMs: AFTER_A_LOOK, audience: 'staff' },
  'change-task': { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'staff' },
  'backout-offered': { byDefault: true, delayMs: AT_ONCE, audience: 'staff' },
  'board-item': { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'staff' },
  'go-asked': { byDefault: true, delayMs: AT_ONCE, audience: 'staff' },
  'no-go': { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'staff' },
  'step-assigned': { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'staff' },
  'step-next': { byDefault: true, delayMs: AT_ONCE, audience: 'staff' },
  'no-return': { byDefault: false, delayMs: AFTER_A_LOOK, audience: 'staff' },
  'release-alarm': { byDefault: true, delayMs: AT_ONCE, audience: 'staff' },
  'rolling-back': { byDefault: true, delayMs: AT_ONCE, audience: 'staff' },
  'rolled-back': { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'staff' },
  knowledge: { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'staff' },
  'problem-item': { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'staff' },
  'values-kept': { byDefault: true, delayMs: AFTER_A_LOOK, audience: 'staff' },
  announced: { byDefault: true, delayMs: AT_ONCE, audience: 'announced' },
  'announcement-reminder': { byDefault: false, delayMs: AT_ONCE, audience: 'announced' },
};

/** The order in which what is due goes out: no mail to thousands stands before one that calls somebody to work. */
export const MAIL_RANKS = { call: 0, news: 1, bulk: 2 } as const;

export function mailRankOf(kind: MailKind): number {
  const { audience, delayMs } = MAIL_POLICY[kind];
  if (audience === 'announced') return MAIL_RANKS.bulk;
  return delayMs === AT_ONCE ? MAIL_RANKS.call : MAIL_RANKS.news;
}

export function isTicketMailKind(kind: unknown): kind is TicketMailKind {
  return (TICKET_MAIL_KINDS as readonly unknown[]).includes(kind);
}

export function isMailKind(kind: unknown): kind is MailKind {
  return (MAIL_KINDS as readonly unknown[]).includes(kind);
}

/** Whether a person wants a kind by mail: what they chose, or else the default. */
export function wantsMail(kind: MailKind, chosen: boolean | null): boolean {
  return chosen ?? MAIL_POLICY[kind].byDefault;
}

/** Why news that waited is not sent after all, by whatever channel. */
export type NewsSkip = 'read' | 'switched-off' | 'not-wanted' | 'no-access' | 'overtaken';
export type MailSkip = NewsSkip | 'no-address';

export interface MailCase {
  readonly kind: TicketMailKind;
  readonly person: Person;
  /** The ticket as it stands now; null when there is none any more, and for news of a change or a release. */
  readonly ticket: Ticket | null;
  /** Of news about a change or a release: which, and whether somebody has answered it by now. */
  readonly planned?:
    { readonly process: 'change' | 'release' | 'problem'; readonly overtaken: boolean } | undefined;
  /** Whether the news was read in the product. */
  readonly read: boolean;
  readonly chosen: boolean | null;
  /** The facts of the news. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Decides at the moment of sending, from how things stand then; null lets the mail go. */
export function whyNotTold({
  kind,
  person,
  ticket,
  planned,
  read,
  chosen,
  detail,
}: MailCase): NewsSkip | null {
  if (!person.active) return 'switched-off';
  if (planned !== undefined) {
    if (!permissionsOf(person.roles).has(`${planned.process}.read`)) return 'no-access';
  } else if (ticket === null || !mayGet(kind, person, ticket)) return 'no-access';
  if (read) return 'read';
  if (planned?.overtaken === true) return 'overtaken';
  if (ticket !== null && isOvertaken(kind, ticket, detail)) return 'overtaken';
  return wantsMail(kind, chosen) ? null : 'not-wanted';
}

/** Whether somebody has it by now, or nobody needs to: the call that the news is about is over, or was begun anew. */
function isOvertaken(
  kind: TicketMailKind,
  { calls, state }: Ticket,
  { call: id, team }: MailCase['detail'],
): boolean {
  if (kind !== 'called' && kind !== 'call-used-up') return false;
  if (state === 'resolved' || TERMINAL_STATES.has(state)) return true;
  const call = calls.find((each) => each.team === team);
  return call === undefined || !canAnswer(call) || (id !== undefined && id !== call.id);
}

/** The same for mail, which needs an address too. */
export function whyNoMail(kase: MailCase): MailSkip | null {
  return whyNotTold(kase) ?? (isDeliverable(kase.person.email) ? null : 'no-address');
}

function mayGet(kind: TicketMailKind, person: Person, ticket: Ticket): boolean {
  switch (MAIL_POLICY[kind].audience) {
    case 'staff':
      return canReadAsStaff(asActor(person), ticket);
    case 'reader':
      return couldRead(person, ticket);
    case 'announced':
      return false;
  }
}

/** One plain address, which cannot end a header or name a second recipient. Nobody reads mail under `.invalid`. */
const ADDRESS = /^[^\s@<>(),;:\\"[\]]+@[^\s@<>(),;:\\"[\]]+$/u;

export function isDeliverable(address: string): boolean {
  return address.length <= 254 && ADDRESS.test(address) && !/(^|[.@])invalid\.?$/i.test(address);
}

/** How long a mail is tried. */
export const MAIL_TRIED_MS = 24 * 60 * 60_000;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 60 * 60_000;

/** When a mail that failed for the time being is tried again; null when its time is over. */
export function nextMailAttempt(attempts: number, now: Instant, until: Instant): Instant | null {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1));
  return now + pause > until ? null : now + pause;
}

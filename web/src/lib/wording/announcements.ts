import { unreachable } from '@muster/domain/shared';
import type {
  AnnouncementAct,
  AnnouncementKind,
  AnnouncementRefusalFacts,
  AnnouncementRefusalReason,
  AnnouncementState,
  Notice,
} from '@muster/domain/desk';
import { fieldWords, stateWords } from './names.ts';
import { sentence } from './say.ts';
import type { Say } from './say.ts';

export const KIND_WORDS: Readonly<Record<AnnouncementKind, string>> = {
  'planned-outage': 'Planned outage',
  maintenance: 'Maintenance',
  outage: 'Outage',
  degradation: 'Degradation',
};

export const STATE_WORDS: Readonly<Record<AnnouncementState, string>> = {
  draft: 'Draft',
  scheduled: 'Scheduled',
  in_progress: 'In progress',
  verifying: 'Verifying',
  completed: 'Completed',
  postponed: 'Postponed',
  cancelled: 'Cancelled',
};

/** The button of a step. */
export function stepWords(from: AnnouncementState, to: AnnouncementState): string {
  switch (to) {
    case 'scheduled':
      return from === 'postponed' ? 'Schedule again' : 'Schedule and announce';
    case 'in_progress':
      return from === 'draft' ? 'Announce now' : 'Begin now';
    case 'verifying':
      return 'Verify the result';
    case 'completed':
      return 'Complete';
    case 'postponed':
      return 'Postpone';
    case 'cancelled':
      return from === 'draft' ? 'Discard the draft' : 'Call it off';
    case 'draft':
      return 'Draft';
    default:
      return unreachable(to);
  }
}

export const NOTICE_WORDS: Readonly<Record<Notice, string>> = {
  publication: 'when it was announced',
  '72h': '72 hours before',
  '24h': '24 hours before',
  '1h': 'an hour before',
  start: 'when it began',
  end: 'when it ended',
  moved: 'when its window moved',
  postponed: 'when it was postponed',
  cancelled: 'when it was called off',
  audience: 'when it was for others',
};

/** The same as news, after the kind. */
export const NOTICE_NEWS: Readonly<Record<Notice, string>> = {
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

/** What an act would have done, after "You wanted to". */
export function announcementIntentWords(act: AnnouncementAct): string {
  switch (act.verb) {
    case 'create':
      return `draft the announcement “${act.fields.title}”`;
    case 'edit':
      return `change ${Object.keys(act.fields).map(fieldOf).join(', ')} of an announcement`;
    case 'step':
      return `bring an announcement to ${stateWords(act.to)}`;
    case 'update':
      return 'add an update to an announcement';
    case 'notify':
      return 'tell people of an announcement';
    case 'acknowledge':
      return 'say that you have read an announcement';
    default:
      return unreachable(act);
  }
}

/** Reasons that tickets know too are worded there. */
type OwnReason =
  | 'no-such-announcement'
  | 'public-to-some'
  | 'end-before-begin'
  | 'no-such-step'
  | 'announcement-moved'
  | 'announcement-changed'
  | 'change-not-approved'
  | 'announcement-over';

type Wording = {
  readonly [Reason in OwnReason]: (facts: Partial<AnnouncementRefusalFacts[Reason]>, say: Say) => string;
};

const WORDING: Wording = {
  'no-such-announcement': () => 'This announcement is not there, not published yet, or not for you.',
  'public-to-some': () =>
    'What stands on the public status page is for everybody. Name no teams, or take it off the status page.',
  'end-before-begin': () => 'The end must come after the begin.',
  'no-such-step': ({ from, to, allowed = [] }) =>
    `It is ${stateWords(from)} and does not become ${stateWords(to)} from there.` +
    (allowed.length > 0 ? ` It can become ${allowed.map(stateWords).join(' or ')}.` : ''),
  'announcement-moved': ({ state, by, at }, say) =>
    `${sentence(say.person(by))} made it ${stateWords(state)} at ${say.time(at)}, before you. Look at it as it stands now.`,
  'announcement-changed': ({ field, by, at }, say) =>
    `${sentence(say.person(by))} changed the ${fieldOf(field ?? '')} at ${say.time(at)}, before you.`,
  'change-not-approved': () => 'The change behind it is not approved yet. Schedule it once it is.',
  'announcement-over': ({ state, field }) =>
    field == null
      ? `It is ${stateWords(state)} and stays as it was.`
      : `While it is ${stateWords(state)}, its ${fieldOf(field)} cannot be changed.`,
};

/** A refusal that only announcements have, in a sentence; null for any other. */
export function announcementRefusalWords(reason: string, facts: object, say: Say): string | null {
  if (!isOwn(reason)) return null;
  // the table pairs each reason with its own facts; the pair cannot be named for a reason found at run time
  return (WORDING[reason] as (facts: object, say: Say) => string)(facts, say);
}

function isOwn(reason: string): reason is OwnReason & AnnouncementRefusalReason {
  return Object.hasOwn(WORDING, reason);
}

const FIELDS: Readonly<Record<string, string>> = {
  beginsAt: 'begin',
  endsAt: 'end',
  public: 'place on the status page',
  audience: 'audience',
};

function fieldOf(field: string): string {
  return FIELDS[field] ?? fieldWords(field);
}

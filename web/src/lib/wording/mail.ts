/** Words for news that goes out by mail or to devices: what it is about, and what was answered. */
import type { MailKind } from '@muster/domain/shared';
import { isMailKind } from '@muster/domain/shared';

interface KindWords {
  readonly label: string;
  readonly hint: string;
}

export const MAIL_KIND_WORDS: Readonly<Record<MailKind, KindWords>> = {
  called: { label: 'Calls', hint: 'You are called, and the next one is unless you say that you have it' },
  'call-used-up': { label: 'Unanswered calls', hint: 'Nobody answered a call that you began or manage' },
  'call-over': {
    label: 'Calls that are over',
    hint: 'Somebody else has what you were called for, or it is done',
  },
  escalated: { label: 'Escalations', hint: 'Something was escalated to you or your team' },
  'threshold-passed': { label: 'Targets', hint: 'A target of something you own is nearly or wholly used up' },
  'major-proposed': { label: 'Major incidents', hint: 'A major incident waits for your decision' },
  'command-offered': { label: 'Command', hint: 'Somebody offers you the command of a major incident' },
  'role-assigned': { label: 'Roles', hint: 'You got or lost a role in a major incident' },
  assigned: { label: 'Assignments', hint: 'Something was given to you' },
  'handover-requested': { label: 'Hand-over', hint: 'Somebody asks you to hand something over' },
  mentioned: { label: 'Mentions', hint: 'Somebody mentioned you' },
  replied: { label: 'Replies', hint: 'Somebody replied to what you asked, own or watch' },
  reopened: { label: 'Reopening', hint: 'Something that you had resolved is open again' },
  'approval-asked': { label: 'Approvals', hint: 'You are asked to approve a change' },
  'approval-void': {
    label: 'Approvals that are void',
    hint: 'A change that you had voted on is another one now',
  },
  'approval-expired': {
    label: 'Approvals out of time',
    hint: 'Nobody answered in time, you or those whom a change of yours asked',
  },
  'change-approved': { label: 'Approved changes', hint: 'A change of yours has the approvals it needs' },
  'change-rejected': { label: 'Rejected changes', hint: 'A change of yours was rejected' },
  'change-scheduled': { label: 'Scheduled changes', hint: 'A change of yours has its place in the calendar' },
  'change-task': {
    label: 'Tasks of changes',
    hint: 'A task of a change was given to you, or its turn has come',
  },
  'backout-offered': {
    label: 'Failed tasks',
    hint: 'A task of a change of yours failed and can be taken back',
  },
  'board-item': { label: 'Change board', hint: 'A change of yours is on the agenda of the board' },
  'go-asked': { label: 'Go or no-go', hint: 'You are asked whether a release goes' },
  'no-go': { label: 'No-go', hint: 'A release of yours, or one that you were asked about, does not go' },
  'step-assigned': { label: 'Steps of releases', hint: 'A step of a checklist was given to you' },
  'step-next': { label: 'Your turn', hint: 'All that a step of yours waited for is done' },
  'no-return': {
    label: 'Points of no return',
    hint: 'A release that you answer for cannot be rolled back any more',
  },
  'release-alarm': {
    label: 'Alarms of releases',
    hint: 'An incident was opened on what a release of yours changed, while it is watched',
  },
  'rolling-back': { label: 'Rolling back', hint: 'A release that you have a part in is being rolled back' },
  'rolled-back': { label: 'Rolled back', hint: 'A release that you have a part in is rolled back' },
  'values-kept': {
    label: 'Planned values',
    hint: 'Something that a change of yours planned for the configuration could not be applied',
  },
  'problem-item': {
    label: 'Problems',
    hint: 'A problem or a task of one is yours, waits for you, or tells an incident that you work on',
  },
  knowledge: {
    label: 'Known errors and articles',
    hint: 'You are asked to review one, or something became of one of yours',
  },
  announced: {
    label: 'Announcements',
    hint: 'An outage or maintenance is announced to you, has another window, or is called off',
  },
  'announcement-reminder': {
    label: 'Reminders of announcements',
    hint: 'Three days, a day and an hour before, at the begin and the end',
  },
};

/** What a delivery is about, in a table of deliveries. */
export function deliveryWords(kind: string): string {
  if (kind === 'confirmation') return 'Following the status page';
  return isMailKind(kind) ? MAIL_KIND_WORDS[kind].label : 'News';
}

export type MailOutcome = 'taken' | 'refused' | 'deferred' | 'unreachable';

/** What became of a mail that was sent to see whether mail works. */
export function mailOutcomeWords(outcome: MailOutcome): string {
  switch (outcome) {
    case 'taken':
      return 'The mail server took the mail';
    case 'refused':
      return 'The mail server refused the mail';
    case 'deferred':
      return 'The mail server does not take the mail now';
    case 'unreachable':
      return 'The mail server could not be used';
  }
}

export type PushOutcome = 'taken' | 'gone' | 'refused' | 'deferred';

/** What became of a message that was sent to see whether news reaches a device. */
export function pushOutcomeWords(outcome: PushOutcome): string {
  switch (outcome) {
    case 'taken':
      return 'It is on its way: this device shows it in a moment';
    case 'gone':
      return 'This device is known no more; turn it on again';
    case 'refused':
      return 'The browser’s push service refused it';
    case 'deferred':
      return 'The browser’s push service does not answer now';
  }
}

import { NOT_SILENCED, unreachable } from '@muster/domain/shared';
import type { AnnouncementAct } from '@muster/domain/desk';
import type { BoardAct, ChangeAct, MeetingAct, TemplateAct } from '@muster/domain/change';
import type { ItemAct, RelationAct } from '@muster/domain/configuration';
import type { KnowledgeAct, ProblemAct } from '@muster/domain/problem';
import type { ReleaseAct } from '@muster/domain/release';
import type { Outcome, RefusalContent, ScheduleAct, TicketAct } from '@muster/domain/shared';
import { intentWords } from './acts.ts';
import { callHappenedWords } from './calls.ts';
import { escalationHappenedWords } from './escalation.ts';
import { announcementIntentWords } from './announcements.ts';
import { changeIntentWords, templateIntentWords } from './change-events.ts';
import { itemIntentWords, relationIntentWords } from './configuration-events.ts';
import { configurationRefusalWords } from './configuration-refusals.ts';
import { knowledgeRefusalWords } from './knowledge-refusals.ts';
import { knowledgeIntentWords } from './knowledge.ts';
import { replacedFieldWords } from './replaced.ts';
import { stateWords } from './names.ts';
import { isOfProblems, problemIntentWords, problemRefusalWords } from './problem-words.ts';
import { majorHappenedWords } from './major.ts';
import { meetingRefusalWords } from './meeting-refusals.ts';
import { boardIntentWords, meetingIntentWords } from './meetings.ts';
import { reasonOf } from './refusals.ts';
import { releaseRefusalWords } from './release-refusals.ts';
import { releaseIntentWords } from './releases.ts';
import { sentence } from './say.ts';
import { scheduleIntentWords } from './schedules.ts';
import type { Say } from './say.ts';

/** An act of mine that did not stand, as the attention tray tells it. */
export interface Told {
  readonly kind: 'refused' | 'superseded' | 'replaced' | 'handover-requested' | 'rejected-text';
  readonly act: TicketAct | null;
  readonly announcement?: AnnouncementAct;
  readonly schedule?: ScheduleAct;
  readonly release?: ReleaseAct;
  readonly change?: ChangeAct;
  readonly template?: TemplateAct;
  readonly board?: BoardAct;
  readonly meeting?: MeetingAct;
  readonly error?: KnowledgeAct;
  readonly problem?: ProblemAct;
  readonly item?: ItemAct;
  readonly relation?: RelationAct;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface AttentionWords {
  /** What was lost or asked, the head of the card. */
  readonly lost: string;
  /** Who won, when and why. */
  readonly why: string;
}

/** Both sentences of a card in the attention tray. */
export function attentionWords(told: Told, say: Say): AttentionWords {
  switch (told.kind) {
    case 'refused':
      return { lost: wanted(told, say), why: refusedWords(refusalOf(told.detail), say) };
    case 'superseded':
      return { lost: wanted(told, say), why: causeWords(told.detail, say) };
    case 'replaced':
      return {
        lost: replacedWords(told.detail, say),
        why: `${byAt(told.detail, say)} set it to something else.`,
      };
    case 'handover-requested':
      return {
        lost: `${sentence(say.person(told.detail['by']))} asks you to hand this over`,
        why: noteOf(told.detail, say),
      };
    case 'rejected-text':
      return {
        lost:
          told.detail['reason'] === 'removed'
            ? 'What you wrote went with what somebody removed'
            : 'Text you wrote was not accepted',
        why: rejectedWords(told.detail['reason']),
      };
    default:
      return unreachable(told.kind);
  }
}

/** Why words were set aside although nothing was wrong with them. */
const GONE: ReadonlySet<unknown> = new Set(['forbidden', 'gone']);

function rejectedWords(reason: unknown): string {
  const kept = 'It is kept below, to be copied.';
  if (GONE.has(reason)) return `Its record is not on the server, or not yours to write in any more. ${kept}`;
  if (reason === 'removed')
    return `They took away or joined the paragraph that it was in before they could see it. ${kept}`;
  return reason === 'locked'
    ? `What is written there is locked: it was approved or carried out, or its meeting or problem is over. ${kept}`
    : `It no longer fits the document on the server. ${kept}`;
}

/** Why what was done again was not done this time either. */
export function notDoneWords(
  told: Told,
  outcome: Exclude<Outcome, { outcome: 'applied' }>,
  say: Say,
): string {
  const detail = outcome.outcome === 'refused' ? outcome.refusal : { ...outcome.by, reason: outcome.reason };
  return attentionWords({ ...told, kind: outcome.outcome, detail }, say).why;
}

/** The reason of a refusal without its process, to offer what else could be done. */
export function refusalReason(told: Told): string | null {
  return told.kind === 'refused' ? reasonOf(refusalOf(told.detail).code) : null;
}

function refusedWords(refusal: RefusalContent, say: Say): string {
  if (refusal.code.startsWith('configuration/')) return configurationRefusalWords(refusal, say);
  if (isOfProblems(refusal)) return problemRefusalWords(refusal, say);
  if (refusal.code.startsWith('problem/')) return knowledgeRefusalWords(refusal, say);
  return refusal.code.startsWith('change/')
    ? meetingRefusalWords(refusal, say)
    : releaseRefusalWords(refusal, say);
}

function wanted(told: Told, say: Say): string {
  const { act, announcement, schedule, release, change, template, board, meeting, error, problem } = told;
  if (told.item !== undefined) return `You wanted to ${itemIntentWords(told.item)}`;
  if (told.relation !== undefined) return `You wanted to ${relationIntentWords(told.relation)}`;
  if (problem !== undefined) return `You wanted to ${problemIntentWords(problem)}`;
  if (change !== undefined) return `You wanted to ${changeIntentWords(change, say)}`;
  if (error !== undefined) return `You wanted to ${knowledgeIntentWords(error)}`;
  if (board !== undefined) return `You wanted to ${boardIntentWords(board)}`;
  if (meeting !== undefined) return `You wanted to ${meetingIntentWords(meeting, say)}`;
  if (template !== undefined) return `You wanted to ${templateIntentWords(template)}`;
  if (release !== undefined) return `You wanted to ${releaseIntentWords(release, say)}`;
  if (schedule !== undefined) return `You wanted to ${scheduleIntentWords(schedule, say)}`;
  if (announcement !== undefined) return `You wanted to ${announcementIntentWords(announcement)}`;
  return act === null ? 'Something you did was not done' : `You wanted to ${intentWords(act, say)}`;
}

function refusalOf(detail: Told['detail']): RefusalContent {
  const inner = detail['refusal'];
  const refusal = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : detail;
  return { ...refusal, code: typeof refusal['code'] === 'string' ? refusal['code'] : 'unknown' };
}

/** The other side of a lost race: `Mara Lind resolved it at 14:02, before this arrived.` */
function causeWords(detail: Told['detail'], say: Say): string {
  const inner = detail['by'];
  const cause = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : detail;
  const facts = typeof cause['detail'] === 'object' && cause['detail'] !== null ? cause['detail'] : {};
  const what = happenedWords(cause['what'], facts as Readonly<Record<string, unknown>>, say);
  return `${sentence(say.person(cause['person']))} ${what} at ${say.time(cause['at'])}, before this arrived.`;
}

function happenedWords(what: unknown, facts: Readonly<Record<string, unknown>>, say: Say): string {
  switch (what) {
    case 'claimed':
      return 'took it on';
    case 'assigned':
      return facts['owner']
        ? `gave it to ${say.person(facts['owner'])}`
        : `moved it to ${say.team(facts['team'])}`;
    case 'transitioned':
    case 'stepped':
      return `made it ${stateWords(facts['to'])}`;
    case 'edited':
      return 'changed it';
    case 'priority-overridden':
      return 'set the priority';
    case 'merged':
      return `merged it into ${say.record(facts['into'])}`;
    case 'replied':
      return 'replied';
    case 'linked':
      return 'linked it';
    case 'unlinked':
      return 'removed the link';
    case 'restricted':
      return 'changed who may read it';
    case 'snoozed':
      return 'snoozed it';
    case 'alerts-silenced':
      return facts['until'] === NOT_SILENCED
        ? 'ended the silence'
        : `silenced the alerts until ${say.time(facts['until'])}`;
    default:
      return (
        majorHappenedWords(what, facts, say) ??
        escalationHappenedWords(what, facts, say) ??
        callHappenedWords(what, facts, say) ??
        'changed it'
      );
  }
}

function replacedWords(detail: Told['detail'], say: Say): string {
  const { field, value } = detail;
  if (field === 'owner') return `You made ${say.person(value)} the owner, and this was changed`;
  if (field === 'team') return `You moved this to ${say.team(value)}, and this was changed`;
  return `Your ${replacedFieldWords(detail)} was replaced`;
}

function byAt(detail: Told['detail'], say: Say): string {
  return `At ${say.time(detail['at'])} ${say.person(detail['by'])}`;
}

function noteOf(detail: Told['detail'], say: Say): string {
  const { note } = detail;
  return typeof note === 'string' && note !== ''
    ? `“${note}”`
    : `Asked at ${say.time(detail['at'])}, without a note.`;
}

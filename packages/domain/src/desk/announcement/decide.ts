/**
 * What may be done to an announcement. Of two who do the same thing at once the first in server order stands; the
 * other is told who came first. Whatever is published, moved, postponed or cancelled tells everybody in the same act.
 */
import { SYSTEM, ok, refuse, unreachable } from '../../shared/index.ts';
import type {
  Actor,
  Instant,
  ItemStanding,
  RecordId,
  Recorded,
  Result,
  Service,
  ServiceId,
  Team,
  TeamId,
  Verdict,
} from '../../shared/index.ts';
import { MAX_NOTE } from '../../shared/ticket/text.ts';
import { announcementRefusal } from './acts.ts';
import type {
  AnnouncementAct,
  AnnouncementEvent,
  AnnouncementRefusal,
  AnnouncementRefusalFacts,
  AnnouncementRefusalReason,
} from './acts.ts';
import { isOverAnnouncement, isPlanned, isPublished } from './announcement.ts';
import type { Announcement, Notice } from './announcement.ts';
import { evolveAnnouncement, movesWindow } from './evolve.ts';
import { isInAudience } from './audience.ts';
import {
  cleanFields,
  differing,
  faultBeforeTelling,
  faultOfAudience,
  faultOfWindow,
  fixedField,
} from './fields.ts';
import { stepsByClock, stepsFrom } from './lifecycle.ts';
import { dueReminder } from './notices.ts';

export interface AnnouncementContext {
  readonly actor: Actor;
  readonly now: Instant;
  readonly target: RecordId;
  /** Events that the act's author has not seen, oldest first. */
  readonly since: readonly Recorded<AnnouncementEvent>[];
  readonly services: ReadonlyMap<ServiceId, Service>;
  readonly teams: ReadonlyMap<TeamId, Team>;
  /** How an item stands; left out where that is not at hand, in the browser. */
  readonly itemStanding?: (item: RecordId) => ItemStanding | null;
  /** Whether the change that it was made of is approved; null or left out where there is none, or none is known. */
  readonly changeApproved?: boolean | null;
}

export type AnnouncementAnswer = Result<Verdict<AnnouncementEvent>, AnnouncementRefusal>;

type ActOf<Verb extends AnnouncementAct['verb']> = Extract<AnnouncementAct, { readonly verb: Verb }>;

/** `state` is null for what is not made yet. The same code decides on the server and predicts in the browser. */
export function decideAnnouncement(
  state: Announcement | null,
  act: AnnouncementAct,
  context: AnnouncementContext,
): AnnouncementAnswer {
  const { actor, target } = context;
  const isAuthor = actor.permissions.has('desk.announce');
  if (act.verb === 'acknowledge') return decideAcknowledge(state, act, context);
  if (!isAuthor || (act.verb === 'notify' && actor.id !== SYSTEM))
    return no('not-permitted', { permission: 'desk.announce' });
  // also taking them away: who may not read them does not know which there are
  if (namesItems(act) && !actor.permissions.has('configuration.read'))
    return no('not-permitted', { permission: 'configuration.read' });
  if (act.verb === 'create') return decideCreate(state, act, context);
  if (state === null) return no('no-such-announcement', { announcement: target });
  switch (act.verb) {
    case 'edit':
      return decideEdit(state, act, context);
    case 'step':
      return decideStep(state, act, context);
    case 'update':
      return decideUpdate(state, act);
    case 'notify':
      return decideNotify(state, act, context);
    default:
      return unreachable(act);
  }
}

/** The items whose standing a decision about the act looks at. */
export function itemsNamedIn(act: AnnouncementAct): readonly RecordId[] {
  return act.verb === 'create' || act.verb === 'edit' ? (act.fields.items ?? []) : [];
}

function namesItems(act: AnnouncementAct): boolean {
  return itemsNamedIn(act).length > 0 || (act.verb === 'edit' && act.fields.items !== undefined);
}

function decideCreate(
  state: Announcement | null,
  { fields }: ActOf<'create'>,
  context: AnnouncementContext,
): AnnouncementAnswer {
  if (state !== null) return no('already-exists', { record: context.target });
  const cleaned = cleanFields(fields, context);
  if (!cleaned.ok) return cleaned;
  const fault = faultOfWindow(cleaned.value) ?? faultOfAudience(cleaned.value);
  return fault === null ? yes([{ type: 'created', fields: cleaned.value }]) : refuse(fault);
}

function decideEdit(
  state: Announcement,
  { fields }: ActOf<'edit'>,
  context: AnnouncementContext,
): AnnouncementAnswer {
  const cleaned = cleanFields(fields, context, state.items);
  if (!cleaned.ok) return cleaned;
  const overtaken = fieldChangedBefore(cleaned.value, context);
  if (overtaken !== null) return no('announcement-changed', overtaken);
  const changes = differing(state, cleaned.value);
  const fixed = fixedField(state, changes);
  if (fixed !== null) return no('announcement-over', { state: state.state, ...fixed });
  if (Object.keys(changes).length === 0) return no('nothing-to-change', { field: null });
  const moves = movesWindow(state, changes);
  const after = { ...state, ...changes };
  const fault =
    faultOfAudience(after) ??
    (moves && state.state === 'scheduled' ? faultBeforeTelling(after, context.now) : faultOfWindow(after));
  if (fault !== null) return refuse(fault);
  if (moves && isPlanned(after.kind) && after.endsAt === null) return no('missing-field', { field: 'end' });
  const isPast = moves && after.endsAt !== null && after.endsAt <= context.now;
  if (isPast) return no('time-not-ahead', { until: after.endsAt ?? 0 });
  const edited: AnnouncementEvent[] = [{ type: 'edited', fields: changes }];
  // who follows the status page comes in too, by what becomes public; of them no team is
  const comeIn = changes.audience !== undefined || changes.public === true;
  if (comeIn && isPublished(state))
    edited.push({ type: 'notified', notice: 'audience', revision: state.revision, before: state.audience });
  return telling(state, edited, moves ? 'moved' : null, context);
}

function decideStep(
  state: Announcement,
  { to, message = '' }: ActOf<'step'>,
  context: AnnouncementContext,
): AnnouncementAnswer {
  const from = state.state;
  const moved = context.since.findLast(({ event }) => event.type === 'stepped');
  if (moved !== undefined) {
    const by = { person: moved.actor, at: moved.at, what: 'stepped', detail: { to: from } };
    if (from === to) return ok({ events: [], tell: [], superseded: { by, reason: 'already-done' } });
    return no('announcement-moved', { state: from, by: moved.actor, at: moved.at });
  }
  const allowed = (context.actor.id === SYSTEM ? stepsByClock : stepsFrom)(state.kind, from);
  if (!allowed.includes(to)) return no('no-such-step', { from, to, allowed });
  const words = message.trim();
  if (words.length > MAX_NOTE) return no('invalid-value', { field: 'message', value: words.length });
  const mayGoAhead = context.actor.id === SYSTEM || context.actor.permissions.has('change.manage');
  if (to === 'scheduled' && context.changeApproved === false && !mayGoAhead)
    return no('change-not-approved', {});
  const isFirstTold = to === 'scheduled' || (to === 'in_progress' && !isPublished(state));
  const fault = isFirstTold ? faultBeforeTelling(state, context.now) : null;
  if (fault !== null) return refuse(fault);
  return telling(state, [{ type: 'stepped', from, to, message: words }], noticeOfStep(state, to), context);
}

function decideUpdate(state: Announcement, { message }: ActOf<'update'>): AnnouncementAnswer {
  const words = message.trim();
  if (words === '') return no('missing-field', { field: 'message' });
  if (words.length > MAX_NOTE) return no('invalid-value', { field: 'message', value: words.length });
  if (!isPublished(state) || isOverAnnouncement(state))
    return no('announcement-over', { state: state.state, field: 'updates' });
  return yes([{ type: 'updated', message: words }]);
}

function decideNotify(
  state: Announcement,
  { notice }: ActOf<'notify'>,
  { now }: AnnouncementContext,
): AnnouncementAnswer {
  if (dueReminder(state, now) !== notice) return no('nothing-to-change', { field: notice });
  return yes([{ type: 'notified', notice, revision: state.revision }]);
}

/** It changes nothing of the announcement: who has read what is kept beside it. */
function decideAcknowledge(
  state: Announcement | null,
  { revision }: ActOf<'acknowledge'>,
  { actor, target }: AnnouncementContext,
): AnnouncementAnswer {
  if (state === null || !isPublished(state) || !isInAudience(state, actor.teams))
    return no('no-such-announcement', { announcement: target });
  if (!Number.isSafeInteger(revision) || revision < 1 || revision > state.revision)
    return no('invalid-value', { field: 'revision', value: revision });
  return yes([]);
}

/** Which occasion a step is; null for those of which nobody is told beyond the course itself. */
function noticeOfStep(state: Announcement, to: Announcement['state']): Notice | null {
  switch (to) {
    case 'scheduled':
      return 'publication';
    case 'in_progress':
      return isPublished(state) ? 'start' : 'publication';
    case 'completed':
      return 'end';
    case 'postponed':
      return 'postponed';
    case 'cancelled':
      return isPublished(state) ? 'cancelled' : null;
    case 'verifying':
    case 'draft':
      return null;
    default:
      return unreachable(to);
  }
}

/** The events, and that people were told of them: under the revision that the events bring. */
function telling(
  state: Announcement,
  events: readonly AnnouncementEvent[],
  notice: Notice | null,
  { actor, now, target }: AnnouncementContext,
): AnnouncementAnswer {
  if (notice === null) return yes(events);
  const by = { actor: actor.id, at: now };
  const after = events.reduce<Announcement>((so, event) => evolveAnnouncement(so, event, by, target), state);
  return yes([...events, { type: 'notified', notice, revision: after.revision }]);
}

/** Somebody else's change of one of these fields that the author had not seen. */
function fieldChangedBefore(
  fields: object,
  { since }: AnnouncementContext,
): AnnouncementRefusalFacts['announcement-changed'] | null {
  for (const { event, actor, at } of since.toReversed()) {
    if (event.type !== 'edited') continue;
    const field = Object.keys(event.fields).find((each) => Object.hasOwn(fields, each));
    if (field !== undefined) return { field, by: actor, at };
  }
  return null;
}

function yes(events: readonly AnnouncementEvent[]): AnnouncementAnswer {
  return ok({ events, tell: [] });
}

function no<Reason extends AnnouncementRefusalReason>(
  reason: Reason,
  facts: AnnouncementRefusalFacts[Reason],
): AnnouncementAnswer {
  return refuse(announcementRefusal(reason, facts));
}

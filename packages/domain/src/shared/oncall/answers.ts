/** What decisions about schedules share: their context, their answers, and what is wrong with a time or a note. */
import type { Recorded, Tell, Verdict } from '../decider.ts';
import type { ScheduleId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { Actor } from '../people.ts';
import { ok, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import { MAX_NOTE } from '../ticket/text.ts';
import { scheduleRefusal } from './acts.ts';
import type {
  ScheduleAct,
  ScheduleEvent,
  ScheduleRefusal,
  ScheduleRefusalFacts,
  ScheduleRefusalReason,
} from './acts.ts';
import type { Organisation } from './form.ts';
import { onCallAt } from './on-call.ts';
import { MOST_AHEAD_MS, MOST_OPEN } from './schedule.ts';
import type { Schedule, ScheduleSwap, Span } from './schedule.ts';

export interface ScheduleContext {
  readonly actor: Actor;
  readonly now: Instant;
  readonly target: ScheduleId;
  /** Events of others that the act's author has not seen, oldest first. */
  readonly since: readonly Recorded<ScheduleEvent>[];
  readonly directory: Organisation;
}

export type ScheduleAnswer = Result<Verdict<ScheduleEvent>, ScheduleRefusal>;

export type ActOf<Verb extends ScheduleAct['verb']> = Extract<ScheduleAct, { readonly verb: Verb }>;

/** An override or swap by somebody else about the same time, of which the author did not know. */
export function takenBefore(
  state: Schedule,
  spans: readonly Span[],
  { since }: ScheduleContext,
): ScheduleRefusalFacts['shift-taken'] | null {
  for (const { event, actor, at } of since.toReversed()) {
    const theirs = spansOfEvent(event);
    const met = spans.find((span) => theirs.some((their) => their.from < span.to && their.to > span.from));
    if (met !== undefined) return { person: onCallAt(state, met.from)[0] ?? null, by: actor, at };
  }
  return null;
}

function spansOfEvent(event: ScheduleEvent): readonly Span[] {
  if (event.type === 'overridden') return [event.override];
  return event.type === 'swap-answered' && event.accepted ? spansOf(event) : [];
}

export function spansOf({ gives, takes }: Pick<ScheduleSwap, 'gives' | 'takes'>): readonly Span[] {
  return takes === null ? [gives] : [gives, takes];
}

/** That nothing more fits in: of overrides and of swaps that are asked or accepted, so many are not over yet. */
export function faultOfCount({ overrides, swaps }: Schedule, now: Instant): ScheduleRefusal | null {
  const open = swaps.filter(({ state }) => state === 'asked' || state === 'accepted');
  const ends = [...overrides.map(({ to }) => to), ...open.map(endOf)];
  const isFull = ends.filter((end) => end > now).length >= MOST_OPEN;
  return isFull ? scheduleRefusal('too-many-open', { most: MOST_OPEN }) : null;
}

/** When the last of a swap's times is over. */
export function endOf(swap: Pick<ScheduleSwap, 'gives' | 'takes'>): Instant {
  return Math.max(...spansOf(swap).map(({ to }) => to));
}

/** What has begun changes hands from now on. */
export function ahead({ from, to }: Span, now: Instant): Span {
  return { from: Math.max(from, now), to };
}

export function factsOf({ id, name }: Schedule, { from, to }: Span) {
  return { schedule: id, name, from, to };
}

export function faultOfSpan({ from, to }: Span, now: Instant): ScheduleRefusal | null {
  if (!isInstant(from)) return scheduleRefusal('invalid-value', { field: 'begin', value: from });
  if (!isInstant(to)) return scheduleRefusal('invalid-value', { field: 'end', value: to });
  if (to <= from) return scheduleRefusal('end-before-begin', { beginsAt: from, endsAt: to });
  if (to <= now) return scheduleRefusal('time-not-ahead', { until: to });
  return to > now + MOST_AHEAD_MS ? scheduleRefusal('invalid-value', { field: 'end', value: to }) : null;
}

export function faultOfNote(note: string): ScheduleRefusal | null {
  return note.length > MAX_NOTE
    ? scheduleRefusal('invalid-value', { field: 'note', value: note.length })
    : null;
}

function isInstant(at: number): boolean {
  return Number.isSafeInteger(at) && at >= 0;
}

export function notYours(): ScheduleAnswer {
  return no('not-permitted', { permission: 'admin.settings' });
}

export function yes(events: readonly ScheduleEvent[], tell: readonly Tell[] = []): ScheduleAnswer {
  return ok({ events, tell });
}

export function no<Reason extends ScheduleRefusalReason>(
  reason: Reason,
  facts: ScheduleRefusalFacts[Reason],
): ScheduleAnswer {
  return refuse(scheduleRefusal(reason, facts));
}

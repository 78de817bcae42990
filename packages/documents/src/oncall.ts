import { SWAP_STATES, TURN_UNITS } from '@muster/domain/shared';
import type {
  PersonId,
  Schedule,
  ScheduleId,
  ScheduleLayer,
  ScheduleOverride,
  ScheduleSwap,
  Span,
  TeamId,
  WeeklyHours,
} from '@muster/domain/shared';
import type * as Y from 'yjs';
import { flat, id, list, oneOf, optional, text, whole } from './codec.ts';
import { isNonconforming, sift, versioned } from './nonconforming.ts';
import type { Nonconforming } from './nonconforming.ts';

const hours = flat<WeeklyHours>({ weekdays: list(whole), from: whole, to: whole });
const span = flat<Span>({ from: whole, to: whole });
const person = id<PersonId>();

export const scheduleEntry = versioned(
  1,
  flat<Omit<Schedule, 'id' | 'removedAt'>>({
    version: whole,
    name: text,
    team: optional(id<TeamId>()),
    zone: text,
    cover: optional(hours),
    layers: list(
      flat<ScheduleLayer>({
        id: id<string>(),
        name: text,
        people: list(person),
        unit: oneOf(TURN_UNITS),
        length: whole,
        handoverAt: whole,
        startsOn: text,
        hours: optional(hours),
      }),
    ),
    overrides: list(
      flat<ScheduleOverride>({
        id: id<string>(),
        from: whole,
        to: whole,
        person,
        by: person,
        note: text,
        madeAt: whole,
        since: whole,
      }),
    ),
    swaps: list(
      flat<ScheduleSwap>({
        id: id<string>(),
        by: person,
        with: person,
        gives: span,
        takes: optional(span),
        note: text,
        state: oneOf(SWAP_STATES),
        askedAt: whole,
        answeredAt: optional(whole),
        since: optional(whole),
      }),
    ),
  }),
);

/** The server alone writes; what was taken away is taken out. */
export function writeSchedule(doc: Y.Doc, { id: key, removedAt, ...schedule }: Schedule): void {
  if (removedAt === null) doc.getMap('schedules').set(key, scheduleEntry.encode(schedule));
  else removeSchedule(doc, key);
}

export function removeSchedule(doc: Y.Doc, schedule: string): void {
  doc.getMap('schedules').delete(schedule);
}

/** All schedules by id. */
export function readSchedules(doc: Y.Doc): {
  readonly schedules: ReadonlyMap<ScheduleId, Schedule>;
  readonly nonconforming: readonly Nonconforming[];
} {
  const map = doc.getMap('schedules');
  const entries = [...map.keys()].sort().map((key): Schedule | Nonconforming => {
    const entry = scheduleEntry.decode(`schedules.${key}`, map.get(key));
    return isNonconforming(entry) ? entry : { id: key as ScheduleId, ...entry, removedAt: null };
  });
  const { conforming, nonconforming } = sift<Schedule>(entries);
  return { schedules: new Map(conforming.map((each) => [each.id, each])), nonconforming };
}

/** The form of a schedule as it is edited: texts that may be unfinished, made into what the rules look at. */
import { personId, teamId } from '@muster/domain/shared';
import type { ScheduleForm, ScheduleLayer, TurnUnit, WeeklyHours } from '@muster/domain/shared';
import type { HoursDraft } from './HoursFields.svelte';
import { minuteWords, minutesOf } from './shift-words.ts';

export interface LayerDraft {
  readonly id: string;
  readonly name: string;
  readonly people: readonly string[];
  readonly unit: string;
  readonly length: string;
  readonly handoverAt: string;
  readonly startsOn: string;
  readonly hours: HoursDraft;
}

export interface ScheduleDraft {
  readonly name: string;
  readonly team: string;
  readonly zone: string;
  readonly cover: HoursDraft;
  readonly layers: readonly LayerDraft[];
}

const OFFICE_HOURS: HoursDraft = {
  on: false,
  weekdays: ['1', '2', '3', '4', '5'],
  from: '08:00',
  to: '18:00',
};
const MIDNIGHT = 24 * 60;

/** A turn of a week from Monday on, at nine. */
export function newLayer(id: string, name: string, startsOn: string): LayerDraft {
  return {
    id,
    name,
    people: [],
    unit: 'week',
    length: '1',
    handoverAt: '09:00',
    startsOn,
    hours: OFFICE_HOURS,
  };
}

export function newDraft(layer: LayerDraft, team: string): ScheduleDraft {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { name: '', team, zone: timeZone, cover: OFFICE_HOURS, layers: [layer] };
}

export function draftOf({ name, team, zone, cover, layers }: ScheduleForm): ScheduleDraft {
  return { name, team: team ?? '', zone, cover: hoursDraftOf(cover), layers: layers.map(layerDraftOf) };
}

/** What the draft says; what is unfinished becomes a value that the rules refuse by its name. */
export function formOf({ name, team, zone, cover, layers }: ScheduleDraft): ScheduleForm {
  return {
    name,
    team: team === '' ? null : teamId(team),
    zone: zone.trim(),
    cover: hoursOf(cover),
    layers: layers.map(layerOf),
  };
}

/** The Monday of a day's week, `YYYY-MM-DD`. */
export function mondayOf(at: number): string {
  const day = new Date(at);
  day.setDate(day.getDate() - ((day.getDay() + 6) % 7));
  return new Date(day.getTime() - day.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

function layerDraftOf(layer: ScheduleLayer): LayerDraft {
  const { length, handoverAt, hours } = layer;
  return {
    ...layer,
    length: String(length),
    handoverAt: minuteWords(handoverAt),
    hours: hoursDraftOf(hours),
  };
}

function layerOf(layer: LayerDraft): ScheduleLayer {
  const { people, unit, length, handoverAt, hours } = layer;
  return {
    ...layer,
    people: people.map(personId),
    unit: unit as TurnUnit,
    length: Number(length),
    handoverAt: minutesOf(handoverAt) ?? -1,
    hours: hoursOf(hours),
  };
}

function hoursDraftOf(hours: WeeklyHours | null): HoursDraft {
  if (hours === null) return OFFICE_HOURS;
  const { weekdays, from, to } = hours;
  const shown = to === MIDNIGHT ? '00:00' : minuteWords(to);
  return { on: true, weekdays: weekdays.map(String), from: minuteWords(from), to: shown };
}

function hoursOf({ on, weekdays, from, to }: HoursDraft): WeeklyHours | null {
  if (!on) return null;
  // midnight ends a day; it does not begin the one that it would be before
  const end = minutesOf(to) === 0 ? MIDNIGHT : minutesOf(to);
  return { weekdays: weekdays.map(Number), from: minutesOf(from) ?? -1, to: end ?? -1 };
}

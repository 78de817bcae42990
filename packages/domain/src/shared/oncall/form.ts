/** What a schedule's form must say; the first fault is named by its field, and by its layer where it is in one. */
import { parseDate } from '@internationalized/date';
import type { Directory } from '../directory.ts';
import type { PersonId } from '../ids.ts';
import { MAX_LABEL, cleanText } from '../ticket/text.ts';
import { scheduleRefusal } from './acts.ts';
import type { ScheduleRefusal } from './acts.ts';
import { MAX_LAYERS, MAX_TURN_LENGTH, MAX_TURN_PEOPLE, TURN_UNITS } from './schedule.ts';
import type { ScheduleForm, ScheduleLayer, WeeklyHours } from './schedule.ts';

export type Organisation = Pick<Directory, 'people' | 'teams'>;

/** Names trimmed, times as they are. */
export function cleanForm(form: ScheduleForm): ScheduleForm {
  return {
    ...form,
    name: form.name.trim(),
    layers: form.layers.map((layer) => ({ ...layer, name: layer.name.trim() })),
  };
}

/** The first thing that is wrong with a form; null when it can be kept (DSK-136). */
export function faultOfForm(form: ScheduleForm, { people, teams }: Organisation): ScheduleRefusal | null {
  const { name, team, zone, cover, layers } = form;
  if (name.trim() === '') return missing('name');
  if (cleanText(name, MAX_LABEL) === null) return invalid('name', name.length);
  if (team !== null && !teams.has(team)) return scheduleRefusal('unknown-team', { team });
  if (!isZone(zone)) return invalid('zone', zone);
  if (cover !== null && !areHours(cover)) return invalid('cover', cover);
  if (layers.length === 0) return missing('layers');
  if (layers.length > MAX_LAYERS) return invalid('layers', layers.length);
  if (new Set(layers.map(({ id }) => id)).size < layers.length) return invalid('layers', 'twice the same');
  for (const layer of layers) {
    const fault = faultOfLayer(layer, people);
    if (fault !== null) return fault;
  }
  return null;
}

function faultOfLayer(layer: ScheduleLayer, people: Organisation['people']): ScheduleRefusal | null {
  const { id, name, unit, length, handoverAt, startsOn, hours } = layer;
  const wrong = (field: string, value: unknown) =>
    scheduleRefusal('invalid-value', { field, value, layer: name });
  if (id === '' || name.trim() === '') return missing('layer-name');
  if (cleanText(name, MAX_LABEL) === null) return wrong('layer-name', name.length);
  if (layer.people.length === 0 || layer.people.length > MAX_TURN_PEOPLE)
    return wrong('people', layer.people.length);
  const stranger = layer.people.find((person) => !worksHere(people, person));
  if (stranger !== undefined) return scheduleRefusal('unknown-person', { person: stranger });
  if (!TURN_UNITS.includes(unit)) return wrong('length', unit);
  if (!isWhole(length, 1, MAX_TURN_LENGTH)) return wrong('length', length);
  if (!isWhole(handoverAt, 0, 1439)) return wrong('handover', handoverAt);
  if (!isDate(startsOn)) return wrong('startsOn', startsOn);
  if (hours !== null && !areHours(hours)) return wrong('hours', hours);
  return null;
}

/** Somebody who can be called: an account that is switched on and more than a requester's. */
export function worksHere(people: Organisation['people'], id: PersonId): boolean {
  const person = people.get(id);
  return person !== undefined && person.active && person.roles.some((role) => role !== 'requester');
}

export function areHours({ weekdays, from, to }: WeeklyHours): boolean {
  const isWeek = weekdays.length > 0 && weekdays.every((day) => isWhole(day, 1, 7));
  const isOnce = new Set(weekdays).size === weekdays.length;
  return isWeek && isOnce && isWhole(from, 0, 1439) && isWhole(to, 1, 1440);
}

export function isZone(zone: string): boolean {
  if (zone === '') return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isDate(date: string): boolean {
  if (!/^(?:19[7-9]|2[01]\d)\d-\d\d-\d\d$/.test(date)) return false;
  try {
    return parseDate(date).toString() === date;
  } catch {
    return false;
  }
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

const missing = (field: string) => scheduleRefusal('missing-field', { field });
const invalid = (field: string, value: unknown) => scheduleRefusal('invalid-value', { field, value });

/** A maintenance window or a freeze as its form holds it. */
import { cleanWindow } from '@muster/domain/change';
import type { ChangeWindow } from '@muster/domain/change';
import { occurrencesFrom } from '@muster/domain/shared';
import type { Opening, ServiceId } from '@muster/domain/shared';
import { recurrenceDraftOf, recurrenceOf } from '../recurrence/recurrence-draft.ts';
import type { RecurrenceDraft } from '../recurrence/recurrence-draft.ts';
import { wallOf } from './wall-clock.ts';

export interface WindowDraft extends RecurrenceDraft {
  readonly id: string;
  /** 0 for a new one. */
  readonly version: number;
  readonly name: string;
  readonly kind: 'maintenance' | 'freeze-soft' | 'freeze-hard';
  /** Whether it goes by the clock of what it is for. */
  readonly floats: boolean;
  readonly zone: string;
  /** None stands for all. */
  readonly services: readonly string[];
  readonly models: readonly string[];
  /** Kept as they are: they are not set here. */
  readonly classes: ChangeWindow['classes'];
}

const HOUR_MS = 3_600_000;

export function newDraft(id: string, now: number, zone: string): WindowDraft {
  const begins = Math.ceil(now / HOUR_MS) * HOUR_MS;
  return {
    id,
    version: 0,
    name: '',
    kind: 'maintenance',
    begins: wallOf(begins, zone).slice(0, 16),
    ends: wallOf(begins + 2 * HOUR_MS, zone).slice(0, 16),
    floats: false,
    zone,
    repeats: 'once',
    every: '1',
    weekdays: [],
    until: '',
    services: [],
    models: [],
    classes: null,
  };
}

export function draftOf(window: ChangeWindow, zone: string): WindowDraft {
  const { id, version, name, kind, hard, when, services, models, classes } = window;
  return {
    id,
    version,
    name,
    kind: kind === 'maintenance' ? kind : hard ? 'freeze-hard' : 'freeze-soft',
    ...recurrenceDraftOf(when),
    floats: when.zone === null,
    zone: when.zone ?? zone,
    services: services ?? [],
    models: models ?? [],
    classes,
  };
}

export function windowOf(draft: WindowDraft): ChangeWindow {
  const { id, version, name, kind, floats, zone, classes } = draft;
  return {
    id,
    version,
    name,
    kind: kind === 'maintenance' ? kind : 'freeze',
    hard: kind === 'freeze-hard',
    when: recurrenceOf(draft, floats ? null : zone),
    services: draft.services.length === 0 ? null : (draft.services as readonly ServiceId[]),
    models: draft.models.length === 0 ? null : draft.models,
    classes,
  };
}

const FIELD_WORDS: Readonly<Record<string, string>> = {
  name: 'Give it a name.',
  zone: 'This is not a time zone.',
  begins: 'Say when it begins.',
  ends: 'Say when it ends; one occurrence must be over before the next begins.',
  every: 'It comes again every 1 to 366 days or weeks.',
  until: 'The last day is not a date.',
};

/** What is wrong with it, in words; null when it can be kept. */
export function faultWords(draft: WindowDraft): string | null {
  const cleaned = cleanWindow(windowOf(draft));
  if (cleaned.ok) return null;
  const { code, field } = cleaned.refusal;
  if (code === 'change/window-ends-first') return 'It ends before it begins.';
  return FIELD_WORDS[String(field)] ?? 'Something of it cannot be used.';
}

const LOOK_AHEAD_DAYS = 800;

/** When it comes next. */
export function nextOccurrences(
  draft: WindowDraft,
  now: number,
  most: number,
  zone: string,
): readonly Opening[] {
  const found: Opening[] = [];
  for (const occurrence of occurrencesFrom(windowOf(draft).when, now, LOOK_AHEAD_DAYS, zone)) {
    found.push(occurrence);
    if (found.length === most) break;
  }
  return found;
}

/** A quarter of changes: what was done in the last three months, what goes on, and what is planned for the next weeks. */
import type { ChangeResult, ChangeWindow, PlannedValue } from '@muster/domain/change';
import { occurrencesBetween } from '@muster/domain/shared';
import { DEMO_SERVICES } from '../organisation.ts';
import type { DemoService, DemoTeamName } from '../organisation.ts';
import { Random } from '../random.ts';
import { DEMO_CALENDAR } from '../rules.ts';
import { PLACES } from '../situations/index.ts';
import { demoServiceId } from '../tickets.ts';
import { STANDARD_SUBJECTS, SUBJECTS, VERSIONS } from './subjects/index.ts';
import type { Subject } from './subjects/index.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SEED = 5;
const DAYS_BACK = 90;
const DAYS_AHEAD = 35;

/** How a change goes, as far as its time has come. */
export type Fate = ChangeResult | 'rejected' | 'cancelled' | 'held';

export interface PlannedChange {
  readonly key: string;
  readonly model: 'normal' | 'standard' | 'emergency' | 'unauthorised';
  readonly subject: Subject;
  readonly title: string;
  readonly service: DemoService;
  readonly team: DemoTeamName;
  /** Key of the template, of a standard change. */
  readonly template: string | null;
  readonly made: number;
  readonly begins: number;
  readonly ends: number;
  readonly fate: Fate;
  readonly random: Random;
  /** What it is to make of configuration items; left out for nothing. */
  readonly values?: readonly PlannedValue[];
}

/** The changes in the order in which they were written down; those of later than now are left out. */
export function quarterOf(
  windows: readonly Pick<ChangeWindow, 'kind' | 'services' | 'when'>[],
  now: number,
): readonly PlannedChange[] {
  const random = new Random(SEED);
  const planned: PlannedChange[] = [];
  for (let day = -DAYS_BACK; day < DAYS_AHEAD; day += 1) {
    // fewer the further ahead: who plans for next month is early
    const many = day > 14 ? random.between(0, 2) : day > 0 ? random.between(2, 3) : random.between(1, 3);
    for (let index = 0; index < many; index += 1) planned.push(changeOn(day, planned.length));
  }
  return planned.filter(({ made }) => made < now).sort((a, b) => a.made - b.made);

  function changeOn(day: number, index: number): PlannedChange {
    const own = new Random(SEED * 1_000 + index);
    const roll = own.next();
    // an emergency is not planned ahead
    const model =
      roll < 0.36
        ? 'standard'
        : roll < 0.94 || day > 0
          ? 'normal'
          : roll < 0.99
            ? 'emergency'
            : 'unauthorised';
    const standard = own.pick(STANDARD_SUBJECTS);
    const subject = model === 'standard' ? standard : own.pick(SUBJECTS);
    const service = serviceNamed(subject.service);
    const from = now + day * DAY;
    const hurried = model === 'emergency' || model === 'unauthorised';
    const begins = hurried
      ? from + own.between(0, 20) * 60 * MINUTE
      : slotFrom(from, service, subject.minutes, own);
    const usual = hurried
      ? 90 * MINUTE
      : (model === 'standard' ? own.between(1, 5) : own.between(5, 20)) * DAY;
    // what lies ahead has been written down already, some of it long ago
    const lead = hurried || day <= 0 ? usual : Math.max(usual, begins - now + own.between(1, 12) * DAY);
    return {
      key: `change-${index}`,
      model,
      subject,
      title: filled(subject.title, own),
      service,
      team: service.team,
      template: model === 'standard' ? standard.key : null,
      made: begins - lead,
      begins,
      ends: begins + subject.minutes * MINUTE,
      fate: fateOf(model, own),
      random: own,
    };
  }

  /** A place in the maintenance windows of the service. */
  function slotFrom(from: number, service: DemoService, minutes: number, own: Random): number {
    const id = demoServiceId(service);
    const window = windows.find(
      ({ kind, services }) => kind === 'maintenance' && services?.includes(id) === true,
    );
    const openings =
      window === undefined ? [] : occurrencesBetween(window.when, from, from + 8 * DAY, DEMO_CALENDAR.zone);
    const opening = openings.find(({ from: start }) => start >= from);
    const start = opening?.from ?? from;
    const spare = opening === undefined ? 0 : Math.max(0, opening.to - start - minutes * MINUTE);
    return start + Math.floor((own.next() * spare) / (15 * MINUTE)) * 15 * MINUTE;
  }
}

function fateOf(model: PlannedChange['model'], random: Random): Fate {
  const roll = random.next();
  if (model === 'unauthorised') return 'issues';
  if (roll < 0.83) return 'successful';
  if (roll < 0.9) return 'issues';
  if (roll < 0.93) return 'backed_out';
  if (roll < 0.95) return 'failed';
  if (model !== 'normal') return 'successful';
  return roll < 0.975 ? 'rejected' : roll < 0.99 ? 'cancelled' : 'held';
}

function filled(title: string, random: Random): string {
  return title.replace('{place}', random.pick(PLACES)).replace('{version}', random.pick(VERSIONS));
}

export function serviceNamed(name: string): DemoService {
  const found = DEMO_SERVICES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no service ${name} in the demonstration`);
  return found;
}

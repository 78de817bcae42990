/** How long the conflicts of one change take to find while it is dragged over a quarter of 2,000 changes and 200 windows. */
import { ConflictIndex, nextFreeSlot } from '@muster/domain/change';
import type { ChangeWindow, Dependencies, ItemId, Planned } from '@muster/domain/change';
import { personId, recordId } from '@muster/domain/shared';
import { median, quantile, report } from './report.ts';
import { sequence } from './sequence.ts';

const CHANGES = 2_000;
const WINDOWS = 200;
const ITEMS = 3_000;
const DRAGS = 400;
/** Places that the pointer comes to in one drag. */
const PLACES = 10;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FROM = Date.UTC(2026, 6, 1);
const DAYS = 92;
const ZONES = ['Europe/Zurich', 'America/New_York', 'Asia/Tokyo', null] as const;

const pick = sequence(7);
const items = Array.from({ length: ITEMS }, (_, at): ItemId => recordId(`item-${at}`));
const itemAt = (at: number): ItemId => items[at] ?? recordId('none');
const place = new Map(items.map((item, at) => [item, at]));

/** A tree: each item hangs on one and has eight of its own; ten classes. */
const dependencies: Dependencies = {
  isKnown: (item) => place.has(item),
  isRetired: () => false,
  parentsOf: (item) => (place.get(item) ? [itemAt(Math.floor(((place.get(item) ?? 0) - 1) / 8))] : []),
  childrenOf: (item) => {
    const first = (place.get(item) ?? 0) * 8 + 1;
    return Array.from({ length: 8 }, (_, at) => first + at)
      .filter((at) => at < ITEMS)
      .map(itemAt);
  },
  classOf: (item) => `class-${(place.get(item) ?? 0) % 10}`,
  stayingOf: (item) => item,
  joinedInto: () => [],
  servicesOf: () => [],
  zoneOf: () => null,
};

const windows = Array.from({ length: WINDOWS }, (_, at): ChangeWindow => {
  const hour = String(pick(20)).padStart(2, '0');
  const day = String(1 + pick(28)).padStart(2, '0');
  const weekdays = [1 + pick(7)];
  return {
    id: `window-${at}`,
    version: 1,
    name: `Window ${at}`,
    kind: at % 2 === 0 ? 'maintenance' : 'freeze',
    hard: at % 4 === 1,
    when: {
      zone: ZONES[at % ZONES.length] ?? null,
      begins: `2026-06-${day}T${hour}:00`,
      ends: `2026-06-${day}T${hour}:59`,
      repeats: { unit: 'week', every: 1 + (at % 3), weekdays, until: null },
    },
    services: null,
    classes: [`class-${at % 10}`],
    models: null,
  };
});

const planned = (at: number): Planned => {
  const begins = FROM + pick(DAYS * 24) * HOUR;
  return {
    id: recordId(`change-${at}`),
    model: 'normal',
    items: Array.from({ length: 1 + pick(5) }, () => itemAt(pick(ITEMS))),
    owner: personId(`person-${pick(40)}`),
    begins,
    ends: begins + (1 + pick(8)) * HOUR,
  };
};

const changes = Array.from({ length: CHANGES }, (_, at) => planned(at));
const built = performance.now();
const index = new ConflictIndex({ windows, dependencies, zone: 'Europe/Zurich' }, changes);
const builtMs = performance.now() - built;

const steps: number[] = [];
const firsts: number[] = [];
let found = 0;
for (let drag = 0; drag < DRAGS; drag += 1) {
  let change = changes[pick(CHANGES)] ?? planned(0);
  for (let at = 0; at < PLACES; at += 1) {
    const by = (pick(DAYS) - DAYS / 2) * DAY;
    change = { ...change, begins: change.begins + by, ends: change.ends + by };
    const from = performance.now();
    found += index.conflictsOf(change).length;
    const tookMs = performance.now() - from;
    steps.push(tookMs);
    if (at === 0) firsts.push(tookMs);
  }
  index.set(change);
}

const slots: number[] = [];
for (let at = 0; at < 50; at += 1) {
  const change = changes[pick(CHANGES)] ?? planned(0);
  const from = performance.now();
  nextFreeSlot(index, change, FROM);
  slots.push(performance.now() - from);
}

await report('change-conflicts', [
  { what: `index of ${CHANGES} changes and ${WINDOWS} windows`, value: builtMs, unit: 'ms' },
  { what: `conflicts at a place of a drag, median of ${steps.length}`, value: median(steps), unit: 'ms' },
  { what: 'conflicts at a place of a drag, p95', value: quantile(steps, 0.95), unit: 'ms', target: 100 },
  { what: 'conflicts at a place of a drag, slowest', value: Math.max(...steps), unit: 'ms' },
  { what: 'conflicts at the first place of a drag, p95', value: quantile(firsts, 0.95), unit: 'ms' },
  { what: 'conflicts found in all', value: found, unit: 'rows' },
  { what: 'next free place, p95 of 50', value: quantile(slots, 0.95), unit: 'ms' },
]);

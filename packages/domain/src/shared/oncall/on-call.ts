/** Who is on call: the highest layer that has somebody, as overrides and accepted swaps changed it, in their order. */
import { DAY_MS } from '../calendar/wall-clock.ts';
import type { OnCall } from '../decider.ts';
import type { Directory } from '../directory.ts';
import type { PersonId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import { dutiesBetween } from './duties.ts';
import type { Duty } from './duties.ts';
import type { Schedule, ScheduleForm, ScheduleOverride, Span } from './schedule.ts';

/** Why a person is on call. */
export type ShiftSource =
  | { readonly kind: 'layer'; readonly layer: string }
  | { readonly kind: 'override'; readonly override: string }
  | { readonly kind: 'swap'; readonly swap: string };

/** Time in which one person is on call for one reason, within one turn of the layer. */
export interface Shift extends Span {
  readonly person: PersonId;
  readonly source: ShiftSource;
  /** Whom the layers name; null where they name nobody. */
  readonly planned: PersonId | null;
}

/**
 * Who is on call at an instant, to be told first to last: nobody in a gap, one person otherwise (DSK-130). The list
 * leaves room for schedules that have several at once.
 */
export function onCallAt(schedule: Schedule, instant: Instant): readonly PersonId[] {
  return shiftsBetween(schedule, instant, instant + 1).map(({ person }) => person);
}

/**
 * Who is on call between two instants: shifts in order, without overlap, cut to the two (DSK-132). Between them are
 * the gaps.
 */
export function shiftsBetween(schedule: Schedule, from: Instant, to: Instant): readonly Shift[] {
  return shiftsOf(planBetween(schedule, from, to), schedule);
}

/** What the layers of a schedule name between two instants, before anything was changed by hand. */
export interface Plan extends Span {
  readonly layers: readonly LayerDuties[];
}

interface LayerDuties {
  readonly id: string;
  /** In order, without overlap. */
  readonly duties: readonly Duty[];
}

export function planBetween({ layers, zone }: ScheduleForm, from: Instant, to: Instant): Plan {
  return {
    from,
    to,
    layers: layers.map((layer) => ({ id: layer.id, duties: dutiesBetween(layer, zone, from, to) })),
  };
}

/** The shifts that become of a plan by what was changed by hand. Passes each duty and each change once. */
export function shiftsOf({ layers, from, to }: Plan, changedBy: Changed): readonly Shift[] {
  const changes = changesOf(changedBy).filter((change) => change.from < to && change.to > from);
  const edges = edgesOf([...layers.flatMap(({ duties }) => duties), ...changes], from, to);
  const plannedAt = followDuties(layers);
  const changesAt = followChanges(changes);
  const shifts: { shift: Shift; duty: Duty | null }[] = [];
  for (const [index, begin] of edges.slice(0, -1).entries()) {
    const end = edges[index + 1] ?? to;
    const found = plannedAt(begin);
    const shift = changed(found, changesAt(begin), { from: begin, to: end });
    if (shift === null) continue;
    const before = shifts.at(-1);
    const duty = found?.duty ?? null;
    if (before?.shift.to === begin && before.duty === duty && isSame(before.shift, shift)) {
      before.shift = { ...before.shift, to: end };
    } else shifts.push({ shift, duty });
  }
  return shifts.map(({ shift }) => shift);
}

/** No shift is longer, in ms: it lies within one turn, or within one change where nobody has a turn. */
export function longestShiftMs(schedule: Schedule): number {
  const turns = schedule.layers.map(({ unit, length }) => length * (unit === 'week' ? 7 : 1) * DAY_MS);
  // the clock of the zone may change within a turn
  const longest = turns.map((ms) => ms + DAY_MS);
  return Math.max(0, ...longest, ...changesOf(schedule).map(({ from, to }) => to - from));
}

type Changed = Pick<Schedule, 'overrides' | 'swaps'>;

/** An override, or one side of an accepted swap: then only instead of one person. */
interface Change extends Span {
  readonly since: number;
  readonly person: PersonId;
  readonly insteadOf: PersonId | null;
  readonly source: ShiftSource;
}

/** In the order in which they were made. */
function changesOf({ overrides, swaps }: Changed): readonly Change[] {
  const ofSwaps = swaps.flatMap(({ id, since, by, with: other, gives, takes }): Change[] => {
    if (since === null) return [];
    const source = { kind: 'swap', swap: id } as const;
    const given: Change = { ...gives, since, person: other, insteadOf: by, source };
    return takes === null ? [given] : [given, { ...takes, since, person: by, insteadOf: other, source }];
  });
  return [...overrides.map(changeOf), ...ofSwaps].toSorted((a, b) => a.since - b.since);
}

function changeOf({ id, from, to, since, person }: ScheduleOverride): Change {
  return { from, to, since, person, insteadOf: null, source: { kind: 'override', override: id } };
}

interface Planned {
  readonly layer: string;
  readonly duty: Duty;
}

/** Whom the layers name at an instant; each time it is asked for a later one. */
function followDuties(layers: readonly LayerDuties[]): (at: Instant) => Planned | null {
  const followed = layers.map(({ id, duties }) => ({ id, duties, next: 0 }));
  return (at) => {
    for (const layer of followed) {
      let duty = layer.duties[layer.next];
      while (duty !== undefined && duty.to <= at) duty = layer.duties[(layer.next += 1)];
      if (duty !== undefined && duty.from <= at) return { layer: layer.id, duty };
    }
    return null;
  };
}

/** Those of the changes that hold at an instant, in their order; each time it is asked for a later one. */
function followChanges(changes: readonly Change[]): (at: Instant) => readonly Change[] {
  const coming = changes
    .map((change, place) => ({ change, place }))
    .toSorted((a, b) => a.change.from - b.change.from);
  let next = 0;
  let held: typeof coming = [];
  return (at) => {
    const begun = next;
    while ((coming[next]?.change.from ?? Infinity) <= at) next += 1;
    if (next > begun || held.some(({ change }) => change.to <= at)) {
      held = [...held, ...coming.slice(begun, next)]
        .filter(({ change }) => change.to > at)
        .toSorted((a, b) => a.place - b.place);
    }
    return held.map(({ change }) => change);
  };
}

/** Nothing begins or ends within the span, so that it has one answer. `changes` are those that hold in it. */
function changed(found: Planned | null, changes: readonly Change[], span: Span): Shift | null {
  let person = found?.duty.person ?? null;
  let source: ShiftSource | null = found === null ? null : { kind: 'layer', layer: found.layer };
  for (const change of changes) {
    if (change.insteadOf !== null && change.insteadOf !== person) continue;
    ({ person, source } = change);
  }
  if (person === null || source === null) return null;
  return { ...span, person, source, planned: found?.duty.person ?? null };
}

function edgesOf(spans: readonly Span[], from: Instant, to: Instant): readonly Instant[] {
  const edges = new Set([from, to]);
  for (const span of spans)
    for (const edge of [span.from, span.to]) if (edge > from && edge < to) edges.add(edge);
  return to > from ? [...edges].sort((a, b) => a - b) : [];
}

function isSame(a: Shift, b: Shift): boolean {
  return a.person === b.person && a.planned === b.planned && sourceKey(a.source) === sourceKey(b.source);
}

/** Sources are equal when their keys are. */
export function sourceKey(source: ShiftSource): string {
  switch (source.kind) {
    case 'layer':
      return `layer:${source.layer}`;
    case 'override':
      return `override:${source.override}`;
    case 'swap':
      return `swap:${source.swap}`;
  }
}

/** Looks up who is on call among these schedules. */
export function onCallIn({ schedules }: Pick<Directory, 'schedules'>): OnCall {
  return (id, at) => {
    const schedule = schedules.get(id);
    return schedule === undefined || schedule.removedAt !== null ? [] : onCallAt(schedule, at);
  };
}

/** Who is on call: the highest layer that has somebody, as overrides and accepted swaps changed it, in their order. */
import type { OnCall } from '../decider.ts';
import type { Directory } from '../directory.ts';
import type { PersonId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import { dutiesBetween } from './duties.ts';
import type { Duty } from './duties.ts';
import type { ScheduleOverride, Schedule, Span } from './schedule.ts';

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
  const layers = schedule.layers.map(({ id, ...layer }) => ({
    id,
    duties: dutiesBetween({ id, ...layer }, schedule.zone, from, to),
  }));
  const changes = changesOf(schedule).filter((change) => change.from < to && change.to > from);
  const edges = edgesOf([...layers.flatMap(({ duties }) => duties), ...changes], from, to);
  const shifts: { shift: Shift; duty: Duty | null }[] = [];
  for (const [index, begin] of edges.slice(0, -1).entries()) {
    const end = edges[index + 1] ?? to;
    const found = planned(layers, begin);
    const shift = changed(found, changes, { from: begin, to: end });
    if (shift === null) continue;
    const before = shifts.at(-1);
    const duty = found?.duty ?? null;
    if (before?.shift.to === begin && before.duty === duty && isSame(before.shift, shift)) {
      before.shift = { ...before.shift, to: end };
    } else shifts.push({ shift, duty });
  }
  return shifts.map(({ shift }) => shift);
}

interface LayerDuties {
  readonly id: string;
  readonly duties: readonly Duty[];
}

/** An override, or one side of an accepted swap: then only instead of one person. */
interface Change extends Span {
  readonly since: number;
  readonly person: PersonId;
  readonly insteadOf: PersonId | null;
  readonly source: ShiftSource;
}

function changesOf({ overrides, swaps }: Schedule): readonly Change[] {
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

function planned(layers: readonly LayerDuties[], at: Instant): { layer: string; duty: Duty } | null {
  for (const { id, duties } of layers) {
    const duty = duties.find((each) => each.from <= at && each.to > at);
    if (duty !== undefined) return { layer: id, duty };
  }
  return null;
}

/** Nothing begins or ends within the span, so that it has one answer. */
function changed(
  found: { readonly layer: string; readonly duty: Duty } | null,
  changes: readonly Change[],
  span: Span,
): Shift | null {
  let person = found?.duty.person ?? null;
  let source: ShiftSource | null = found === null ? null : { kind: 'layer', layer: found.layer };
  for (const change of changes) {
    if (change.from > span.from || change.to <= span.from) continue;
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

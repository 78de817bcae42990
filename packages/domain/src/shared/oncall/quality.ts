/** How good a schedule is: what it leaves open, and how evenly it spreads over its people. */
import type { PersonId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import { hoursBetween } from './duties.ts';
import { shiftsBetween } from './on-call.ts';
import type { Shift } from './on-call.ts';
import type { Schedule, Span } from './schedule.ts';

const QUALITY_MS = 12 * 7 * 24 * 60 * 60 * 1000;

export interface Load {
  readonly person: PersonId;
  readonly ms: number;
  /** Of all that is covered, 0 to 1. */
  readonly share: number;
}

/** Figures of the twelve weeks from an instant on. */
export interface Quality extends Span {
  /** Of the time in which somebody is to be on call, that in which nobody is: 0 to 1. */
  readonly gapShare: number;
  /** 1 when everybody is on call as long as everybody else, 0 when one of many is it alone. */
  readonly balance: number;
  /** 0 to 100: what is covered, times how evenly. */
  readonly score: number;
  /** Everybody whom the layers name or who takes a shift, the most loaded first. */
  readonly load: readonly Load[];
}

/** When somebody is to be on call and nobody is (DSK-133). */
export function gapsBetween(schedule: Schedule, from: Instant, to: Instant): readonly Span[] {
  return without(wantedBetween(schedule, from, to), shiftsBetween(schedule, from, to));
}

/** The quality of a schedule over the twelve weeks from an instant on (DSK-134). */
export function qualityFrom(schedule: Schedule, from: Instant): Quality {
  const to = from + QUALITY_MS;
  const shifts = shiftsBetween(schedule, from, to);
  const wanted = wantedBetween(schedule, from, to);
  const wantedMs = lengthOf(wanted);
  const gapShare = wantedMs === 0 ? 0 : lengthOf(without(wanted, shifts)) / wantedMs;
  const load = loadOf(schedule, shifts);
  const balance = balanceOf(load);
  return { from, to, gapShare, balance, score: Math.round(100 * (1 - gapShare) * balance), load };
}

function wantedBetween({ cover, zone }: Schedule, from: Instant, to: Instant): readonly Span[] {
  if (cover !== null) return hoursBetween(cover, zone, from, to);
  return to > from ? [{ from, to }] : [];
}

function loadOf({ layers }: Schedule, shifts: readonly Shift[]): readonly Load[] {
  const times = new Map<PersonId, number>(
    layers.flatMap(({ people }) => people.map((person) => [person, 0])),
  );
  for (const { person, from, to } of shifts) times.set(person, (times.get(person) ?? 0) + to - from);
  const total = lengthOf(shifts);
  return [...times]
    .map(([person, ms]) => ({ person, ms, share: total === 0 ? 0 : ms / total }))
    .sort((a, b) => b.ms - a.ms || (a.person < b.person ? -1 : 1));
}

/** Part of the load that would change hands to make it even, set against the most that ever could. */
function balanceOf(load: readonly Load[]): number {
  const even = 1 / load.length;
  if (load.length < 2 || load.every(({ share }) => share === 0)) return 1;
  const over = load.reduce((sum, { share }) => sum + Math.max(0, share - even), 0);
  return 1 - over / (1 - even);
}

/** What is left of spans where others are not; both are in order and without overlap. */
function without(spans: readonly Span[], others: readonly Span[]): readonly Span[] {
  let next = 0;
  return spans.flatMap((span) => {
    const left: Span[] = [];
    let from = span.from;
    for (let other = others[next]; other !== undefined && other.from < span.to; other = others[next]) {
      if (other.from > from) left.push({ from, to: other.from });
      from = Math.max(from, other.to);
      // what reaches beyond this span meets the next one too
      if (other.to > span.to) break;
      next += 1;
    }
    if (from < span.to) left.push({ from, to: span.to });
    return left;
  });
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

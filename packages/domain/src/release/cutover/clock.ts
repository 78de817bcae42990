/**
 * The cut-over clock: when each step of a checklist can begin and end at the earliest, how long it may slip, and when
 * everything is done, from what is done and from now. It is kept, not computed anew: a tick or a second that passes
 * costs as much as the times that it changes. What is done keeps its times; what is under way ends when it was planned
 * to, or now if that has passed; what is still to come begins when all that it waits for has ended.
 */
import type { Instant } from '../../shared/index.ts';
import { topological } from '../checklist/graph.ts';

/** Of a step, what the clock looks at. */
export interface TimedStep {
  readonly id: string;
  readonly minutes: number;
  readonly after: readonly string[];
  readonly startedAt: Instant | null;
  readonly tick: { readonly at: Instant } | null;
}

export interface StepTimes {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** When it must begin and end so that nothing ends later; null for what is done. */
  readonly latestStartAt: Instant | null;
  readonly latestEndAt: Instant | null;
  /** How long it may slip, in ms; null for what is done. */
  readonly slackMs: number | null;
}

const MINUTE_MS = 60_000;

interface Node {
  readonly step: TimedStep;
  readonly ms: number;
  readonly before: readonly number[];
  readonly behind: number[];
  starts: Instant;
  ends: Instant;
  /** The longest way from its end to the end of all, over what has not begun. Kept for steps that are not done. */
  tail: number;
  /** How many steps that it waits for are not done. */
  waits: number;
}

export class CutoverClock {
  readonly #startsAt: Instant;
  #now: Instant;
  /** In topological order, so that a step's place is above the places of all that it waits for. */
  #nodes: Node[] = [];
  #places = new Map<string, number>();
  /** Places of steps whose times hang on now: under way, or waiting for nothing any more. */
  #live = new Set<number>();
  #last = -1;
  #plannedMs = 0;
  #computed = 0;

  /** `startsAt`: when the deployment begins as planned, or began. */
  constructor(steps: readonly TimedStep[], at: { readonly startsAt: Instant; readonly now: Instant }) {
    this.#startsAt = at.startsAt;
    this.#now = at.now;
    this.#build(steps);
  }

  /** When all is done, as it looks now, or was; null without steps. */
  get projectedEndAt(): Instant | null {
    return this.#nodes[this.#last]?.ends ?? null;
  }

  /** When all would be done if everything began on time and took what was planned; null without steps. */
  get plannedEndAt(): Instant | null {
    return this.#nodes.length === 0 ? null : this.#startsAt + this.#plannedMs;
  }

  /** Times computed since it was made: what its work grows with. */
  get computed(): number {
    return this.#computed;
  }

  timesOf(id: string): StepTimes | null {
    const node = this.#nodes[this.#places.get(id) ?? -1];
    if (node === undefined) return null;
    const { starts: startsAt, ends: endsAt, ms, tail, step } = node;
    if (step.tick !== null)
      return { startsAt, endsAt, latestStartAt: null, latestEndAt: null, slackMs: null };
    const latestEndAt = (this.projectedEndAt ?? endsAt) - tail;
    const latestStartAt = step.startedAt ?? latestEndAt - ms;
    return { startsAt, endsAt, latestStartAt, latestEndAt, slackMs: latestEndAt - endsAt };
  }

  /** The steps that the end hangs on, first to last, as far as they are not done. */
  criticalPath(): readonly string[] {
    const path: string[] = [];
    let node = this.#nodes[this.#last];
    while (node !== undefined && node.step.tick === null) {
      path.push(node.step.id);
      const { starts, before, step }: Node = node;
      const held: number | undefined =
        step.startedAt === null
          ? before.find((place) => this.#nodes[place]?.ends === starts && !this.#isDone(place))
          : undefined;
      node = held === undefined ? undefined : this.#nodes[held];
    }
    return path.toReversed();
  }

  /** Takes over the checklist as it is now: only what changed is looked at, unless what is planned changed. */
  update(steps: readonly TimedStep[]): void {
    const isPlanSame =
      steps.length === this.#nodes.length &&
      steps.every((step) => {
        const known = this.#nodes[this.#places.get(step.id) ?? -1]?.step;
        return known !== undefined && (known === step || isSamePlan(known, step));
      });
    if (!isPlanSame) {
      this.#build(steps);
      return;
    }
    for (const step of steps) {
      if (this.#nodes[this.#places.get(step.id) ?? -1]?.step !== step) this.set(step);
    }
  }

  /** A step that was started, ticked or unticked. Its minutes and what it waits for are as before. */
  set(step: TimedStep): void {
    const place = this.#places.get(step.id);
    const old = this.#nodes[place ?? -1];
    if (place === undefined || old === undefined) return;
    const node = { ...old, step };
    this.#nodes[place] = node;
    const isDone = step.tick !== null;
    const wasDone = old.step.tick !== null;
    const changed = [place];
    if (isDone !== wasDone) {
      for (const each of node.behind) {
        const follower = this.#nodes[each];
        if (follower === undefined) continue;
        follower.waits += isDone ? -1 : 1;
        this.#enlist(each);
        changed.push(each);
      }
    }
    this.#retail(place);
    this.#enlist(place);
    this.#settle(changed);
  }

  /** Time has passed. */
  advance(now: Instant): void {
    this.#now = now;
    this.#settle([...this.#live]);
  }

  #build(steps: readonly TimedStep[]): void {
    const ordered = topological(steps);
    this.#places = new Map(ordered.map(({ id }, place) => [id, place]));
    this.#nodes = ordered.map((step) => ({
      step,
      ms: step.minutes * MINUTE_MS,
      before: step.after.flatMap((id) => this.#places.get(id) ?? []),
      behind: [],
      starts: Number.NaN,
      ends: Number.NaN,
      tail: 0,
      waits: 0,
    }));
    this.#live.clear();
    this.#last = -1;
    const planned: number[] = [];
    for (const [place, node] of this.#nodes.entries()) {
      for (const each of node.before) this.#nodes[each]?.behind.push(place);
      node.waits = node.before.filter((each) => !this.#isDone(each)).length;
      planned.push(node.ms + Math.max(0, ...node.before.map((each) => planned[each] ?? 0)));
      this.#enlist(place);
    }
    this.#plannedMs = planned.reduce((most, each) => Math.max(most, each), 0);
    for (let place = this.#nodes.length - 1; place >= 0; place -= 1) {
      const node = this.#nodes[place];
      if (node !== undefined) node.tail = this.#tailOf(node);
    }
    this.#settle(this.#nodes.keys());
  }

  /** Computes the times at these places, and at those behind them as long as something changes. */
  #settle(places: Iterable<number>): void {
    const open = new Worklist(places);
    let rescan = this.#last < 0;
    for (let place = open.next(); place !== undefined; place = open.next()) {
      const node = this.#nodes[place];
      if (node === undefined) continue;
      const before = node.ends;
      [node.starts, node.ends] = this.#timesAt(node);
      this.#computed += 1;
      if (node.ends === before) continue;
      for (const each of node.behind) if (!this.#isSet(each)) open.add(each);
      if (place === this.#last && node.ends < before) rescan = true;
      else if (node.ends > (this.projectedEndAt ?? -Infinity)) this.#last = place;
    }
    // only the step that ends last, ending earlier, leaves open which one does now
    if (rescan) this.#last = this.#placeOfLast();
  }

  #timesAt({ step, ms, before }: Node): [Instant, Instant] {
    const { startedAt, tick } = step;
    if (tick !== null) return [Math.min(startedAt ?? tick.at - ms, tick.at), tick.at];
    if (startedAt !== null) return [startedAt, Math.max(startedAt + ms, this.#now)];
    let starts = Math.max(this.#startsAt, this.#now);
    for (const place of before) starts = Math.max(starts, this.#nodes[place]?.ends ?? starts);
    return [starts, starts + ms];
  }

  /** Computes the ways to the end that lead over a step anew: its own, and those of what it has not waited for. */
  #retail(place: number): void {
    const open = [place];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const node = this.#nodes[at];
      if (node === undefined) continue;
      const tail = this.#tailOf(node);
      if (tail === node.tail && at !== place) continue;
      node.tail = tail;
      this.#computed += 1;
      open.push(...node.before.filter((each) => !this.#isDone(each)));
    }
  }

  /** What has begun without waiting for a step does not hang on it any more. */
  #tailOf({ behind }: Node): number {
    let tail = 0;
    for (const place of behind) {
      const node = this.#nodes[place];
      if (node !== undefined && !this.#isSet(place)) tail = Math.max(tail, node.ms + node.tail);
    }
    return tail;
  }

  #enlist(place: number): void {
    const node = this.#nodes[place];
    const isLive =
      node !== undefined && node.step.tick === null && (node.step.startedAt !== null || node.waits === 0);
    if (isLive) this.#live.add(place);
    else this.#live.delete(place);
  }

  /** Whether the times of a step hang on nothing before it. */
  #isSet(place: number): boolean {
    const step = this.#nodes[place]?.step;
    return step !== undefined && (step.tick !== null || step.startedAt !== null);
  }

  #isDone(place: number): boolean {
    return this.#nodes[place]?.step.tick != null;
  }

  #placeOfLast(): number {
    let last = -1;
    for (const [place, { ends }] of this.#nodes.entries())
      if (last < 0 || ends > (this.#nodes[last]?.ends ?? 0)) last = place;
    return last;
  }
}

/** Places still to be computed, the first in topological order next, each once. */
class Worklist {
  /** Descending. */
  readonly #places: number[];

  constructor(places: Iterable<number>) {
    this.#places = [...new Set(places)].toSorted((a, b) => b - a);
  }

  next(): number | undefined {
    return this.#places.pop();
  }

  add(place: number): void {
    let from = 0;
    let to = this.#places.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#places[middle] ?? -1) > place) from = middle + 1;
      else to = middle;
    }
    if (this.#places[from] !== place) this.#places.splice(from, 0, place);
  }
}

function isSamePlan(one: TimedStep, other: TimedStep): boolean {
  return (
    one.minutes === other.minutes &&
    (one.after === other.after ||
      (one.after.length === other.after.length && one.after.every((id, at) => id === other.after[at])))
  );
}

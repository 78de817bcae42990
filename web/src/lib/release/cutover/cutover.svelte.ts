import { CutoverClock, cutoverStart, deploymentSteps } from '@muster/domain/release';
import type { Release, Step, StepTimes } from '@muster/domain/release';
import type { Instant } from '@muster/domain/shared';

/** How the deployment stands now. */
export interface CutoverView {
  /** Steps of the deployment, as they stand on the checklist. */
  readonly steps: readonly Step[];
  readonly startsAt: Instant;
  /** Nobody has said when it begins: times count from when it was first looked at. */
  readonly isUndated: boolean;
  readonly now: Instant;
  /** Null without steps. */
  readonly plannedEndAt: Instant | null;
  readonly projectedEndAt: Instant | null;
  /** How much later than planned it ends, in ms; below 0 earlier. */
  readonly lateMs: number;
  /** The steps that the end hangs on, first to last. */
  readonly path: readonly string[];
  readonly critical: ReadonlySet<string>;
  timesOf(step: string): StepTimes | null;
  /** When it was to begin and to end. */
  plannedOf(step: string): Pick<StepTimes, 'startsAt' | 'endsAt'> | null;
}

export const MINUTE_MS = 60_000;

/**
 * The cut-over clock of an open release. It is kept: a tick and a minute cost the times that they change. One clock for
 * all rows; they read it, none has a timer.
 */
export class Cutover {
  readonly #source: CutoverSource;
  /** Changes once a minute, however often the clock that it is read from does. */
  readonly #minute = $derived.by(() => Math.floor(this.#source.now / MINUTE_MS) * MINUTE_MS);
  readonly #view = $derived.by(() => this.#look());
  #clock: CutoverClock | null = null;
  /** The same plan if everything went as planned. */
  #plan: CutoverClock | null = null;
  #planned: readonly Step[] = [];
  #startsAt = Number.NaN;
  #now = Number.NaN;
  #undatedAt: Instant | null = null;

  constructor(source: CutoverSource) {
    this.#source = source;
  }

  /** Null until the release is here. Subscribes to all of it and to the minute. */
  get view(): CutoverView | null {
    return this.#view;
  }

  #look(): CutoverView | null {
    const { release } = this.#source;
    const now = this.#minute;
    if (release === undefined) return null;
    const steps = deploymentSteps(release);
    const begins = cutoverStart(release);
    const startsAt = begins ?? (this.#undatedAt ??= now);
    const [clock, plan] = this.#keep(steps, startsAt, now);
    const { plannedEndAt, projectedEndAt } = clock;
    const path = clock.criticalPath();
    return {
      ...{ steps, startsAt, now, plannedEndAt, projectedEndAt, path },
      isUndated: begins === null,
      lateMs: (projectedEndAt ?? 0) - (plannedEndAt ?? 0),
      critical: new Set(path),
      timesOf: (step) => clock.timesOf(step),
      plannedOf: (step) => plan.timesOf(step),
    };
  }

  #keep(steps: readonly Step[], startsAt: Instant, now: Instant): readonly [CutoverClock, CutoverClock] {
    const isStartSame = startsAt === this.#startsAt;
    if (this.#clock === null || !isStartSame) this.#clock = new CutoverClock(steps, { startsAt, now });
    else {
      if (now !== this.#now) this.#clock.advance(now);
      this.#clock.update(steps);
    }
    if (this.#plan === null || !isStartSame || !isSamePlan(steps, this.#planned)) {
      const untouched = steps.map((step) => ({ ...step, startedAt: null, tick: null }));
      this.#plan = new CutoverClock(untouched, { startsAt, now: startsAt });
    }
    [this.#startsAt, this.#now, this.#planned] = [startsAt, now, steps];
    return [this.#clock, this.#plan];
  }
}

function isSamePlan(one: readonly Step[], other: readonly Step[]): boolean {
  return (
    one.length === other.length &&
    one.every((step, index) => {
      const known = other[index];
      if (step === known) return true;
      return (
        step.id === known?.id &&
        step.minutes === known.minutes &&
        step.after.length === known.after.length &&
        step.after.every((id, at) => id === known.after[at])
      );
    })
  );
}

export interface CutoverSource {
  readonly release: Release | undefined;
  /** Epoch ms. */
  readonly now: Instant;
}

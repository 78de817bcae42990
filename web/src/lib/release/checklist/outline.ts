/** What of a checklist is shown, in which order, and how far it has come. */
import { isDone } from '@muster/domain/release';
import type { Phase, Release, Step } from '@muster/domain/release';
import type { PersonId } from '@muster/domain/shared';

export const STEP_FILTERS = ['all', 'mine', 'open', 'blocked', 'critical'] as const;
export type StepFilter = (typeof STEP_FILTERS)[number];

/** A line of the list: the head of a section or a step, by id, so that a line that stays is the same value. */
export type Line = `phase:${string}` | `step:${string}`;

export interface Shown {
  readonly filter: StepFilter;
  readonly me: PersonId;
  /** Steps that the end hangs on. */
  readonly critical: ReadonlySet<string>;
}

/** Phases that have steps to show, in their order, each with these in the order of the checklist. */
export function linesOf({ phases, steps }: Pick<Release, 'phases' | 'steps'>, shown: Shown): readonly Line[] {
  const done = new Set(steps.filter(isDone).map(({ id }) => id));
  const sections = Map.groupBy(
    steps.filter((step) => isShown(step, shown, done)),
    ({ phase }) => phase,
  );
  return phases.flatMap(({ id }): Line[] => {
    const inside = sections.get(id) ?? [];
    return inside.length === 0 ? [] : [`phase:${id}`, ...inside.map((step): Line => `step:${step.id}`)];
  });
}

function isShown(step: Step, { filter, me, critical }: Shown, done: ReadonlySet<string>): boolean {
  if (filter === 'all') return true;
  if (filter === 'mine') return step.owner === me;
  if (filter === 'critical') return critical.has(step.id);
  if (done.has(step.id)) return false;
  return filter === 'open' || step.after.some((before) => !done.has(before));
}

/** The step of a line; null for the head of a section. */
export function stepOfLine(line: Line | undefined): string | null {
  return line?.startsWith('step:') === true ? line.slice('step:'.length) : null;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export function progressOf(steps: readonly Step[], phase: string | null = null): Progress {
  const counted = phase === null ? steps : steps.filter((step) => step.phase === phase);
  return { done: counted.filter(isDone).length, total: counted.length };
}

/** The steps that one waits for and that are not done. */
export function openBefore(
  { after }: Pick<Step, 'after'>,
  stepOf: (id: string) => Step | undefined,
): readonly Step[] {
  return after.flatMap((id) => {
    const before = stepOf(id);
    return before === undefined || isDone(before) ? [] : [before];
  });
}

/** Whether steps of a phase are started and ticked now: it stays in progress when the release turns back from it. */
export const isRunning = (
  phase: Pick<Phase, 'state' | 'stage'> | undefined,
  state: Release['state'] | undefined,
): boolean => phase?.state === 'in_progress' && phase.stage === state;

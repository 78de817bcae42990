/** Which of what is to be undone can be undone now. */
import { rollbackOrder } from '@muster/domain/release';
import type { Release, Step } from '@muster/domain/release';
import type { PersonId } from '@muster/domain/shared';

export interface WayBack {
  /** What is to be undone, first to last. */
  readonly left: readonly Step[];
  /** Of these, what nothing that is still to be undone came after. */
  readonly free: ReadonlySet<string>;
  /** What was undone, the last first. */
  readonly undone: readonly Step[];
}

/** What somebody is to undo first of what is theirs. */
export interface NextBack {
  /** Null: steps that nobody has taken. */
  readonly person: PersonId | null;
  readonly step: Step;
  /** Nothing that came after it is left. */
  readonly isFree: boolean;
}

/** Whoever has to act now stands first, then in the order of the way back. */
export function nextBackOf({ left, free }: Pick<WayBack, 'left' | 'free'>): readonly NextBack[] {
  const next = new Map<PersonId | null, NextBack>();
  for (const step of left) {
    const isFree = free.has(step.id);
    const known = next.get(step.owner);
    if (known === undefined || (isFree && !known.isFree))
      next.set(step.owner, { person: step.owner, step, isFree });
  }
  return [...next.values()].toSorted((a, b) => Number(b.isFree) - Number(a.isFree));
}

export function wayBackOf(release: Pick<Release, 'steps' | 'phases'>): WayBack {
  const left = rollbackOrder(release);
  const byId = new Map(release.steps.map((step) => [step.id, step]));
  const held = new Set<string>();
  const open = left.flatMap(({ after }) => after);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (held.has(id)) continue;
    held.add(id);
    open.push(...(byId.get(id)?.after ?? []));
  }
  return {
    left,
    free: new Set(left.filter(({ id }) => !held.has(id)).map(({ id }) => id)),
    undone: release.steps
      .filter(({ rolledBackAt }) => rolledBackAt !== null)
      .toSorted((a, b) => (b.rolledBackAt ?? 0) - (a.rolledBackAt ?? 0)),
  };
}

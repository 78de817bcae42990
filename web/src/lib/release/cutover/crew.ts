/** What each of the crew has to do next. */
import { isDone } from '@muster/domain/release';
import type { Step } from '@muster/domain/release';
import type { Instant, PersonId } from '@muster/domain/shared';
import { durationWords } from '#lib/ticket/wording/times.ts';
import type { CutoverView } from './cutover.svelte.ts';

export interface NextOfCrew {
  /** Null: steps that nobody has taken. */
  readonly person: PersonId | null;
  readonly step: Step;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** Whoever is due first stands first; those without an owner at the end. */
export function crewOf({ steps, timesOf }: Pick<CutoverView, 'steps' | 'timesOf'>): readonly NextOfCrew[] {
  const next = new Map<PersonId | null, NextOfCrew>();
  for (const step of steps) {
    const times = isDone(step) ? null : timesOf(step.id);
    if (times === null) continue;
    const { startsAt, endsAt } = times;
    const known = next.get(step.owner);
    if (known === undefined || startsAt < known.startsAt)
      next.set(step.owner, { person: step.owner, step, startsAt, endsAt });
  }
  return [...next.values()].toSorted(
    (a, b) => Number(a.person === null) - Number(b.person === null) || a.startsAt - b.startsAt,
  );
}

/** `in 12 min`, `now`, `under way, 5 min left`, `3 min over`. */
export function countdownWords({ step, startsAt }: NextOfCrew, now: Instant): string {
  if (step.startedAt === null) return startsAt - now < 60_000 ? 'now' : `in ${durationWords(startsAt - now)}`;
  const left = step.startedAt + step.minutes * 60_000 - now;
  if (left < 0) return `${durationWords(left)} over`;
  return left < 60_000 ? 'under way, ends now' : `under way, ${durationWords(left)} left`;
}

import type { Mark, Step } from '@muster/domain/release';
import type { Say } from '#lib/wording/say.ts';
import { sentence } from '#lib/wording/say.ts';
import { durationWords } from '#lib/ticket/wording/times.ts';
import type { StepFilter } from './outline.ts';

export const FILTER_WORDS: Readonly<Record<StepFilter, string>> = {
  all: 'All steps',
  mine: 'Mine',
  open: 'Open',
  blocked: 'Blocked',
  critical: 'On the critical path',
};

/** What would make lines stand under a filter that leaves out all of them. */
export const NOTHING_SHOWN: Readonly<Record<Exclude<StepFilter, 'all'>, string>> = {
  mine: 'No step is yours. Take one with “Assign to me” in its menu.',
  open: 'Every step is done.',
  blocked: 'No step waits for another one.',
  critical: 'Nothing of the deployment is left to do.',
};

const VERBS: Readonly<Record<Mark['kind'], string>> = {
  ticked: 'ticked',
  unticked: 'unticked',
  evidence: 'attached evidence to',
};

/** Both of two who said different things, and which of it stands. */
export function contestWords(
  { contest, evidence }: Pick<Step, 'contest' | 'evidence'>,
  say: Say,
): string | null {
  if (contest === null) return null;
  const { stands, gives } = contest;
  const why =
    stands.kind === 'ticked' && evidence.length > 0 ? ', since there is evidence' : ', being the later one';
  return (
    `${sentence(say.person(gives.person))} ${VERBS[gives.kind]} it at ${say.time(gives.at)} and ` +
    `${say.person(stands.person)} ${VERBS[stands.kind]} it at ${say.time(stands.at)}, not knowing of each other. ` +
    `The ${stands.kind === 'ticked' ? 'tick' : 'untick'} stands${why}.`
  );
}

/** `12 min late`, `4 min early`, `as planned`. */
export function lateWords(lateMs: number): string {
  if (Math.abs(lateMs) < 60_000) return 'as planned';
  return `${durationWords(lateMs)} ${lateMs > 0 ? 'late' : 'early'}`;
}

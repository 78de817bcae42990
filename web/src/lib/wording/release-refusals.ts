import type { GateResult, ReleaseRefusalFacts, ReleaseRefusalReason } from '@muster/domain/release';
import type { RefusalContent } from '@muster/domain/shared';
import { refusalWords } from './refusals.ts';
import {
  GATE_RESULT_WORDS,
  GO_WORDS,
  PHASE_STATE_WORDS,
  STAGE_WORDS,
  counted,
  releaseFieldWords,
  releaseStateWords,
} from './releases.ts';
import { listed } from './readers.ts';
import { sentence } from './say.ts';
import type { Say } from './say.ts';

/** Names for what stands in a release; whoever does not have it open knows none of them. */
export interface SayRelease extends Say {
  step(id: unknown): string;
  phase(id: unknown): string;
  gate(id: unknown): string;
}

/** Facts as they arrive: another version of the server may leave some out. */
type Wording = {
  readonly [Reason in ReleaseRefusalReason]: (
    facts: Partial<ReleaseRefusalFacts[Reason]>,
    say: SayRelease,
  ) => string;
};

const WORDING: Wording = {
  'no-such-release': () => 'This release is not there, or not yours to see.',
  'not-permitted': ({ permission }) =>
    permission === 'release.manage'
      ? 'Only release managers do this. An administrator can give you the role.'
      : 'Your roles do not allow this. An administrator can change that.',
  'already-exists': () => 'This was made before; nothing was made twice.',
  'missing-field': ({ field }) =>
    field === 'reason'
      ? 'Say why first: the others read it in the history.'
      : `The ${releaseFieldWords(field)} ${isPlural(field) ? 'are' : 'is'} missing.`,
  'invalid-value': ({ field }) =>
    `The ${releaseFieldWords(field)} ${isPlural(field) ? 'are' : 'is'} not what can be used here.`,
  'nothing-to-change': ({ field }) =>
    field === 'rollback' ? 'There is nothing to roll back in this step.' : 'It is like that already.',
  'end-before-begin': () => 'The end must come after the begin.',
  'unknown-service': () => 'The service named is not there any more.',
  'unknown-person': ({ person }, say) =>
    `${sentence(say.person(person))} may not read releases, or is not here any more. Choose somebody else.`,
  'unknown-change': ({ change }, say) =>
    `${sentence(say.record(change))} is not a change that you can read. Nothing was added; leave it out and try again.`,
  'unknown-incident': () => 'This incident is not there.',
  'release-fixed': ({ state, field, by, at }, say) =>
    `It is ${releaseStateWords(state)} now${since(by, at, say)}. ` +
    (field == null
      ? 'Nothing of it changes any more.'
      : `From there the ${releaseFieldWords(field)} of a release ${isPlural(field) ? 'are' : 'is'} fixed.`),
  'no-such-transition': ({ from, to, allowed = [] }) =>
    `It is ${releaseStateWords(from)} now and cannot become ${releaseStateWords(to)} from there.` +
    (allowed.length > 0 ? ` It can become ${either(allowed.map(releaseStateWords))}.` : ''),
  'release-moved': ({ state, by, at }, say) =>
    `${sentence(say.person(by))} made it ${releaseStateWords(state)} at ${say.time(at)}, before you. Look at it as it stands now.`,
  'phases-open': ({ phases = [] }, say) =>
    `Complete ${named(phases, say.phase, 'the phases of this stage')} first.`,
  'no-such-phase': () => 'This phase is not there any more.',
  'phase-state': ({ phase, state, by, at }, say) =>
    `${sentence(say.phase(phase))} is ${phaseStateWords(state)}${since(by, at, say)}.`,
  'phase-running': ({ phase, by, at }, say) =>
    `${sentence(say.phase(phase))} is in progress${since(by, at, say)}, and one phase runs at a time. Complete it first.`,
  'phase-waits': ({ phase, for: open = [] }, say) =>
    `${sentence(say.phase(phase))} begins when ${named(open, say.phase, 'the phases before it')} ${open.length > 1 ? 'are' : 'is'} completed.`,
  'phase-of-other-stage': ({ phase, stage, state }, say) =>
    `${sentence(say.phase(phase))} belongs to ${stage === undefined ? 'another stage' : STAGE_WORDS[stage].toLowerCase()}, and the release is ${releaseStateWords(state)}.`,
  'phases-begun': ({ phase }, say) =>
    `${sentence(say.phase(phase))} has begun; from then on phases are rescheduled, not planned anew.`,
  'phase-not-over': ({ phase, endsAt }, say) =>
    endsAt == null
      ? `This release goes by dates, and ${say.phase(phase)} has no end yet. Give it one.`
      : `This release goes by dates: ${say.phase(phase)} ends at ${say.time(endsAt)}.`,
  'steps-open': ({ phase, steps }, say) =>
    `${counted(steps ?? 0, 'step')} of ${say.phase(phase)} ${steps === 1 ? 'is' : 'are'} to do. Tick or drop ${steps === 1 ? 'it' : 'them'} first.`,
  'gates-not-met': ({ gates = [] }, say) =>
    gates.length === 0
      ? 'Its gates are not met.'
      : `${sentence(listed(gates.map(({ gate, result }) => `${say.gate(gate)} is ${gateWords(result)}`)))}. Meet it, or ask for an exception.`,
  'no-such-gate': () => 'This gate is not there, or the release is over.',
  'no-such-check': ({ check }) => `No gate of this release asks for ${check ?? 'this check'}.`,
  'gate-met': ({ gate }, say) => `${sentence(say.gate(gate))} is met already and needs no exception.`,
  'not-asked': () => 'You are not among those who are asked.',
  'already-signed': ({ at }, say) => `You signed this at ${say.time(at)}.`,
  'no-such-step': ({ by, at }, say) =>
    by === undefined
      ? 'This step is not there any more.'
      : `${sentence(say.person(by))} dropped this step at ${say.time(at)}.`,
  'step-cycle': ({ steps = [] }, say) =>
    `Steps would wait for each other in a circle: ${steps.map((step) => say.step(step)).join(' → ')}.`,
  'step-done': ({ by, at }, say) =>
    `${sentence(say.person(by))} did this step at ${say.time(at)}; it stays as it is.`,
  'step-waits': ({ for: open = [] }, say) => `It waits for ${named(open, say.step, 'other steps')}.`,
  'step-followed': ({ by = [] }, say) =>
    `${sentence(named(by, say.step, 'other steps'))} came after it. Take ${by.length > 1 ? 'those' : 'that'} back first.`,
  'phase-not-running': ({ phase, state, by }, say) =>
    by === undefined
      ? `${sentence(say.phase(phase))} is ${phaseStateWords(state)}.`
      : `${sentence(say.person(by))} restarted ${say.phase(phase)} meanwhile: what was done in the round before does not count.`,
  'past-no-return': ({ step, by, at }, say) =>
    `There is no way back since ${say.person(by)} did ${say.step(step)} at ${say.time(at)}.`,
  'rollback-open': ({ steps = [] }, say) =>
    `${sentence(named(steps, say.step, 'steps'))} ${steps.length > 1 ? 'are' : 'is'} to be rolled back first.`,
  'no-roll-call': ({ state }) =>
    state === 'ready'
      ? 'The leads have not been asked yet. Open the roll call first.'
      : `It is ${releaseStateWords(state)}, and no roll call stands.`,
  'not-ready': ({ phases = [], gates = [] }, say) =>
    phases.length + gates.length === 0
      ? 'It is not ready.'
      : `It is not ready: ${listed([
          ...(phases.length === 0 ? [] : [`${named(phases, say.phase, 'phases')} not completed`]),
          ...(gates.length === 0 ? [] : [`${named(gates, say.gate, 'gates')} not met`]),
        ])}.`,
  'readiness-moved': () =>
    'The release has changed since you answered, so this answer counts for nothing. Read what is different and answer anew.',
  'already-answered': ({ answer, at }, say) =>
    `You answered ${answerWords(answer)} at ${say.time(at)}, and nothing has moved since.`,
  'no-go': ({ go, quorum, void: gone }) =>
    `${go ?? 0} of ${quorum ?? 'the'} answers needed say go.` +
    (gone
      ? ` ${counted(gone, 'answer')} ${gone === 1 ? 'is' : 'are'} void, since the release has changed.`
      : ''),
  'no-alarm': () => 'This incident touches nothing that the release carries, or its alarm is there already.',
};

/** A refusal of an act on a release in one sentence; of any other as the other acts tell it. */
export function releaseRefusalWords(refusal: RefusalContent, say: Say | SayRelease): string {
  const reason = refusal.code.slice('release/'.length);
  if (!refusal.code.startsWith('release/') || !Object.hasOwn(WORDING, reason))
    return refusalWords(refusal, say);
  // the table pairs each reason with its own facts; the pair cannot be named for a reason found at run time
  const words = WORDING[reason as ReleaseRefusalReason] as (facts: RefusalContent, say: SayRelease) => string;
  return sentence(words(refusal, { ...UNNAMED, ...say }));
}

const UNNAMED: Pick<SayRelease, 'step' | 'phase' | 'gate'> = {
  step: () => 'a step',
  phase: () => 'a phase',
  gate: () => 'a gate',
};

function since(by: unknown, at: unknown, say: Say): string {
  return by === undefined ? '' : `, since ${say.person(by)} made it so at ${say.time(at)}`;
}

/** The first three by name. */
function named(ids: readonly unknown[], name: (id: unknown) => string, otherwise: string): string {
  if (ids.length === 0) return otherwise;
  const rest = ids.length - 3;
  return listed([...ids.slice(0, 3).map((id) => name(id)), ...(rest > 0 ? [`${rest} more`] : [])]);
}

function either(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

function gateWords(result: GateResult): string {
  return GATE_RESULT_WORDS[result].toLowerCase();
}

function phaseStateWords(state: keyof typeof PHASE_STATE_WORDS | undefined): string {
  return state === undefined ? 'in another state' : PHASE_STATE_WORDS[state].toLowerCase();
}

function answerWords(answer: string | undefined): string {
  const known = answer !== undefined && Object.hasOwn(GO_WORDS, answer);
  return known ? GO_WORDS[answer as keyof typeof GO_WORDS].toLowerCase() : 'already';
}

function isPlural(field: unknown): boolean {
  return (
    typeof field === 'string' &&
    ['changes', 'checks', 'leads', 'parts', 'phases', 'services', 'steps', 'units'].includes(field)
  );
}

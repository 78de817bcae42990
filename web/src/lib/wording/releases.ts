/** What things of a release are called. */
import type {
  GateResult,
  GateRule,
  GoAnswer,
  Pace,
  PhaseState,
  ReleaseAct,
  ReleaseKind,
  ReleaseState,
  RiskPart,
  Stage,
} from '@muster/domain/release';
import { unreachable } from '@muster/domain/shared';
import type { Say } from './say.ts';

export const RELEASE_KIND_WORDS: Readonly<Record<ReleaseKind, string>> = {
  major: 'Major',
  minor: 'Minor',
  patch: 'Patch',
  emergency: 'Emergency',
};

export const RELEASE_STATE_WORDS: Readonly<Record<ReleaseState, string>> = {
  draft: 'Draft',
  planning: 'Planning',
  building: 'Building',
  testing: 'Testing',
  ready: 'Ready',
  go: 'Go',
  no_go: 'No-go',
  deploying: 'Deploying',
  rolling_back: 'Rolling back',
  rolled_back: 'Rolled back',
  hypercare: 'Hypercare',
  review: 'Review',
  completed: 'Completed',
  cancelled: 'Cancelled',
};

export const PACE_WORDS: Readonly<Record<Pace, string>> = {
  stages: 'By stages: a phase ends when its work is done',
  dates: 'By dates: a phase ends on the day planned',
};

export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  planning: 'Planning',
  building: 'Building',
  testing: 'Testing',
  deploying: 'Deploying',
  hypercare: 'Hypercare',
};

export const PHASE_STATE_WORDS: Readonly<Record<PhaseState, string>> = {
  pending: 'Not begun',
  in_progress: 'In progress',
  completed: 'Completed',
};

export const GATE_RESULT_WORDS: Readonly<Record<GateResult, string>> = {
  pending: 'Pending',
  compliant: 'Met',
  non_compliant: 'Not met',
  exception: 'Excepted',
};

export const GO_WORDS: Readonly<Record<GoAnswer, string>> = { go: 'Go', no_go: 'No-go', abstain: 'Abstain' };

export const RISK_WORDS: Readonly<Record<RiskPart, string>> = {
  work: 'Open changes',
  policy: 'Gates not met',
  progress: 'Steps to do',
  time: 'Time gone',
};

const FIELDS: Readonly<Record<string, string>> = {
  answer: 'answer',
  beginsAt: 'begin',
  changes: 'changes',
  check: 'name of the check',
  checks: 'checks',
  endsAt: 'end',
  exception: 'exception',
  gate: 'gate',
  hypercareHours: 'length of the hypercare',
  kind: 'kind',
  label: 'label',
  leads: 'leads',
  minutes: 'number of minutes',
  name: 'name',
  note: 'note',
  owner: 'owner',
  pace: 'pace',
  parts: 'units that it is made of',
  phase: 'phase',
  phases: 'phases',
  quorum: 'quorum',
  reason: 'reason',
  rollback: 'way back',
  rollbackTestedAt: 'rehearsal of the way back',
  services: 'services',
  steps: 'steps',
  title: 'title',
  unit: 'unit',
  units: 'units',
  value: 'value',
  version: 'version',
};

export function releaseFieldWords(field: unknown): string {
  return typeof field === 'string' ? (FIELDS[field] ?? field.replaceAll('-', ' ')) : 'field';
}

/** A state in the middle of a sentence. */
export function releaseStateWords(state: unknown): string {
  const known = typeof state === 'string' && Object.hasOwn(RELEASE_STATE_WORDS, state);
  return known ? RELEASE_STATE_WORDS[state as ReleaseState].toLowerCase() : 'in another state';
}

/** The button of a step. */
export function releaseStepWords(from: ReleaseState, to: ReleaseState): string {
  switch (to) {
    case 'draft':
      return 'Back to draft';
    case 'planning':
      return 'Begin planning';
    case 'building':
      return 'Begin building';
    case 'testing':
      return 'Begin testing';
    case 'ready':
      return from === 'testing' ? 'It is ready' : 'Back to ready';
    case 'go':
      return 'Go';
    case 'no_go':
      return from === 'go' ? 'Call the go off' : 'No-go';
    case 'deploying':
      return 'Begin the deployment';
    case 'rolling_back':
      return 'Roll back';
    case 'rolled_back':
      return 'It is rolled back';
    case 'hypercare':
      return 'Begin hypercare';
    case 'review':
      return 'Begin the review';
    case 'completed':
      return 'Complete';
    case 'cancelled':
      return 'Cancel the release';
    default:
      return unreachable(to);
  }
}

/** What a gate asks for, in one line. */
export function gateRuleWords(rule: GateRule, say: Pick<Say, 'person'>): string {
  switch (rule.kind) {
    case 'changes-closed':
      return 'Every change is closed or called off';
    case 'windows-fit':
      return 'Every open change is planned within the window of the release';
    case 'check':
      return `${rule.check} is ${rule.bound === 'at-least' ? 'at least' : 'at most'} ${rule.threshold}`;
    case 'sign-offs':
      return `Signed by ${rule.people.map((person) => say.person(person)).join(', ')}`;
    default:
      return unreachable(rule);
  }
}

/** What an act would have done, after "You wanted to". */
export function releaseIntentWords(act: ReleaseAct, say: Say): string {
  switch (act.verb) {
    case 'create':
      return `make the release “${act.fields.title}”`;
    case 'edit':
      return `change ${Object.keys(act.fields).map(releaseFieldWords).join(', ')} of a release`;
    case 'add-changes':
      return `add ${counted(act.changes.length, 'change')} to a release`;
    case 'remove-changes':
      return `take ${counted(act.changes.length, 'change')} out of a release`;
    case 'set-unit':
      return `set the ${act.unit.kind} “${act.unit.name}” of a release`;
    case 'remove-unit':
      return 'take a unit out of a release';
    case 'transition':
      return `make a release ${releaseStateWords(act.to)}`;
    case 'note-alarm':
      return 'raise an alarm';
    case 'plan-phases':
      return 'plan the phases of a release';
    case 'reschedule-phase':
      return 'give a phase other dates';
    case 'start-phase':
      return 'start a phase';
    case 'complete-phase':
      return 'complete a phase';
    case 'restart-phase':
      return `restart a phase: ${act.reason}`;
    case 'report-check':
      return `report ${act.value} for the check ${act.check}`;
    case 'sign-off':
      return 'sign a gate';
    case 'except-gate':
      return `except a gate: ${act.reason}`;
    case 'end-exception':
      return 'end the exception of a gate';
    case 'add-steps':
      return `add ${counted(act.steps.length, 'step')} to the checklist`;
    case 'edit-step':
      return 'change a step of the checklist';
    case 'drop-step':
      return 'drop a step of the checklist';
    case 'start-step':
      return 'start a step of the checklist';
    case 'tick':
      return 'tick a step of the checklist';
    case 'untick':
      return 'untick a step of the checklist';
    case 'attach-evidence':
      return `attach evidence to a step: ${act.text}`;
    case 'roll-back-step':
      return 'roll a step back';
    case 'open-roll-call':
      return `ask ${act.leads.map((lead) => say.person(lead)).join(', ')} for go or no-go`;
    case 'answer':
      return `answer ${GO_WORDS[act.answer].toLowerCase()} in the roll call`;
    default:
      return unreachable(act);
  }
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

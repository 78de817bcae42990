/** Problems in words: their states, what was done with them, and why something is refused. */
import type { Bone } from '@muster/documents/problem';
import type {
  OriginKind,
  ProblemAct,
  ProblemEvent,
  ProblemFields,
  ProblemRefusalFacts,
  ProblemRefusalReason,
  ProblemState,
  ResolutionCode,
  TaskKind,
} from '@muster/domain/problem';
import type { RefusalContent } from '@muster/domain/shared';
import { refusalWords } from './refusals.ts';
import { sentence } from './say.ts';
import type { Say } from './say.ts';

export const PROBLEM_STATE_WORDS: Readonly<Record<ProblemState, string>> = {
  new: 'New',
  assess: 'Assessment',
  rca: 'Root cause analysis',
  fix_in_progress: 'Fix in progress',
  resolved: 'Resolved',
  closed: 'Closed',
  duplicate: 'Duplicate',
  risk_accepted: 'Risk accepted',
  cancelled: 'Cancelled',
};

export const BONE_WORDS: Readonly<Record<Bone, string>> = {
  people: 'People',
  process: 'Process',
  technology: 'Technology',
  supplier: 'Supplier',
  measurement: 'Measurement',
  environment: 'Environment',
};

/** The buttons that lead there. */
export const STEP_WORDS: Readonly<Record<ProblemState, string>> = {
  new: 'New',
  assess: 'Assess it',
  rca: 'Analyse the cause',
  fix_in_progress: 'Begin the fix',
  resolved: 'Resolve',
  closed: 'Close',
  duplicate: 'Duplicate of another',
  risk_accepted: 'Accept the risk',
  cancelled: 'Cancel the problem',
};

export const ORIGIN_WORDS: Readonly<Record<OriginKind, string>> = {
  incident: 'An incident',
  trend: 'A trend',
  review: 'A review',
  found: 'Seen by the staff',
};

export const RESOLUTION_WORDS: Readonly<Record<ResolutionCode, string>> = {
  fix_applied: 'The fix is applied',
  gone: 'It happens no more, without a fix',
};

export const TASK_KIND_WORDS: Readonly<Record<TaskKind, string>> = {
  root_cause: 'Root cause analysis',
  general: 'General',
};

const FIELD_WORDS: Readonly<Record<string, string>> = {
  title: 'title',
  service: 'service',
  items: 'items',
  team: 'team',
  owner: 'owner',
  impact: 'impact',
  urgency: 'urgency',
  major: 'whether it is major',
  workaround: 'workaround',
  fix: 'fix',
  reason: 'reason',
  resolution: 'way in which it is resolved',
  reviewAt: 'day of the review',
  into: 'problem that it goes on in',
  evidence: 'evidence',
  incident: 'incident',
  text: 'words',
  cause: 'cause',
} satisfies Readonly<Record<keyof ProblemFields, string>> & Readonly<Record<string, string>>;

export function problemFieldWords(field: string): string {
  return FIELD_WORDS[field] ?? field;
}

/** What somebody did, after their name. */
export function problemEventWords(event: ProblemEvent, say: Say): string {
  switch (event.type) {
    case 'problem-opened':
      return `opened it: ${ORIGIN_WORDS[event.origin.kind].toLowerCase()}${event.origin.evidence === '' ? '' : ` (${event.origin.evidence})`}`;
    case 'problem-edited':
      return `changed the ${Object.keys(event.fields).map(problemFieldWords).join(', ')}`;
    case 'problem-stepped': {
      const why = event.reason === null ? '' : `: ${event.reason}`;
      const into = event.into === undefined ? '' : ` of ${say.record(event.into)}`;
      return `moved it from ${PROBLEM_STATE_WORDS[event.from]} to ${PROBLEM_STATE_WORDS[event.to]}${into}${why}`;
    }
    case 'duplicate-taken-in':
      return `took in ${say.record(event.from)}, a duplicate`;
    case 'incident-linked':
      return `linked ${incidentWords(event.incident, say)}`;
    case 'incident-unlinked':
      return `took out ${incidentWords(event.incident, say)}`;
    case 'change-linked':
      return `linked ${say.record(event.change)}`;
    case 'change-unlinked':
      return `took out ${say.record(event.change)}`;
    case 'factor-added':
      return `named a contributing factor: ${event.text}`;
    case 'factor-dropped':
      return `took away a contributing factor: ${event.text}`;
    case 'cause-stated':
      return event.against === undefined
        ? `stated the root cause: ${event.text}`
        : `stated another root cause at the same time: ${event.text}`;
    case 'cause-picked':
      return `picked the root cause: ${event.text}`;
    case 'task-added':
      return `added the task “${event.fields.title}”`;
    case 'task-edited':
      return 'changed a task';
    case 'task-finished':
      return `finished the task “${event.title}”${event.cause === null ? '' : `, with a cause: ${event.cause}`}`;
    case 'task-dropped':
      return `dropped the task “${event.title}”`;
    case 'workaround-communicated':
      return `told ${event.incidents.length} ${event.incidents.length === 1 ? 'incident' : 'incidents'} ${event.callers === undefined ? '' : `and ${event.callers.length} ${event.callers.length === 1 ? 'caller' : 'callers'} `}the workaround: ${event.text}`;
    case 'known-error-marked':
      return event.known ? 'marked it as a known error' : 'says that it is no known error';
    case 'reminded':
      return event.of === 'quiet'
        ? 'reminded its owner that nothing happens'
        : 'reminded that its accepted risk is due for review';
  }
}

function incidentWords(incident: string | null, say: Say): string {
  return incident === null ? 'an incident that is not for everybody' : say.record(incident);
}

type Words = {
  readonly [Reason in ProblemRefusalReason]: (facts: ProblemRefusalFacts[Reason], say: Say) => string;
};

const WORDING: Words = {
  'no-such-problem': () => 'this problem is not there, or not for you',
  'not-permitted': ({ permission }) =>
    permission === 'problem.manage'
      ? 'only those who manage problems may do this; ask a team lead'
      : 'you may not do this',
  'already-exists': () => 'this is made already',
  'missing-field': ({ field }) => `say the ${problemFieldWords(field)}`,
  'invalid-value': ({ field }) => `the ${problemFieldWords(field)} does not fit: shorten or correct it`,
  'nothing-to-change': () => 'there is nothing to change: it is so already',
  'unknown-service': () => 'this service is not known any more; choose another one',
  'unknown-item': () => 'one of the items is not known; take it out',
  'unknown-team': () => 'this team is not known any more; choose another one',
  'unknown-person': () => 'this person is not there any more, or may not read problems; choose somebody else',
  'unknown-incident': () =>
    'this incident is not there, not for you, or restricted to a few: only those that everybody may read are linked',
  'unknown-change': () => 'this change is not there, or not for you',
  'problem-over': ({ state }) =>
    `it is over (${PROBLEM_STATE_WORDS[state].toLowerCase()}); whoever manages problems can take it up again`,
  'no-such-transition': ({ allowed }) =>
    allowed.length === 0
      ? 'there is no step from here'
      : `from here it goes to: ${allowed.map((state) => PROBLEM_STATE_WORDS[state]).join(', ')}`,
  'problem-moved': ({ state, by }, say) =>
    `${say.person(by)} moved it to ${PROBLEM_STATE_WORDS[state]} meanwhile; look at it again`,
  'cause-unknown': () => 'state its root cause first',
  'cause-contested': () => 'several root causes stand: pick one of them first',
  'tasks-open': ({ tasks }) => `finish or drop its open tasks first (${tasks.length})`,
  'duplicate-self': () => 'a problem is no duplicate of itself; choose another one',
  'duplicate-of-duplicate': (_, say) =>
    `that one is a duplicate itself, of ${say.record(_.duplicateOf)}: choose this`,
  'duplicate-of-ended': () => 'that one is over; choose one that is worked on',
  'duplicate-cycle': () => 'that one goes on in this problem already',
  'no-such-factor': () => 'this factor was taken away',
  'factor-is-cause': () => 'this is the root cause; pick another one first',
  'no-such-task': () => 'this task is not there',
  'task-ended': () => 'this task has ended; add another one for what you found',
  'no-workaround': () => 'write down a workaround first',
  'nobody-to-tell': ({ told }) =>
    told > 0 ? 'every open incident has these words already' : 'no open incident is linked: link one first',
  'too-many': ({ most }) => `there is room for ${most} at the most`,
  'no-reminder': () => 'nothing is due',
};

/** Whether these words tell it: known errors have their own. */
export function isOfProblems({ code }: RefusalContent): boolean {
  return code.startsWith('problem/') && Object.hasOwn(WORDING, code.slice('problem/'.length));
}

/** What somebody wanted with an act. */
export function problemIntentWords(act: ProblemAct): string {
  switch (act.verb) {
    case 'create':
      return `open the problem “${act.fields.title}”`;
    case 'edit':
      return `change the ${Object.keys(act.fields).map(problemFieldWords).join(', ')} of a problem`;
    case 'step':
      return `move a problem to ${PROBLEM_STATE_WORDS[act.to]}`;
    case 'link-incident':
    case 'unlink-incident':
      return act.verb === 'link-incident'
        ? 'link an incident to a problem'
        : 'take an incident out of a problem';
    case 'link-change':
    case 'unlink-change':
      return act.verb === 'link-change' ? 'link a change to a problem' : 'take a change out of a problem';
    case 'add-factor':
    case 'drop-factor':
      return act.verb === 'add-factor' ? `add a factor: ${act.text}` : 'take away a factor of a problem';
    case 'state-cause':
      return `state a root cause: ${act.text}`;
    case 'pick-cause':
      return 'pick the root cause of a problem';
    case 'add-task':
      return `add the task “${act.fields.title}”`;
    case 'edit-task':
    case 'finish-task':
    case 'drop-task':
      return 'change or end a task of a problem';
    case 'communicate-workaround':
      return 'tell the incidents of a problem its workaround';
    case 'mark-known-error':
      return 'say whether a problem is a known error';
    case 'remind':
      return 'remind of a problem';
  }
}

/** Why something about a problem was refused, as a sentence. */
export function problemRefusalWords(refusal: RefusalContent, say: Say): string {
  const [process = '', reason = ''] = refusal.code.split('/');
  if (process !== 'problem' || !Object.hasOwn(WORDING, reason)) return refusalWords(refusal, say);
  const words = WORDING[reason as ProblemRefusalReason] as (facts: RefusalContent, say: Say) => string;
  return `${sentence(words(refusal, say))}.`;
}

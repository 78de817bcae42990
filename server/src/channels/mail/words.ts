/** What a mail says happened, in one sentence about its record. */
import type { MajorRole, TicketMailKind } from '@muster/domain/shared';
import { MAJOR_ROLES } from '@muster/domain/shared';

/** Names for the ids in facts. */
export interface Names {
  person(id: unknown): string;
  team(id: unknown): string;
}

type Detail = Readonly<Record<string, unknown>>;

const ROLE_WORDS: Readonly<Record<MajorRole, string>> = {
  commander: 'commander',
  deputy: 'deputy',
  scribe: 'scribe',
  'customer-liaison': 'customer liaison',
  'internal-liaison': 'internal liaison',
  expert: 'expert',
};

export function mailWords(kind: TicketMailKind, detail: Detail, names: Names): string {
  const by = sentence(names.person(detail['by']));
  switch (kind) {
    case 'called':
      return `You are called: ${causeWords(detail)}. Say “I have it” there, or the next one is called.`;
    case 'call-used-up':
      return `Nobody answered the call “${String(detail['name'])}”.`;
    case 'call-over':
      return callOver(by, detail);
    case 'escalated':
      return escalated(by, detail, names);
    case 'threshold-passed':
      return thresholdPassed(detail);
    case 'major-proposed':
      return detail['accepted'] === true
        ? `${by} declared this a major incident, SEV-${String(detail['severity'])}.`
        : `${by} proposed this as a major incident, SEV-${String(detail['severity'])}.`;
    case 'command-offered':
      return commandOffered(by, detail, names);
    case 'role-assigned':
      return detail['to'] === undefined
        ? `${by} made you ${roleWords(detail['role'])} of this major incident.`
        : `${by} made ${names.person(detail['to'])} ${roleWords(detail['role'])} in your place.`;
    case 'assigned':
      return `${by} gave this to you.`;
    case 'handover-requested':
      return `${by} asks you to hand this over.`;
    case 'mentioned':
      return `${by} mentioned you.`;
    case 'replied':
      return `${by} replied.`;
    case 'reopened':
      return `${by} reopened this.`;
    case 'approval-asked':
      return detail['instead'] === undefined
        ? 'You are asked to approve this change.'
        : `${by} hands you the vote on this change.`;
    case 'approval-void':
      return `Your vote on this change is void: ${differing(detail['differs'])} moved. Look at it again.`;
    case 'approval-expired':
      return detail['people'] === undefined
        ? 'Your time to answer is over. You are not asked about this change any more.'
        : 'Whoever was asked to approve this change did not answer in time.';
    case 'change-approved':
      return 'This change has the approvals that it needs.';
    case 'change-rejected':
      return `${by} rejected this change.`;
    case 'change-scheduled':
      return `${by} scheduled this change.`;
    case 'change-task':
      return detail['why'] === 'open'
        ? 'It is the turn of a task of yours in this change.'
        : `${by} gave you a task of this change.`;
    case 'backout-offered':
      return `${by} says that a task failed. What was done can be taken back.`;
    case 'board-item':
      return boardWords(by, detail);
    case 'go-asked':
      return `${by} asks you: go, or no-go?`;
    case 'no-go':
      return `${by} said no-go: ${String(detail['reason'])}`;
    case 'step-assigned':
      return `${by} gave you ${stepWords(detail)}.`;
    case 'step-next':
      return `It is your turn: ${stepWords(detail)}.`;
    case 'no-return':
      return `The point of no return is passed: ${by} finished “${String(detail['stepTitle'])}”.`;
    case 'release-alarm':
      return 'An incident was opened on what this release changed, while it is watched.';
    case 'rolling-back':
      return `${by} began to roll this release back: ${String(detail['reason'])}`;
    case 'rolled-back':
      return 'This release is rolled back.';
    case 'values-kept':
      return 'Not everything that this change planned for the configuration could be applied. Look at what was kept.';
    case 'problem-item':
      return problemWords(by, detail);
    case 'knowledge':
      return knowledgeWords(by, detail);
  }
}

/** News of a problem, or of one to an incident that it causes. */
function problemWords(by: string, { what, task, name }: Detail): string {
  switch (what) {
    case 'task':
      return `${by} gave you the task “${String(task)}” of this problem.`;
    case 'quiet':
      return 'Nothing has happened to this problem for longer than its priority allows.';
    case 'risk-review':
      return 'The accepted risk of this problem is due for review.';
    case 'cause-contested':
      return `${by} states another root cause. Somebody has to pick one.`;
    case 'workaround':
      return `There is a workaround for the problem behind this: ${String(name)}.`;
    case 'fixed':
      return `The problem behind this is fixed: ${String(name)}.`;
    case 'risk':
      return `The problem behind this is not fixed for now, its risk is accepted: ${String(name)}.`;
    case 'ended':
      return name === undefined
        ? `${by} ended this problem.`
        : `The problem behind this is over: ${String(name)}.`;
    default:
      return `${by} gave you this problem.`;
  }
}

function knowledgeWords(by: string, { what, reason, comment, number, replacedBy }: Detail): string {
  switch (what) {
    case 'review':
      return `${by} asks you to review this.`;
    case 'back':
      return `${by} sent this back to you: ${String(reason)}`;
    case 'published':
      return `${by} published this as version ${String(number)}.`;
    case 'over':
      return replacedBy === undefined
        ? `${by} retired this: ${String(reason)}`
        : `${by} put another in its place.`;
    case 'not-helped':
      return typeof comment === 'string' ? `This did not help ${by}: ${comment}` : `This did not help ${by}.`;
    default:
      return 'The time for which this was said to hold is over. See whether it still does.';
  }
}

/** The times of a meeting are in the product, by the clock of whoever reads. */
function boardWords(by: string, { what, number, reason, note }: Detail): string {
  if (what === 'invited') return `${by} invites you to a meeting of this board.`;
  if (what === 'called-off') return `${by} called off a meeting of this board: ${String(reason)}`;
  return `${by} put off ${typeof number === 'string' ? number : 'a change of yours'} in a meeting of this board: ${String(note)}`;
}

function stepWords({ stepTitle, steps }: Detail): string {
  const more = Number(steps) - 1;
  const others = more > 0 ? ` and ${more} more ${more === 1 ? 'step' : 'steps'}` : '';
  return `“${String(stepTitle)}”${others} of this release`;
}

const PART_WORDS: Readonly<Record<string, string>> = {
  items: 'what it touches',
  window: 'its window',
  outage: 'whether something is out of use',
  risk: 'its risk',
  values: 'what it plans for the configuration',
  'plan:implementation': 'the plan of implementation',
  'plan:backout': 'the back-out plan',
  'plan:test': 'the test plan',
  'plan:communication': 'the communication plan',
};

function differing(parts: unknown): string {
  const known = Array.isArray(parts) ? parts.flatMap((part) => PART_WORDS[String(part)] ?? []) : [];
  return known.length === 0 ? 'what it says' : known.join(' and ');
}

function causeWords({ cause, name }: Detail): string {
  switch (cause) {
    case 'major':
      return 'this is a major incident';
    case 'alert':
      return `an alert calls ${String(name)}`;
    case 'escalated':
    case 'raised':
      return `this was escalated to ${String(name)}`;
    default:
      return `somebody calls ${String(name)}`;
  }
}

/** Without a reason, which may say more than a mail should. */
function callOver(by: string, { name, stopped, ended }: Detail): string {
  const call = `the call “${String(name)}”`;
  if (stopped === true) return `${by} stopped ${call}. You need not come.`;
  return ended === true
    ? `${by} ended the work on this, and ${call} with it. You need not come.`
    : `${by} has it; ${call} is over. You need not come.`;
}

function escalated(by: string, detail: Detail, names: Names): string {
  if (detail['ended'] === true) return `${by} ended the escalation.`;
  if (detail['team'] !== undefined) return `${by} escalated this to ${names.team(detail['team'])}.`;
  return `${by} escalated this to ${detail['level'] === 1 ? 'the team’s lead' : 'the managers'}.`;
}

function thresholdPassed(detail: Detail): string {
  const time = detail['metric'] === 'response' ? 'time to respond' : 'time to resolve';
  return detail['percent'] === 100 ? `The ${time} is used up.` : `Three quarters of the ${time} are used up.`;
}

function commandOffered(by: string, detail: Detail, names: Names): string {
  if (detail['declined'] === true) return `${by} ended the offer of the command.`;
  if (detail['instead'] !== undefined) {
    return `${by} offered the command to ${names.person(detail['instead'])}, but it was offered to ${names.person(detail['to'])} before.`;
  }
  return `${by} offers you the command of this major incident.`;
}

function roleWords(role: unknown): string {
  const known = MAJOR_ROLES.find((each) => each === role);
  return known === undefined ? 'another role' : ROLE_WORDS[known];
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

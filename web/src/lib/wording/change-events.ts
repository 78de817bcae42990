import { unreachable } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import type { ChangeAct, ChangeEvent, TemplateAct } from '@muster/domain/change';
import {
  CHANGE_STEP_WORDS,
  PLAN_WORDS,
  RESULT_WORDS,
  RISK_WORDS,
  changeStateWords,
  contentWords,
  modelWords,
} from './changes.ts';
import { listed } from './readers.ts';
import type { Say } from './say.ts';

/** What happened to a change, after the name of whoever did it. */
export function changeEventWords(event: ChangeEvent, say: Say): string {
  switch (event.type) {
    case 'created':
      return `made this ${modelWords(event.change.model).toLowerCase()} change`;
    case 'edited':
      return `changed ${listed(Object.keys(event.fields).map(partWords))}`;
    case 'model-set':
      return `made it ${modelWords(event.model).toLowerCase()}; it was ${modelWords(event.before).toLowerCase()}`;
    case 'assigned':
      return `gave it to ${event.owner === null ? say.team(event.team) : say.person(event.owner)}`;
    case 'plans-noted':
      return `saw ${listed(Object.keys(event.plans).map((plan) => `the ${PLAN_WORDS[plan as keyof typeof PLAN_WORDS].toLowerCase()}`))} written`;
    case 'assessed':
      return `judged its risk: ${RISK_WORDS[event.risk.level].toLowerCase()}`;
    case 'moved':
      return event.to === 'closed' && event.result !== null
        ? `closed it: ${RESULT_WORDS[event.result].toLowerCase()}`
        : `took it from “${changeStateWords(event.from)}” to “${changeStateWords(event.to)}”${because(event.reason)}`;
    case 'held':
      return `put it on hold${because(event.reason)}`;
    case 'released':
      return 'went on with it';
    case 'approvals-asked':
      return `asked ${listed(event.people.map(({ person }) => say.person(person)))} to approve it`;
    case 'voted':
      return `${event.vote} it${because(event.note)}`;
    case 'delegated':
      return `handed the vote to ${say.person(event.to)}`;
    case 'approvals-expired':
      return `no longer waits for ${listed(event.people.map((person) => say.person(person)))}: the time is over`;
    case 'approvals-voided':
      if (event.cause === 'rejected') return 'sent it back by that, and the other votes are void';
      return event.differs.length === 0
        ? 'made the approvals void'
        : `made the approvals void: ${listed(event.differs.map(contentWords))} moved`;
    case 'conflicts-waived':
      return `let ${event.keys.length === 1 ? 'a conflict' : `${event.keys.length} conflicts`} be${because(event.reason)}`;
    case 'task-added':
      return `added the task “${event.task.title}”`;
    case 'task-edited':
      return 'changed a task';
    case 'task-dropped':
      return 'took a task away';
    case 'task-moved':
      return `set a task to ${event.to.replace('_', ' ')}${because(event.reason)}`;
    case 'backout-begun':
      return 'began to take back what was done';
    case 'values-planned':
      return `planned ${valuesWords(event.values.length)} of the configuration`;
    case 'values-unplanned':
      return `planned ${valuesWords(event.values.length)} of the configuration no more`;
    case 'values-applied': {
      const kept = event.outcomes.filter(({ fate }) => fate === 'kept' || fate === 'waits').length;
      const done = `applied ${valuesWords(event.outcomes.length - kept)} to the configuration`;
      return kept === 0 ? done : `${done}, and kept ${kept} as they were`;
    }
    case 'values-left':
      return `left out ${valuesWords(event.count)} of the configuration that were planned: it did not succeed`;
    case 'announcement-made':
      return 'made an announcement of it';
    case 'review-begun':
      return 'began the review';
    case 'review-waived':
      return `said that no review is needed${because(event.reason)}`;
    case 'review-moved':
      return `took the review to “${event.to.replace('_', ' ')}”${because(event.reason)}`;
    case 'incident-caused':
      return `noted that it caused ${incidentWords(event.incident, say)}`;
    case 'incident-not-caused':
      return `noted that it did not cause ${incidentWords(event.incident, say)}`;
    case 'incident-hidden':
      return 'named an incident no more';
    default:
      return unreachable(event);
  }
}

/** What an act would have done, after "You wanted to". */
export function changeIntentWords(act: ChangeAct, say: Say): string {
  switch (act.verb) {
    case 'create':
      return `make the change “${act.fields.title}”`;
    case 'edit':
      return `change ${listed(Object.keys(act.fields).map(partWords)) || 'its kind'}`;
    case 'assign':
      return `give a change to ${act.owner === null ? say.team(act.team) : say.person(act.owner)}`;
    case 'note-plans':
      return 'note the plans of a change';
    case 'assess':
      return 'judge the risk of a change';
    case 'step':
      return `take a change on: ${CHANGE_STEP_WORDS[act.to].toLowerCase()}`;
    case 'revert':
      return `bring a change back${because(act.reason)}`;
    case 'cancel':
      return `cancel a change${because(act.reason)}`;
    case 'close':
      return `close a change: ${RESULT_WORDS[act.result].toLowerCase()}`;
    case 'hold':
      return `put a change on hold${because(act.reason)}`;
    case 'release':
      return 'go on with a change that was on hold';
    case 'ask-approvals':
      return 'ask for approval';
    case 'vote':
      return `vote on a change: ${act.vote}${because(act.note ?? null)}`;
    case 'delegate':
      return `hand your vote to ${say.person(act.to)}`;
    case 'expire':
      return 'end approvals whose time is over';
    case 'waive-conflicts':
      return `let a conflict be${because(act.reason)}`;
    case 'plan-values':
      return `plan ${valuesWords(act.values.length)} of the configuration`;
    case 'unplan-values':
      return 'plan values of the configuration no more';
    case 'note-values':
      return 'note what became of planned values';
    case 'add-task':
      return `add the task “${act.fields.title}”`;
    case 'edit-task':
      return 'change a task';
    case 'drop-task':
      return 'take a task away';
    case 'move-task':
      return `set a task to ${act.to.replace('_', ' ')}${because(act.reason ?? null)}`;
    case 'begin-backout':
      return 'begin to take back what was done';
    case 'note-announcement':
      return 'make an announcement of a change';
    case 'begin-review':
      return 'begin a review';
    case 'waive-review':
      return `say that no review is needed${because(act.reason)}`;
    case 'move-review':
      return `take a review to “${act.to.replace('_', ' ')}”`;
    case 'note-caused':
      return `note that a change caused ${say.record(act.incident)}`;
    case 'unnote-caused':
      return `note that a change did not cause ${say.record(act.incident)}`;
    default:
      return unreachable(act);
  }
}

/** What an act on a standard change would have done, after "You wanted to". */
export function templateIntentWords(act: TemplateAct): string {
  switch (act.verb) {
    case 'propose':
      return `propose the standard change “${act.fields.name}”`;
    case 'edit':
      return 'change a standard change';
    case 'approve':
      return 'approve a standard change';
    case 'reject':
    case 'retire':
    case 'keep':
      return `${act.verb} a standard change${because(act.reason)}`;
    case 'note-use':
    case 'note-result':
      return 'count the use of a standard change';
    default:
      return unreachable(act);
  }
}

const PARTS: Readonly<Record<string, string>> = {
  title: 'the title',
  items: 'what it touches',
  begins: 'when it begins',
  ends: 'when it ends',
  outage: 'whether there is an outage',
};

function partWords(field: string): string {
  return PARTS[field] ?? field;
}

function valuesWords(count: number): string {
  return count === 1 ? 'a value' : `${count} values`;
}

function because(reason: string | null): string {
  return reason === null || reason === '' ? '' : `: ${reason}`;
}

function incidentWords(incident: RecordId | null, say: Say): string {
  return incident === null ? 'an incident that not everybody may read' : say.record(incident);
}

import { isCallAct, isEscalationAct, isMajorAct, unreachable } from '@muster/domain/shared';
import type { TicketAct } from '@muster/domain/shared';
import { callDoneWords, callIntentWords } from './calls.ts';
import { escalationDoneWords, escalationIntentWords } from './escalation.ts';
import { fieldWords, stateWords } from './names.ts';
import { majorDoneWords, majorIntentWords } from './major.ts';
import { readersWords } from './readers.ts';
import type { Say } from './say.ts';

/** What an act did, after the record's number. It stands on this device at once, whether or not there is a network. */
export function doneWords(act: TicketAct, say: Say): string {
  if (isMajorAct(act)) return majorDoneWords(act, say);
  if (isEscalationAct(act)) return escalationDoneWords(act, say);
  if (isCallAct(act)) return callDoneWords(act, say);
  switch (act.verb) {
    case 'create':
      return act.major === undefined ? `“${act.title}” opened` : `“${act.title}” declared`;
    case 'claim':
      return 'taken on';
    case 'co-own':
      return 'you work on it too';
    case 'request-handover':
      return 'hand-over asked for';
    case 'assign':
      if (act.owner !== null) return `given to ${say.person(act.owner)}`;
      return act.team === null ? 'without a team now' : `moved to ${say.team(act.team)}`;
    case 'transition':
      return `now ${stateWords(act.to)}`;
    case 'edit':
      return `${Object.keys(act.fields).map(fieldWords).join(', ') || 'fields'} changed`;
    case 'override-priority':
      return act.priority === null ? 'priority of the matrix again' : `priority set to P${act.priority}`;
    case 'link':
      return `linked to ${say.record(act.target)}`;
    case 'unlink':
      return `link to ${say.record(act.target)} removed`;
    case 'name-items':
      return itemsActWords(act);
    case 'merge':
      return `merged into ${say.record(act.into)}`;
    case 'comment':
      return 'note added';
    case 'reply':
      return 'reply on its way';
    case 'watch':
      return 'watched';
    case 'unwatch':
      return 'no longer watched';
    case 'restrict': {
      const readers = readersWords(act.team, act.people, say);
      return readers === null ? 'open to everybody on the staff' : `only for ${readers} to read`;
    }
    case 'snooze':
      return `snoozed until ${say.time(act.until)}`;
    case 'unsnooze':
      return 'snooze ended';
    case 'note-alerts':
      return 'alerts noted';
    case 'acknowledge-alerts':
      return 'alerts acknowledged';
    case 'silence-alerts':
      return `alerts silenced until ${say.time(act.until)}`;
    case 'end-silence':
      return 'silence of alerts ended';
    default:
      return unreachable(act);
  }
}

function itemsActWords({ add, remove }: Extract<TicketAct, { verb: 'name-items' }>): string {
  if (remove.length === 0) return add.length === 1 ? 'item added' : `${add.length} items added`;
  if (add.length === 0) return remove.length === 1 ? 'item taken away' : `${remove.length} items taken away`;
  return 'items changed';
}

/** What an act would have done, after "You wanted to". */
export function intentWords(act: TicketAct, say: Say): string {
  if (isMajorAct(act)) return majorIntentWords(act, say);
  if (isEscalationAct(act)) return escalationIntentWords(act, say);
  if (isCallAct(act)) return callIntentWords(act, say);
  switch (act.verb) {
    case 'create':
      return act.major === undefined ? `open “${act.title}”` : `declare “${act.title}” a major incident`;
    case 'claim':
      return 'take this on';
    case 'co-own':
      return 'join the work on this';
    case 'request-handover':
      return 'ask for this to be handed over';
    case 'assign':
      if (act.owner !== null) return `give this to ${say.person(act.owner)}`;
      return act.team === null ? 'leave this without a team' : `move this to ${say.team(act.team)}`;
    case 'transition':
      return `make this ${stateWords(act.to)}`;
    case 'edit':
      return `change the ${Object.keys(act.fields).map(fieldWords).join(', ') || 'fields'}`;
    case 'override-priority':
      return act.priority === null
        ? 'go back to the priority of the matrix'
        : `set the priority to P${act.priority}`;
    case 'link':
      return `link this to ${say.record(act.target)}`;
    case 'unlink':
      return `remove the link to ${say.record(act.target)}`;
    case 'name-items':
      return 'say what items this is about';
    case 'merge':
      return `merge this into ${say.record(act.into)}`;
    case 'comment':
      return 'add an internal note';
    case 'reply':
      return 'send a reply';
    case 'watch':
      return 'watch this';
    case 'unwatch':
      return 'stop watching this';
    case 'restrict': {
      const readers = readersWords(act.team, act.people, say);
      return readers === null ? 'let everybody on the staff read this' : `let only ${readers} read this`;
    }
    case 'snooze':
      return `snooze this until ${say.time(act.until)}`;
    case 'unsnooze':
      return 'end the snooze';
    case 'note-alerts':
      return 'note alerts';
    case 'acknowledge-alerts':
      return 'acknowledge the alerts';
    case 'silence-alerts':
      return `silence the alerts until ${say.time(act.until)}`;
    case 'end-silence':
      return 'end the silence of alerts';
    default:
      return unreachable(act);
  }
}

/** The button that does the act once more. */
export function againWords(act: TicketAct): string {
  switch (act.verb) {
    case 'claim':
      return 'Claim again';
    case 'reply':
      return 'Send again';
    case 'comment':
      return 'Add again';
    case 'edit':
      return 'Change again';
    default:
      return 'Do it again';
  }
}

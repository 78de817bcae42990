/** Words for what calls did, in the history of a record. */
import type { CallEvent } from '@muster/domain/shared';
import { unreachable } from '@muster/domain/shared';
import { whomWords } from './whom.ts';
import type { ChainNames } from './whom.ts';

/** What happened in the history, after the actor's name. */
export function callEventWords(event: CallEvent, names: ChainNames): string {
  switch (event.type) {
    case 'call-begun':
      return `began the call “${event.name}”`;
    case 'call-step-taken': {
      const whom = whomWords(event.means, names);
      const round = event.round === 0 ? '' : ` once more (round ${event.round + 1})`;
      if (event.people.length === 0) {
        return event.means.kind === 'schedule'
          ? `found nobody on call by ${event.means.name}, and went on`
          : `could not call ${whom}, and went on`;
      }
      const people = event.people.map((person) => names.person(person)).join(', ');
      return event.means.kind === 'person' ? `called ${whom}${round}` : `called ${whom}${round}: ${people}`;
    }
    case 'call-acknowledged':
      return event.late ? 'said “I have it”, which came here later' : 'said “I have it”';
    case 'call-stopped':
      return event.reason === ''
        ? 'stopped the call, since it is with another team now'
        : `stopped the call: “${event.reason}”`;
    case 'call-used-up':
      return 'found nobody who answered, and told the managers of major incidents';
    default:
      return unreachable(event);
  }
}

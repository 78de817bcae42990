import type { TicketAct, TicketProcess } from '../index.ts';
import { NETWORK } from './organisation.ts';
import type { Records } from './records.ts';
import { creating } from './records.ts';

type Step = readonly [who: string, act: TicketAct];

const to = (state: string, more: object = {}): TicketAct => ({ verb: 'transition', to: state, ...more });

export const HOLD_FOR_CALLER = to('on_hold', { holdReason: 'caller', reason: 'Which laptop is it?' });
export const RESOLVE = to('resolved', { code: 'fixed', notes: 'New certificate.' });
export const CLOSE = to('closed');
export const REOPEN = to('in_progress', { reason: 'It is back.' });
export const CANCEL = to('cancelled', { reason: 'Not needed any more.' });
export const START = to('in_progress');

const STARTED: Readonly<Record<TicketProcess, readonly Step[]>> = {
  desk: [
    ['ana', to('triaged')],
    ['ana', { verb: 'assign', team: NETWORK, owner: null }],
    ['ana', to('assigned')],
    ['ana', START],
  ],
  incident: [['ana', START]],
};

/** Makes a ticket for Rita and takes it to a state; Ana works on it from `in_progress` on. */
export function bring(records: Records, process: TicketProcess, name: string, state: string): void {
  records.run('ana', process, name, creating(process));
  for (const [who, act] of pathTo(process, state)) {
    if (records.ticket(name).state === state && state !== 'in_progress') break;
    const answer = records.run(who, process, name, act);
    if (!answer.ok && answer.refusal.code !== `${process}/nothing-to-change`) {
      throw new Error(`on the way to ${state}: ${answer.refusal.code}`);
    }
  }
}

function pathTo(process: TicketProcess, state: string): readonly Step[] {
  const started = STARTED[process];
  switch (state) {
    case 'awaiting_approval':
      return [
        ['ana', to('triaged')],
        ['ana', to('awaiting_approval')],
      ];
    case 'approved':
      return [...pathTo(process, 'awaiting_approval'), ['lea', to('approved')]];
    case 'rejected':
      return [...pathTo(process, 'awaiting_approval'), ['lea', to('rejected', { reason: 'No budget.' })]];
    case 'cancelled':
      return [['ana', CANCEL]];
    case 'on_hold':
      return [...started, ['ana', HOLD_FOR_CALLER]];
    case 'resolved':
      return [...started, ['ana', RESOLVE]];
    case 'closed':
      return [...started, ['ana', RESOLVE], ['ana', CLOSE]];
    default:
      return started;
  }
}

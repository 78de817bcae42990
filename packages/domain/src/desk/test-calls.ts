/** A desk whose network team has a chain, for tests of calls. */
import { callOf, nextInCall } from '../shared/index.ts';
import type { Call, Chain, ChainStep, Directory, PersonId, TeamId } from '../shared/index.ts';
import { DIRECTORY, NETWORK, id } from '../shared/test-support/organisation.ts';
import { MINUTE, Records, creating } from '../shared/test-support/records.ts';
import { desk } from './desk.ts';

export const person = (name: string): ChainStep => ({ kind: 'person', person: name as PersonId });
export const wait = (minutes: number): ChainStep => ({ kind: 'wait', minutes });
export const all = (team: TeamId): ChainStep => ({ kind: 'team', team, part: 'all' });
export const lead = (team: TeamId): ChainStep => ({ kind: 'team', team, part: 'lead' });

/** A desk whose network team has this chain. */
export function open(
  steps: readonly ChainStep[],
  repeats = 0,
  schedules: Directory['schedules'] = new Map(),
): Records {
  const chain: Chain = { id: NETWORK, version: 1, name: 'Network', steps, repeats };
  const chains = new Map([...DIRECTORY.chains, [String(NETWORK), chain]]);
  const directory: Directory = { ...DIRECTORY, chains, schedules };
  const records = new Records(() => desk, directory);
  records.run('ruben', 'desk', 'd1', creating('desk', { requester: id('ruben') }));
  return records;
}

export const call = (records: Records, team: TeamId = NETWORK): Call => {
  const found = callOf(records.ticket('d1').calls, team);
  if (found === undefined) throw new Error('no call');
  return found;
};
export const begin = (records: Records, who = 'lea', team = NETWORK) =>
  records.run(who, 'desk', 'd1', { verb: 'begin-call', team });
export const answer = (records: Records, who: string, options = {}) =>
  records.run(who, 'desk', 'd1', { verb: 'acknowledge-call', team: NETWORK }, options);

/** Takes the next step as the clock would, once its time has come; answers who was told what. */
export function goOn(records: Records, team: TeamId = NETWORK): readonly string[] {
  const { id: of } = call(records, team);
  const next = nextInCall(call(records, team));
  if (next === null) return ['over'];
  records.now = Math.max(records.now, next.at);
  const { round, step } = next;
  const taken = records.run('system', 'desk', 'd1', { verb: 'take-call-step', call: of, round, step });
  return taken.ok ? taken.value.tell.map((tell) => `${tell.kind} ${tell.person}`) : [taken.refusal.code];
}

/** When the next step is due, in minutes after the last one or the beginning. */
export const minutesAhead = (records: Records): number | null => {
  const going = call(records);
  const next = nextInCall(going);
  return next === null ? null : (next.at - (going.taken.at(-1)?.at ?? going.at)) / MINUTE;
};

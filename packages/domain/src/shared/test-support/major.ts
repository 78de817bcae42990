import type { TicketAct } from '../index.ts';
import { id } from './organisation.ts';
import type { Records } from './records.ts';
import { creating } from './records.ts';

/** A major incident of Rita's that Lea accepted and commands; Ana is its deputy. */
export function bringMajor(records: Records, name: string): void {
  const steps: readonly (readonly [who: string, act: TicketAct])[] = [
    ['ana', creating('incident', { major: { severity: 3 } })],
    ['lea', { verb: 'accept-major' }],
    ['lea', { verb: 'assign-role', role: 'deputy', person: id('ana') }],
    ['ana', { verb: 'transition', to: 'in_progress' }],
  ];
  for (const [who, act] of steps) {
    const answer = records.run(who, 'incident', name, act);
    if (!answer.ok) throw new Error(`on the way to a major incident: ${answer.refusal.code}`);
  }
}

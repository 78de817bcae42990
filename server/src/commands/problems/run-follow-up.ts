import type { ProblemFollowUp } from '@muster/domain/flows';
import { SYSTEM_ACTOR } from '@muster/domain/shared';
import { tellPeople } from '../acts.ts';
import type { ActParts } from '../acts.ts';
import { derivedCommandId } from '../derived-id.ts';

/** Does to an incident what follows from its problem, and tells who works on it, unless it did not come about. */
export async function runFollowUp(
  { run, projection }: Pick<ActParts, 'run' | 'projection'>,
  { type, target, args, tell }: ProblemFollowUp,
  { cause, basis, at }: { readonly cause: string; readonly basis: number; readonly at: number },
): Promise<void> {
  const command = { id: derivedCommandId(cause, at), type, target, args, basis, clientAt: at };
  const { outcome } = await run(command, SYSTEM_ACTOR);
  if (outcome !== 'applied') return;
  await tellPeople(projection, tell, { process: 'incident', record: target }, cause, at);
}

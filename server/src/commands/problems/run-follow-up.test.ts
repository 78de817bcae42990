import { commandId, recordId } from '@muster/domain/shared';
import type { CommandOutcome } from '@muster/domain/shared';
import { expect, it } from 'vitest';
import { ANNE } from '../../store/test-store.ts';
import type { Projection } from '../projection.ts';
import { runFollowUp } from './run-follow-up.ts';

const followUp = {
  ...{ type: 'incident.transition', target: recordId('i1'), part: 'resolve:i1', args: { to: 'resolved' } },
  tell: [{ person: ANNE, kind: 'problem-item', detail: { what: 'fixed' } }],
} as const;

async function toldAfter(outcome: Omit<CommandOutcome, 'id'>): Promise<readonly string[]> {
  const told: string[] = [];
  const projection = {
    tell: (person: string) => Promise.resolve(void told.push(person)),
  } as unknown as Projection;
  const run = () => Promise.resolve({ id: commandId('c1'), ...outcome } as CommandOutcome);
  await runFollowUp({ run, projection }, followUp, { cause: 'event:p1:2:resolve:i1', basis: 3, at: 5 });
  return told;
}

it('[FLW-41] tells who works on an incident that it is fixed, and nobody when that was refused', async () => {
  expect(await toldAfter({ outcome: 'applied', version: 4 } as Omit<CommandOutcome, 'id'>)).toEqual([ANNE]);
  const refused = { outcome: 'refused', refusal: { code: 'incident/caller-replied' } };
  expect(await toldAfter(refused as unknown as Omit<CommandOutcome, 'id'>)).toEqual([]);
});

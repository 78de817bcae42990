import type { Outcome, RecordId } from '@muster/domain/shared';
import type { SentCommand } from '#lib/live/muster.ts';

export function answered(id: string, target: RecordId, outcome: Outcome): SentCommand {
  return {
    id,
    target,
    kept: Promise.resolve(outcome.outcome === 'refused' ? outcome : 'kept'),
    settled: Promise.resolve(outcome),
  };
}

import type { CommandEnvelope, CommandOutcome } from '@muster/domain/shared';
import type { Api } from './api.ts';
import { BoundaryError } from './boundary-error.ts';

/** Refusal of an act that the server could not even read: another version of Muster made it. */
export const NOT_UNDERSTOOD = 'outbox/not-understood';

/**
 * The server's answers to a batch: all at once, or one by one where the batch as a whole was not understood, so that
 * the one at fault is set aside and the others go on.
 * @throws BoundaryError when there is no answer
 */
export async function* answersTo(
  api: Pick<Api, 'commands'>,
  batch: readonly CommandEnvelope[],
  era: string | null,
): AsyncGenerator<readonly CommandOutcome[]> {
  const whole = await asked(api, batch, era);
  if (!(whole instanceof BoundaryError)) return yield whole;
  for (const envelope of batch) {
    const outcomes = await asked(api, [envelope], era);
    if (!(outcomes instanceof BoundaryError)) {
      yield outcomes;
      continue;
    }
    const refusal = { code: NOT_UNDERSTOOD, detail: outcomes.message, problem: outcomes.problem };
    yield [{ id: envelope.id, outcome: 'refused', refusal }];
  }
}

/** The answers, or the error that says that the server did not understand. */
async function asked(
  api: Pick<Api, 'commands'>,
  batch: readonly CommandEnvelope[],
  era: string | null,
): Promise<readonly CommandOutcome[] | BoundaryError> {
  try {
    return await api.commands(batch, era);
  } catch (error) {
    if (!(error instanceof BoundaryError) || error.code !== 'rejected') throw error;
    return error;
  }
}

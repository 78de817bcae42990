import { RECORD_ID_CHOICES, makeRecordId } from '@muster/domain/shared';
import type {
  CommandEnvelope,
  Outcome,
  RecordId,
  RefusalContent,
  Result,
  Verdict,
} from '@muster/domain/shared';
import type { Outbox } from '../connection/outbox.ts';
import type { SentCommand } from './sent-command.ts';

/** Sends an act; or answers it here, when the rules have the answer here already. */
export function sendAct(
  outbox: Pick<Outbox, 'submit'>,
  envelope: CommandEnvelope,
  outcome: Outcome | null,
): SentCommand {
  const { id, target } = envelope;
  if (outcome === null) return { id, target, ...outbox.submit(envelope) };
  const settled = Promise.resolve(outcome);
  return { id, target, kept: settled, settled };
}

/** What the rules have to say before the server does: a no, or that it is too late. Null for a yes. */
export function outcomeHere(
  answer: Result<Pick<Verdict<unknown>, 'superseded'>, RefusalContent>,
): Extract<Outcome, { readonly outcome: 'refused' | 'superseded' }> | null {
  if (!answer.ok) return { outcome: 'refused', refusal: answer.refusal };
  const { superseded } = answer.value;
  return superseded === undefined ? null : { outcome: 'superseded', ...superseded };
}

/** For a record that an act makes here. */
export function newRecordId(now: number): RecordId {
  return makeRecordId(now, randomBelow(RECORD_ID_CHOICES));
}

/** For powers of two up to 2^32. */
function randomBelow(choices: number): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % choices;
}

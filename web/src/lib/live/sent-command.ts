import type { Outcome, RecordId } from '@muster/domain/shared';

/** An act that was done here. */
export interface SentCommand {
  readonly id: string;
  readonly target: RecordId;
  /** Resolves when kept on this device: `refused` at once when the rules say no here already. */
  readonly kept: Promise<'kept' | Outcome>;
  /** Resolves with the server's answer, however long that takes. */
  readonly settled: Promise<Outcome>;
}

import type { CommandEnvelope, CommandId } from '@muster/domain/shared';
import type { StoredCommand } from './local-schema.ts';

/** An act as its tab knows it, until a board shows what came of it. */
export interface PendingCommand {
  readonly id: CommandId;
  readonly envelope: CommandEnvelope;
  /** False while it is in this tab's memory only. */
  readonly kept: boolean;
  readonly applied: StoredCommand['applied'];
  /** Applied before a restore, and brought again. */
  readonly again: boolean;
}

/** A command as it travels: with the era that its author saw, and the number that people know its record by. */
export function asSent({ envelope, era, again }: StoredCommand): CommandEnvelope {
  return {
    ...envelope,
    ...(era != null && { era }),
    ...(again?.number != null && { formerly: again.number }),
  };
}

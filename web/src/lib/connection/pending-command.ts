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
function asSent({ envelope, era, again }: StoredCommand): CommandEnvelope {
  return {
    ...envelope,
    ...(era != null && { era }),
    ...(again?.number != null && { formerly: again.number }),
  };
}

/** What the disk holds, in its order, and between it what only memory does. */
export function inOneOrder(
  stored: readonly StoredCommand[],
  commands: readonly PendingCommand[],
): readonly CommandEnvelope[] {
  const all = stored.map(asSent);
  const there = new Set(all.map(({ id }) => id));
  for (const { id, envelope } of commands) {
    if (there.has(id)) continue;
    // ids sort by time: an act that only memory holds goes before what was done after it
    const later = all.findIndex((other) => other.id > id);
    all.splice(later === -1 ? all.length : later, 0, envelope);
  }
  return all;
}

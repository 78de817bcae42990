import type { PendingCommand } from '../connection/pending-command.ts';

/** Whether these are the same own acts, answered as far: what is shown with them folded in then stands. */
export function areSameCommands(
  some: readonly PendingCommand[] = [],
  others: readonly PendingCommand[] = [],
): boolean {
  return (
    some.length === others.length &&
    some.every(({ id, applied }, index) => id === others[index]?.id && applied === others[index]?.applied)
  );
}

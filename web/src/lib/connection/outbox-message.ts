import type { CommandOutcome } from '@muster/domain/shared';

/** What the outboxes of one person's tabs tell each other. */
type OutboxMessage =
  | { readonly type: 'commands-added' }
  | { readonly type: 'commands-answered'; readonly outcomes: readonly CommandOutcome[] };

/** Messages come from tabs of this origin only, possibly of another version. */
export function isOutboxMessage(message: unknown): message is OutboxMessage {
  const { type, outcomes } = (message ?? {}) as { type?: unknown; outcomes?: unknown };
  return type === 'commands-added' || (type === 'commands-answered' && Array.isArray(outcomes));
}

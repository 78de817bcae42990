import { lifecycleOf } from '@muster/domain';
import type { Actor, Ticket } from '@muster/domain/shared';

export type Need = 'reason' | 'holdReason' | 'code' | 'notes';

/** A step that may be taken now, and what must be said with it. */
export interface Step {
  readonly from: string;
  readonly to: string;
  readonly needs: readonly Need[];
}

/** The steps open to this person, for one record. */
export function stepsOf(ticket: Ticket, actor: Actor): readonly Step[] {
  return lifecycleOf(ticket.process).allowedTransitions(ticket, actor);
}

/** Steps that at least one of these records may take, each state once with all that any of them needs. */
export function stepsOfMany(tickets: readonly Ticket[], actor: Actor): readonly Step[] {
  const byState = new Map<string, Step>();
  for (const ticket of tickets) {
    for (const step of stepsOf(ticket, actor)) {
      const known = byState.get(step.to);
      const needs = [...new Set([...(known?.needs ?? []), ...step.needs])];
      byState.set(step.to, { from: known?.from ?? step.from, to: step.to, needs });
    }
  }
  return [...byState.values()];
}

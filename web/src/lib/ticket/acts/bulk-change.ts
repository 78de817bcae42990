import type { HoldReason, PersonId, Priority, TeamId, TicketAct, TicketFields } from '@muster/domain/shared';
import type { TicketRow } from '#lib/live/muster.ts';

/** A change asked for many records at once. Each record gets an act of its own. */
export type BulkChange =
  | { readonly kind: 'claim' }
  | {
      readonly kind: 'assign';
      readonly team: TeamId | null | undefined;
      readonly owner: PersonId | null | undefined;
    }
  | {
      readonly kind: 'state';
      readonly to: string;
      readonly holdReason?: HoldReason;
      readonly reason?: string;
      readonly code?: string;
      readonly notes?: string;
    }
  | { readonly kind: 'priority'; readonly priority: Priority | null; readonly reason: string }
  | { readonly kind: 'tags'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: 'snooze'; readonly until: number | null }
  | { readonly kind: 'watch'; readonly watching: boolean }
  | { readonly kind: 'edit'; readonly fields: Partial<Omit<TicketFields, 'tags'>> };

/** The act that brings the change to one record; null when the record is like that already. */
export function actFor(change: BulkChange, row: TicketRow): TicketAct | null {
  switch (change.kind) {
    case 'claim':
      return { verb: 'claim' };
    case 'assign': {
      // undefined leaves that half as it is; a new team takes the owner along only when one is named
      const team = change.team === undefined ? row.team : change.team;
      const owner =
        change.owner === undefined
          ? change.team === undefined || change.team === row.team
            ? row.owner
            : null
          : change.owner;
      return team === row.team && owner === row.owner ? null : { verb: 'assign', team, owner };
    }
    case 'state': {
      const { kind: _, ...step } = change;
      return row.state === change.to ? null : { verb: 'transition', ...step };
    }
    case 'priority':
      return row.priority === change.priority && row.priorityReason === null
        ? null
        : { verb: 'override-priority', priority: change.priority, reason: change.reason };
    case 'tags': {
      const tags = [...new Set([...row.tags.filter((tag) => !change.remove.includes(tag)), ...change.add])];
      return sameTags(tags, row.tags) ? null : { verb: 'edit', fields: { tags } };
    }
    case 'snooze':
      if (change.until === null) return row.snoozedUntil === null ? null : { verb: 'unsnooze' };
      return row.snoozedUntil === change.until ? null : { verb: 'snooze', until: change.until };
    case 'watch':
      return { verb: change.watching ? 'watch' : 'unwatch' };
    case 'edit': {
      const differs = Object.entries(change.fields).some(
        ([field, value]) => row[field as keyof TicketFields] !== value,
      );
      return differs ? { verb: 'edit', fields: change.fields } : null;
    }
  }
}

function sameTags(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((tag) => b.includes(tag));
}

import { lifecycleOf } from '@muster/domain';
import { TICKET_PROCESSES } from '@muster/domain/shared';
import type { Actor } from '@muster/domain/shared';
import type { Me, Muster } from '#lib/live/muster.ts';
import type { FilterItems, FilterWorld } from './filter/index.ts';

/** States of all ticket processes in the order of work, each once. */
export const TICKET_STATES: readonly string[] = mergedStates();

/** States in which work is still to be done, in any process. */
export const OPEN_STATES: ReadonlySet<string> = new Set(
  TICKET_PROCESSES.flatMap((process) => [...lifecycleOf(process).open]),
);

export function filterWorldOf(muster: Muster, items: FilterItems): FilterWorld {
  return {
    me: muster.me.person.id,
    myTeams: muster.me.person.teams,
    directory: muster.directory.current,
    items,
    states: TICKET_STATES,
    openStates: OPEN_STATES,
  };
}

/** The signed-in person as the domain's rules see an actor. */
export function actorOf(me: Me): Actor {
  return { id: me.person.id, name: me.person.name, permissions: me.permissions, teams: me.person.teams };
}

/** The lifecycles share their early and late states; the longest one gives the order. */
function mergedStates(): string[] {
  const lists = TICKET_PROCESSES.map((process) => lifecycleOf(process).states);
  const longest = [...lists].sort((a, b) => b.length - a.length)[0] ?? [];
  return [...new Set([...longest, ...lists.flat()])];
}

import type { Muster } from '#lib/live/muster.ts';
import { sayOf } from '#lib/ticket/acts/say.ts';
import type { EventWorld } from '#lib/ticket/wording/events.ts';

/** How events of an incident name people and records. Subscribes to the directory. */
export function eventWorldOf(muster: Muster): EventWorld {
  const say = sayOf(muster);
  const { current } = muster.directory;
  const names = new Map<string, string>([...current.people].map(([id, { name }]) => [id, name]));
  return {
    directory: current,
    personName: (id) => (id === 'system' ? 'Muster' : (names.get(id) ?? 'Somebody')),
    reference: (id) => say.record(id),
  };
}

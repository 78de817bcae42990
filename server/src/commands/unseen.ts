import type { Actor, CommandEnvelope, Recorded } from '@muster/domain/shared';
import type { Eras } from './eras.ts';
import type { Events } from './events.ts';

/** What happened to a record that the author of a command cannot have seen. */
export async function unseenBy<Event extends { readonly type: string }>(
  { target, basis, era }: CommandEnvelope,
  { events, eras }: { readonly events: Events; readonly eras: Eras },
): Promise<readonly Recorded<Event>[]> {
  const common = era === undefined ? null : await eras.lastCommonVersion(target, era);
  return events.since<Event>(target, common === null ? basis : Math.min(basis, common));
}

/** Without what the author did themselves, of which their device knows. */
export function byOthers<Event>(
  since: readonly Recorded<Event>[],
  { id }: Pick<Actor, 'id'>,
): readonly Recorded<Event>[] {
  return since.filter(({ actor }) => actor !== id);
}

import { KeptViews, newViewId } from '#lib/live/kept-views.svelte.ts';
import type { QueueAddress } from './address.ts';
import { GROUP_KEYS } from './grouping.ts';
import { SORT_KEYS } from './sorting.ts';
import type { QueueView } from './views.ts';

/** A person's own views of the queue. */
export class OwnViews extends KeptViews<QueueView> {
  constructor(person: string) {
    super(`muster.queue-views.${person}`, isQueueView);
  }

  /** Hands back what is saved, and the one of its name that it took the place of. */
  save(
    name: string,
    { query, sorting, group }: QueueAddress,
  ): { readonly saved: QueueView; readonly before: QueueView | undefined } {
    const saved: QueueView = { id: newViewId(), name, query, sorting, group, own: true };
    return { saved, before: this.keep(saved) };
  }
}

function isQueueView(value: Readonly<Record<string, unknown>>): boolean {
  const view = value as Partial<QueueView>;
  return (
    typeof view.query === 'string' &&
    typeof view.sorting?.descending === 'boolean' &&
    SORT_KEYS.includes(view.sorting.key) &&
    GROUP_KEYS.some((key) => key === view.group)
  );
}

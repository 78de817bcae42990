import { storageHere } from '#lib/live/storage-here.ts';
import { GROUP_KEYS } from './grouping.ts';
import { SORT_KEYS } from './sorting.ts';
import type { QueueAddress } from './address.ts';
import type { QueueView } from './views.ts';

/**
 * A person's own views, kept in this browser under the person's id. They do not travel to other
 * devices. A second tab sees a change at once through the storage event.
 */
export class OwnViews {
  readonly #key: string;
  #views = $state.raw<readonly QueueView[]>([]);

  constructor(person: string) {
    this.#key = `muster.queue-views.${person}`;
    this.#views = readViews(storageHere('localStorage').getItem(this.#key));
  }

  get all(): readonly QueueView[] {
    return this.#views;
  }

  save(name: string, address: QueueAddress): QueueView {
    const { query, sorting, group } = address;
    const view: QueueView = { id: `own-${crypto.randomUUID()}`, name, query, sorting, group, own: true };
    this.#write([...this.#views.filter((other) => other.name !== name), view]);
    return view;
  }

  remove(id: string): void {
    this.#write(this.#views.filter((view) => view.id !== id));
  }

  /** Follows another tab; returns what ends it. */
  follow(): () => void {
    const read = (event: StorageEvent) => {
      if (event.key === this.#key) this.#views = readViews(event.newValue);
    };
    addEventListener('storage', read);
    return () => removeEventListener('storage', read);
  }

  #write(views: readonly QueueView[]): void {
    this.#views = views;
    storageHere('localStorage').setItem(this.#key, JSON.stringify(views));
  }
}

/** What is stored may be of another version: what does not fit is left out, never thrown. */
function readViews(text: string | null): readonly QueueView[] {
  const stored = parsed(text);
  return Array.isArray(stored) ? stored.filter(isView) : [];
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '[]') as unknown;
  } catch {
    return [];
  }
}

function isView(value: unknown): value is QueueView {
  if (typeof value !== 'object' || value === null) return false;
  const view = value as Partial<QueueView>;
  return (
    typeof view.id === 'string' &&
    typeof view.name === 'string' &&
    typeof view.query === 'string' &&
    typeof view.sorting?.descending === 'boolean' &&
    SORT_KEYS.includes(view.sorting.key) &&
    GROUP_KEYS.some((key) => key === view.group)
  );
}

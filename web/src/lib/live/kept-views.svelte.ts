import { storageHere } from './storage-here.ts';

/** What a view has, whatever it is a view of. */
export interface KeptView {
  readonly id: string;
  readonly name: string;
}

/**
 * A person's own views of something, kept in this browser. They do not travel to other devices. A second tab sees a
 * change at once through the storage event.
 */
export class KeptViews<View extends KeptView> {
  readonly #key: string;
  readonly #fits: (value: Readonly<Record<string, unknown>>) => boolean;
  #views = $state.raw<readonly View[]>([]);

  /**
   * @param key In the browser's storage, with the person's id.
   * @param fits Whether what was stored, which has an id and a name, is such a view: another version may have
   *   written it, and what does not fit is left out, never thrown.
   */
  constructor(key: string, fits: (value: Readonly<Record<string, unknown>>) => boolean) {
    this.#key = key;
    this.#fits = fits;
    this.#views = this.#read(storageHere('localStorage').getItem(key));
  }

  get all(): readonly View[] {
    return this.#views;
  }

  /** In the place of the one that has its name, which is handed back. */
  keep(view: View): View | undefined {
    const at = this.#views.findIndex(({ name }) => name === view.name);
    const before = this.#views[at];
    this.#write(before === undefined ? [...this.#views, view] : this.#views.with(at, view));
    return before;
  }

  /** Hands back at which place it stood; -1 where another tab was faster. */
  remove(id: string): number {
    const at = this.#views.findIndex((view) => view.id === id);
    this.#write(this.#views.filter((view) => view.id !== id));
    return at;
  }

  /**
   * Brings back what was removed from a place, or replaced by the view of an id, to where it stood. What was saved
   * under its name since then stays, and what is brought back has a name beside it.
   */
  bringBack(view: View, from: { readonly place: number } | { readonly replacedBy: string }): void {
    const now = this.#views.find(({ name }) => name === view.name);
    if (now !== undefined && 'replacedBy' in from && now.id === from.replacedBy) {
      this.keep(view);
      return;
    }
    let name = view.name;
    while (this.#views.some((one) => one.name === name)) name += ' (before)';
    const stood = 'place' in from && from.place >= 0;
    const place = stood ? from.place : this.#views.length;
    this.#write(this.#views.toSpliced(place, 0, { ...view, name }));
  }

  /** Follows another tab; returns what ends it. */
  follow(): () => void {
    const read = (event: StorageEvent) => {
      if (event.key === this.#key) this.#views = this.#read(event.newValue);
    };
    addEventListener('storage', read);
    return () => removeEventListener('storage', read);
  }

  #write(views: readonly View[]): void {
    this.#views = views;
    storageHere('localStorage').setItem(this.#key, JSON.stringify(views));
  }

  #read(text: string | null): readonly View[] {
    const stored = parsed(text);
    return Array.isArray(stored) ? stored.filter((value) => this.#isView(value)) : [];
  }

  #isView(value: unknown): value is View {
    if (typeof value !== 'object' || value === null) return false;
    const view = value as Record<string, unknown>;
    return typeof view['id'] === 'string' && typeof view['name'] === 'string' && this.#fits(view);
  }
}

/** The id of a view that is new. */
export function newViewId(): string {
  return `own-${crypto.randomUUID()}`;
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '[]') as unknown;
  } catch {
    return [];
  }
}

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
    const before = this.#views.find(({ name }) => name === view.name);
    this.#write([...this.#views.filter((one) => one !== before), view]);
    return before;
  }

  remove(id: string): void {
    this.#write(this.#views.filter((view) => view.id !== id));
  }

  /**
   * Brings back what was removed, or replaced by the view of that id. What was saved under its name since then stays,
   * and what is brought back stands beside it.
   */
  bringBack(view: View, replacedBy?: string): void {
    const now = this.#views.find(({ name }) => name === view.name);
    if (now === undefined || now.id === replacedBy) {
      this.keep(view);
      return;
    }
    let name = view.name;
    while (this.#views.some((one) => one.name === name)) name += ' (before)';
    this.keep({ ...view, name });
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

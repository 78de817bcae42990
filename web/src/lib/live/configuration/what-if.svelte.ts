/**
 * "What if this were down?": what somebody marks as down, and what they say of other items over what is computed.
 * Kept on the device, for its person alone; nothing of it is sent anywhere. All that shows it on a page, and in other
 * tabs, hears at once of what one of them changes.
 */
import type { ImpactOverride } from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';
import { createSubscriber } from 'svelte/reactivity';
import type { Muster } from '../muster.ts';
import { storageHere } from '../storage-here.ts';
import type { Shelf } from '../storage-here.ts';

export interface Supposed {
  readonly down: ReadonlySet<ItemId>;
  readonly overrides: ReadonlyMap<ItemId, ImpactOverride>;
}

const NOTHING: Supposed = { down: new Set(), overrides: new Map() };
const MOST_UNDONE = 50;
const CHANGED = 'what-if';

/** What this person supposes on this device. */
export function whatIfOf({ me }: Pick<Muster, 'me'>): WhatIf {
  return new WhatIf(storageHere('localStorage'), `what-if/${me.person.id}`);
}

export class WhatIf {
  readonly #shelf: Shelf;
  readonly #key: string;
  #now: Supposed;
  #before: readonly Supposed[] = [];
  readonly #subscribe: () => void;

  constructor(shelf: Shelf, key: string) {
    this.#shelf = shelf;
    this.#key = key;
    this.#now = this.#kept();
    this.#subscribe = createSubscriber((update) => {
      const changed = (event: Event) => {
        if (this.#hears(event)) update();
      };
      window.addEventListener(CHANGED, changed);
      window.addEventListener('storage', changed);
      return () => {
        window.removeEventListener(CHANGED, changed);
        window.removeEventListener('storage', changed);
      };
    });
  }

  get down(): ReadonlySet<ItemId> {
    return this.#read().down;
  }

  get overrides(): ReadonlyMap<ItemId, ImpactOverride> {
    return this.#read().overrides;
  }

  get isOn(): boolean {
    const { down, overrides } = this.#read();
    return down.size + overrides.size > 0;
  }

  get mayUndo(): boolean {
    this.#subscribe();
    return this.#before.length > 0;
  }

  /** Whether all of these are supposed to be down. */
  supposes(ids: readonly ItemId[]): boolean {
    const { down } = this.#read();
    return ids.length > 0 && ids.every((id) => down.has(id));
  }

  toggle(id: ItemId): void {
    this.toggleAll([id]);
  }

  /** All of them at once: down, or up again where all of them were down. */
  toggleAll(ids: readonly ItemId[]): void {
    const down = new Set(this.#now.down);
    const areDown = ids.every((id) => down.has(id));
    for (const id of ids) {
      if (areDown) down.delete(id);
      else down.add(id);
    }
    this.#set({ ...this.#now, down });
  }

  override(id: ItemId, override: ImpactOverride | null): void {
    const overrides = new Map(this.#now.overrides);
    if (override === null) overrides.delete(id);
    else overrides.set(id, override);
    this.#set({ ...this.#now, overrides });
  }

  clear(): void {
    this.#set(NOTHING);
  }

  undo(): void {
    const before = this.#before.at(-1);
    if (before === undefined) return;
    this.#before = this.#before.slice(0, -1);
    this.#now = before;
    this.#keep();
  }

  #read(): Supposed {
    this.#subscribe();
    return this.#now;
  }

  #set(next: Supposed): void {
    this.#push(next);
    this.#keep();
  }

  #push(next: Supposed): void {
    this.#before = [...this.#before, this.#now].slice(-MOST_UNDONE);
    this.#now = next;
  }

  #keep(): void {
    const text = writeSupposed(this.#now);
    const isOn = this.#now.down.size + this.#now.overrides.size > 0;
    quietly(() => {
      if (isOn) this.#shelf.setItem(this.#key, text);
      else this.#shelf.removeItem(this.#key);
      return null;
    });
    const detail: Changed = { key: this.#key, by: this, text };
    window.dispatchEvent(new CustomEvent(CHANGED, { detail }));
  }

  /** Takes over what another part of the page or another tab changed; says whether there is anything new. */
  #hears(event: Event): boolean {
    if (event instanceof StorageEvent) {
      if (event.key !== this.#key) return false;
      this.#push(this.#kept());
      return true;
    }
    const { key, by, text } = (event as CustomEvent<Changed>).detail;
    if (key !== this.#key) return false;
    if (by !== this) this.#push(readSupposed(text));
    return true;
  }

  #kept(): Supposed {
    return readSupposed(quietly(() => this.#shelf.getItem(this.#key)));
  }
}

/** Said on the page by the one that changed it: a device that keeps nothing hears of it, too. */
interface Changed {
  readonly key: string;
  readonly by: WhatIf;
  readonly text: string;
}

/** A device that keeps nothing still answers what if. */
function quietly(act: () => string | null): string | null {
  try {
    return act();
  } catch {
    return null;
  }
}

export function writeSupposed({ down, overrides }: Supposed): string {
  return JSON.stringify({ down: [...down], overrides: [...overrides] });
}

/** What was kept; nothing where it is none, whatever it is. */
export function readSupposed(text: string | null): Supposed {
  if (text === null) return NOTHING;
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return NOTHING;
  }
  if (kept === null || typeof kept !== 'object') return NOTHING;
  const { down, overrides } = kept as { readonly down?: unknown; readonly overrides?: unknown };
  const isId = (value: unknown): value is ItemId => typeof value === 'string' && value !== '';
  const isPair = (value: unknown): value is [ItemId, ImpactOverride] =>
    Array.isArray(value) && isId(value[0]) && (value[1] === 'impacted' || value[1] === 'not_impacted');
  return {
    down: new Set(Array.isArray(down) ? down.filter(isId) : []),
    overrides: new Map(Array.isArray(overrides) ? overrides.filter(isPair) : []),
  };
}

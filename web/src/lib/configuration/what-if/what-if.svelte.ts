/**
 * "What if this were down?": what somebody marks as down, and what they say of other items over what is computed.
 * Kept on the device, for its person alone; nothing of it is sent anywhere.
 */
import type { ImpactOverride } from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';

export interface Supposed {
  readonly down: ReadonlySet<ItemId>;
  readonly overrides: ReadonlyMap<ItemId, ImpactOverride>;
}

const NOTHING: Supposed = { down: new Set(), overrides: new Map() };
const MOST_UNDONE = 50;

/** Where it is kept: `localStorage`, or nothing where there is none. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export class WhatIf {
  readonly #shelf: Shelf | null;
  readonly #key: string;
  #now = $state.raw<Supposed>(NOTHING);
  #before = $state.raw<readonly Supposed[]>([]);

  constructor(shelf: Shelf | null, key: string) {
    this.#shelf = shelf;
    this.#key = key;
    this.#now = readSupposed(quietly(() => shelf?.getItem(key) ?? null));
  }

  get down(): ReadonlySet<ItemId> {
    return this.#now.down;
  }

  get overrides(): ReadonlyMap<ItemId, ImpactOverride> {
    return this.#now.overrides;
  }

  get isOn(): boolean {
    return this.#now.down.size + this.#now.overrides.size > 0;
  }

  get mayUndo(): boolean {
    return this.#before.length > 0;
  }

  toggle(id: ItemId): void {
    const down = new Set(this.#now.down);
    if (!down.delete(id)) down.add(id);
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

  #set(next: Supposed): void {
    this.#before = [...this.#before, this.#now].slice(-MOST_UNDONE);
    this.#now = next;
    this.#keep();
  }

  #keep(): void {
    quietly(() => {
      if (this.isOn) this.#shelf?.setItem(this.#key, writeSupposed(this.#now));
      else this.#shelf?.removeItem(this.#key);
      return null;
    });
  }
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

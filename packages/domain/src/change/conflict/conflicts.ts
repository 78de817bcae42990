/**
 * Finds what a change collides with. Changes are kept by item and by owner in the order of time, so that moving one of
 * thousands looks at those that overlap its new place and at no other.
 */
import type { Instant, PersonId, RecordId } from '../../shared/index.ts';
import type { Dependencies, ItemId } from '../model/items.ts';
import { freezesOver } from '../window/freeze.ts';
import { isForItem, isForModel } from '../window/window.ts';
import type { ChangeWindow } from '../window/window.ts';
import { conflictKey } from './conflict.ts';
import type { Conflict, ConflictKind, Planned } from './conflict.ts';
import { isCovered, nextOpening } from './maintenance.ts';
import { TimeList } from './time-list.ts';

/** What conflicts are found in. Make it anew when the windows change; dependencies say themselves that they did. */
export interface ConflictWorld {
  readonly windows: readonly ChangeWindow[];
  readonly dependencies: Dependencies;
  /** The organisation's, IANA name. */
  readonly zone: string;
}

/** How an item stands to the change, with the kinds of conflict that come of it. */
const RELATIONS = [
  { same: 'same-item', outside: 'item-outside', frozen: 'item-frozen' },
  { same: 'parent-item', outside: 'parent-outside', frozen: 'parent-frozen' },
  { same: 'child-item', outside: 'child-outside', frozen: 'child-frozen' },
] as const satisfies readonly Readonly<Record<'same' | 'outside' | 'frozen', ConflictKind>>[];

export class ConflictIndex {
  readonly #world: ConflictWorld;
  readonly #freezes: readonly ChangeWindow[];
  readonly #maintenance: readonly ChangeWindow[];
  readonly #changes = new Map<RecordId, Planned>();
  readonly #byItem = new Map<ItemId, TimeList>();
  readonly #byOwner = new Map<PersonId, TimeList>();
  readonly #windowsOf = new Map<ItemId, readonly ChangeWindow[]>();
  #windowsVersion: number | undefined;

  constructor(world: ConflictWorld, changes: Iterable<Planned> = []) {
    this.#world = world;
    this.#freezes = world.windows.filter(({ kind }) => kind === 'freeze');
    this.#maintenance = world.windows.filter(({ kind }) => kind === 'maintenance');
    for (const change of changes) this.set(change);
  }

  get zone(): string {
    return this.#world.zone;
  }

  /** Puts a change to its place, whether it had one or not. */
  set(change: Planned): void {
    this.delete(change.id);
    this.#changes.set(change.id, change);
    for (const item of new Set(change.items)) listAt(this.#byItem, item).add(change);
    if (change.owner !== null) listAt(this.#byOwner, change.owner).add(change);
  }

  delete(id: RecordId): void {
    const change = this.#changes.get(id);
    if (change === undefined) return;
    this.#changes.delete(id);
    for (const item of new Set(change.items)) this.#byItem.get(item)?.delete(change);
    if (change.owner !== null) this.#byOwner.get(change.owner)?.delete(change);
  }

  /** All conflicts of a change where it stands or is to stand, in the order of `CONFLICT_KINDS`. Its own place does not count. */
  conflictsOf(change: Planned): readonly Conflict[] {
    const related = this.#related(change);
    return [
      ...RELATIONS.flatMap(({ same }, at) => this.#busy(same, change, related[at] ?? [])),
      ...RELATIONS.flatMap(({ outside }, at) => this.#outside(outside, change, related[at] ?? [])),
      ...this.#frozen(change, related),
      ...this.#assigneeBusy(change),
    ];
  }

  /**
   * The earliest begin after that of `change` at which this conflict may be gone; null when none comes within `days`.
   * At every begin in between it stands.
   */
  nextChance(change: Planned, { kind, items, to }: Conflict, days: number): Instant | null {
    if (kind !== 'item-outside' && kind !== 'parent-outside' && kind !== 'child-outside') return to;
    let latest: Instant | null = change.begins;
    for (const item of items) {
      const next = nextOpening(this.#maintenanceOf(item, change), change.begins, days, this.#zoneOf(item));
      latest = next === null || latest === null ? null : Math.max(latest, next);
    }
    return latest;
  }

  /** Own items, their parents, their children: nothing twice, and each by the item that stands for it. */
  #related({ items }: Planned): readonly (readonly ItemId[])[] {
    const { parentsOf, childrenOf, stayingOf } = this.#world.dependencies;
    const seen = new Set<ItemId>(items.map(stayingOf));
    const unseen = (found: readonly ItemId[]): readonly ItemId[] =>
      found.filter((item) => !seen.has(item) && seen.add(item));
    const own = [...seen];
    const parents = unseen(own.flatMap(parentsOf));
    return [own, parents, unseen(own.flatMap(childrenOf))];
  }

  #busy(kind: ConflictKind, change: Planned, items: readonly ItemId[]): readonly Conflict[] {
    const through = new Map<Planned, ItemId[]>();
    for (const item of items) {
      for (const other of this.#overlapping(item, change)) {
        const found = through.get(other);
        if (found === undefined) through.set(other, [item]);
        else found.push(item);
      }
    }
    return [...through].map(([other, shared]) => withChange(kind, other, shared));
  }

  /** Other changes of the item at that time, each once, whether they name it or what was joined into it. */
  #overlapping(item: ItemId, { id, begins, ends }: Planned): ReadonlySet<Planned> {
    const found = new Set<Planned>();
    for (const named of [item, ...this.#world.dependencies.joinedInto(item)])
      for (const other of this.#byItem.get(named)?.overlapping(begins, ends) ?? [])
        if (other.id !== id) found.add(other);
    return found;
  }

  #assigneeBusy(change: Planned): readonly Conflict[] {
    if (change.owner === null) return [];
    const theirs = this.#byOwner.get(change.owner)?.overlapping(change.begins, change.ends) ?? [];
    return [...theirs]
      .filter(({ id }) => id !== change.id)
      .map((other) => withChange('assignee-busy', other, []));
  }

  #outside(kind: ConflictKind, change: Planned, items: readonly ItemId[]): readonly Conflict[] {
    const missed = items.filter((item) => {
      const windows = this.#maintenanceOf(item, change);
      return windows.length > 0 && !isCovered(windows, change, this.#zoneOf(item));
    });
    if (missed.length === 0) return [];
    const { begins: from, ends: to } = change;
    const windows = missed.flatMap((item) => this.#maintenanceOf(item, change).map(({ id }) => id));
    return [
      {
        key: conflictKey(kind, missed.join(','), from, to),
        kind,
        items: missed,
        change: null,
        windows: [...new Set(windows)],
        from,
        to,
        hard: false,
      },
    ];
  }

  /** A freeze is told once, by the nearest relation that it is for. */
  #frozen({ model, begins, ends }: Planned, related: readonly (readonly ItemId[])[]): readonly Conflict[] {
    const told = new Set<string>();
    return RELATIONS.flatMap(({ frozen: kind }, at) => {
      const items = related[at] ?? [];
      if (items.length === 0 && kind !== 'item-frozen') return [];
      const question = { model, items, from: begins, to: ends };
      const hits = freezesOver(this.#freezes, question, this.#world.dependencies, this.zone);
      return hits.flatMap(({ window, items: frozen, during: { from, to } }): readonly Conflict[] => {
        if (told.has(window.id)) return [];
        told.add(window.id);
        const key = conflictKey(kind, window.id, from, to);
        const hard = window.hard && kind === 'item-frozen';
        return [{ key, kind, items: frozen, change: null, windows: [window.id], from, to, hard }];
      });
    });
  }

  /** The maintenance windows that an item has at all, for changes of this model. */
  #maintenanceOf(item: ItemId, { model }: Planned): readonly ChangeWindow[] {
    const version = this.#world.dependencies.version?.();
    if (version !== this.#windowsVersion) this.#windowsOf.clear();
    this.#windowsVersion = version;
    let windows = this.#windowsOf.get(item);
    if (windows === undefined) {
      windows = this.#maintenance.filter((window) => isForItem(window, item, this.#world.dependencies));
      this.#windowsOf.set(item, windows);
    }
    return windows.filter((window) => isForModel(window, model));
  }

  #zoneOf(item: ItemId): string {
    return this.#world.dependencies.zoneOf(item) ?? this.zone;
  }
}

function withChange(kind: ConflictKind, other: Planned, items: readonly ItemId[]): Conflict {
  const { id, begins: from, ends: to } = other;
  return {
    key: conflictKey(kind, id, from, to),
    kind,
    items,
    change: id,
    windows: [],
    from,
    to,
    hard: false,
  };
}

function listAt<Key>(lists: Map<Key, TimeList>, key: Key): TimeList {
  let list = lists.get(key);
  if (list === undefined) {
    list = new TimeList();
    lists.set(key, list);
  }
  return list;
}

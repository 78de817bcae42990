import type { RecordId } from '@muster/domain/shared';
import { createContext } from 'svelte';

const KEPT = 12;

/** Records opened last on this device by this person, newest first. */
export class Recents {
  readonly #key: string;
  #ids = $state.raw<readonly RecordId[]>([]);

  constructor(person: string) {
    this.#key = `muster:recent:${person}`;
    this.#ids = readIds(this.#key);
  }

  get ids(): readonly RecordId[] {
    return this.#ids;
  }

  visited(id: RecordId): void {
    if (this.#ids[0] === id) return;
    this.#ids = [id, ...this.#ids.filter((other) => other !== id)].slice(0, KEPT);
    try {
      localStorage.setItem(this.#key, JSON.stringify(this.#ids));
    } catch {
      // without room the list lives for this visit only
    }
  }
}

export const [getRecents, setRecents] = createContext<Recents>();

function readIds(key: string): readonly RecordId[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept)
      ? kept.filter((id): id is RecordId => typeof id === 'string').slice(0, KEPT)
      : [];
  } catch {
    return [];
  }
}

import type { StoreHealth } from '../store/store.ts';

/** Whether the server takes work, and if not, why: for those who send it people. */
export class Readiness {
  #store: StoreHealth = { ok: true };
  #stopping = false;

  heed(health: StoreHealth): void {
    this.#store = health;
  }

  stopping(): void {
    this.#stopping = true;
  }

  get store(): StoreHealth {
    return this.#store;
  }

  /** False when only a new start helps. */
  get alive(): boolean {
    return this.#store.ok || this.#store.code !== 'stopped';
  }

  /** Codes; empty when it is ready. */
  get reasons(): readonly ('stopping' | 'disk-full' | 'io-error' | 'stopped')[] {
    return [...(this.#stopping ? ['stopping' as const] : []), ...(this.#store.ok ? [] : [this.#store.code])];
  }
}

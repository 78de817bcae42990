import { createSubscriber } from 'svelte/reactivity';

/**
 * Who reads what: one subscriber for each key that some effect reads just now, none for the others.
 * The values live elsewhere, in the documents; a grain only says that its value may have changed.
 */
export class Grains<Key> {
  readonly #read = new Map<Key, Grain>();
  readonly #attach: (key: Key) => (() => void) | void;

  /** `attach` runs when a key gets its first reader, what it returns when the last one goes. */
  constructor(attach: (key: Key) => (() => void) | void = () => undefined) {
    this.#attach = attach;
  }

  /** Subscribes the running effect to `key`. Outside an effect it leaves nothing behind. */
  read(key: Key): void {
    (this.#read.get(key) ?? this.#grain(key)).subscribe();
  }

  tell(key: Key): void {
    this.#read.get(key)?.update();
  }

  tellAll(): void {
    for (const grain of [...this.#read.values()]) grain.update();
  }

  /** How many keys are read just now. */
  get size(): number {
    return this.#read.size;
  }

  #grain(key: Key): Grain {
    const grain: Grain = {
      update: () => undefined,
      subscribe: createSubscriber((update) => {
        grain.update = update;
        this.#read.set(key, grain);
        const detach = this.#attach(key);
        return () => {
          if (this.#read.get(key) === grain) this.#read.delete(key);
          detach?.();
        };
      }),
    };
    return grain;
  }
}

interface Grain {
  update: () => void;
  subscribe: () => void;
}

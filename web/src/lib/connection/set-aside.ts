import { Listeners } from './listeners.ts';
import type { StoredAttention, StoredRescue } from './local-schema.ts';
import type { OutboxStore } from './outbox-store.ts';

/**
 * Acts and words that the server would not take, until a person has dealt with them. They belong on the disk;
 * what the disk does not take stays here, in memory, and is tried again when it is back.
 */
export class SetAside {
  readonly #store: OutboxStore;
  readonly #changed = new Listeners();
  readonly #acts = new Map<string, StoredAttention>();
  readonly #texts = new Map<string, StoredRescue>();
  /** As last read from the disk. */
  #kept: SetAsideThings = { acts: [], texts: [] };

  constructor(store: OutboxStore) {
    this.#store = store;
  }

  /** True while some of it is in this tab's memory only. */
  get hasUnkept(): boolean {
    return this.#acts.size + this.#texts.size > 0;
  }

  /** What only this tab's memory holds. */
  get unkept(): SetAsideThings {
    return { acts: [...this.#acts.values()], texts: [...this.#texts.values()] };
  }

  onChange(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  /** Resolves when the disk has it or has refused it; it is set aside either way. */
  async keepAct(act: StoredAttention): Promise<void> {
    this.#acts.set(act.id, act);
    this.#changed.tell();
    await this.retry();
  }

  async keepText(text: StoredRescue): Promise<void> {
    this.#texts.set(text.id, text);
    this.#changed.tell();
    await this.retry();
  }

  /** All of it. What is in memory is there although the disk cannot be read. */
  async read(): Promise<SetAsideThings> {
    this.#kept = await this.#store.attention().catch(() => this.#kept);
    return { acts: merged(this.#kept.acts, this.#acts), texts: merged(this.#kept.texts, this.#texts) };
  }

  /** What this device kept is gone: what was last read of it is written again. */
  async diskReplaced(): Promise<void> {
    for (const act of this.#kept.acts) this.#acts.set(act.id, act);
    for (const text of this.#kept.texts) this.#texts.set(text.id, text);
    this.#changed.tell();
    await this.retry();
  }

  /** Gone for good. A disk that does not forget shows it again at the next visit, which loses nothing. */
  dismiss(id: string): void {
    this.#acts.delete(id);
    this.#texts.delete(id);
    const others = ({ id: other }: { readonly id: string }) => other !== id;
    this.#kept = { acts: this.#kept.acts.filter(others), texts: this.#kept.texts.filter(others) };
    this.#changed.tell();
    this.#store.dismiss(id).catch(() => undefined);
  }

  /** Writes down what is in memory. */
  async retry(): Promise<void> {
    await Promise.all([
      ...[...this.#acts].map(([id, act]) => this.#keep(this.#acts, id, () => this.#store.setAside(act))),
      ...[...this.#texts].map(([id, text]) => this.#keep(this.#texts, id, () => this.#store.rescue(text))),
    ]);
  }

  async #keep(memory: Map<string, unknown>, id: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch {
      return;
    }
    memory.delete(id);
    this.#changed.tell();
  }
}

export interface SetAsideThings {
  readonly acts: readonly StoredAttention[];
  readonly texts: readonly StoredRescue[];
}

function merged<Thing extends { readonly id: string }>(
  kept: readonly Thing[],
  unkept: ReadonlyMap<string, Thing>,
): readonly Thing[] {
  return [...kept.filter(({ id }) => !unkept.has(id)), ...unkept.values()];
}

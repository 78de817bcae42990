import { recordId } from '@muster/domain/shared';
import type { Permission } from '@muster/domain/shared';
import type { AttentionItem, Muster, PresentPerson, Saving, UnsavedWork } from '#lib/live/muster.ts';
import { FixtureMuster } from '#lib/ticket/test-support/fixture-muster.svelte.ts';
import type { FixtureOptions } from '#lib/ticket/test-support/fixture-muster.svelte.ts';

type SavingFacts = { -readonly [Key in keyof Omit<Saving, 'retry' | 'unsaved'>]: Saving[Key] };

/** The fixture with the parts that the shell shows under the hand of a test. */
export class ShellMuster extends FixtureMuster {
  attentionItems = $state.raw<readonly AttentionItem[]>([]);
  everyone = $state.raw<readonly PresentPerson[]>([]);
  facts = $state<SavingFacts>({
    state: 'saved',
    connection: 'live',
    offlineSince: null,
    lastSyncedAt: null,
    waiting: 0,
    problem: null,
    deviceProblem: null,
    mayBeCleared: false,
  });
  unsavedWork: UnsavedWork = { acts: [], words: [] };
  readonly againAsked: string[] = [];
  retries = 0;
  override readonly attention: Muster['attention'];
  override readonly saving: Muster['saving'];
  readonly #permissions: readonly Permission[] | null;

  constructor(options: FixtureOptions & { readonly permissions?: readonly Permission[] } = {}) {
    super(options);
    this.#permissions = options.permissions ?? null;
    this.attention = this.#attention();
    this.saving = this.#saving();
  }

  override get me(): Muster['me'] {
    const { person, permissions } = super.me;
    const given = this.#permissions;
    const can = (permission: Permission) =>
      given === null ? permissions.has(permission) : given.includes(permission);
    return { person, permissions, can };
  }

  override get presence(): Muster['presence'] {
    return { ...super.presence, everyone: this.everyone };
  }

  #attention(): Muster['attention'] {
    const items = () => this.attentionItems;
    const without = (id: string) => {
      this.attentionItems = this.attentionItems.filter((item) => item.id !== id);
    };
    return {
      get items() {
        return items();
      },
      again: (id) => {
        this.againAsked.push(id);
        without(id);
        const target = recordId(id);
        return { id, target, kept: Promise.resolve('kept'), settled: new Promise(() => undefined) };
      },
      dismiss: without,
    };
  }

  #saving(): Muster['saving'] {
    const facts = () => this.facts;
    return {
      get state() {
        return facts().state;
      },
      get connection() {
        return facts().connection;
      },
      get offlineSince() {
        return facts().offlineSince;
      },
      get lastSyncedAt() {
        return facts().lastSyncedAt;
      },
      get waiting() {
        return facts().waiting;
      },
      get problem() {
        return facts().problem;
      },
      get deviceProblem() {
        return facts().deviceProblem;
      },
      get mayBeCleared() {
        return facts().mayBeCleared;
      },
      unsaved: () => this.unsavedWork,
      retry: () => {
        this.retries += 1;
      },
    };
  }
}

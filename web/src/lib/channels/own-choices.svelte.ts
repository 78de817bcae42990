import { MAIL_POLICY } from '@muster/domain/shared';
import type { MailKind } from '@muster/domain/shared';
import type { MailChoice } from './channels-api.ts';

export interface OwnChoicesOptions {
  readonly kinds: readonly MailChoice[];
  readonly keep: (kinds: readonly MailChoice[]) => Promise<unknown>;
  /** A choice was not kept: it stands as before, and why. */
  readonly onrefused: (kind: MailKind, error: unknown) => void;
}

/** The kinds of news that a person wants by mail. Each tick is kept at once, one after the other. */
export class OwnChoices {
  readonly #options: OwnChoicesOptions;
  #kinds = $state.raw<readonly MailChoice[]>([]);
  /** What the server has, as far as it said so. */
  #kept: readonly MailChoice[];
  #waiting = $state(0);
  #chain: Promise<void> = Promise.resolve();

  constructor(options: OwnChoicesOptions) {
    this.#options = options;
    this.#kinds = options.kinds;
    this.#kept = options.kinds;
  }

  /** Those that can reach somebody: a requester is told of what they asked for and of announcements, staff of all. */
  shown(staff: boolean): readonly MailChoice[] {
    return this.#kinds.filter(({ kind }) => staff || MAIL_POLICY[kind].audience !== 'staff');
  }

  get areDefaults(): boolean {
    return this.#kinds.every(({ byDefault, wanted }) => byDefault === wanted);
  }

  /** Whether choices are on their way to the server. */
  get keeping(): boolean {
    return this.#waiting > 0;
  }

  choose(kind: MailKind, wanted: boolean): void {
    this.#set(kind, wanted);
    this.#keepNext(kind, () => {
      const before = this.#kept.find((choice) => choice.kind === kind);
      if (before !== undefined) this.#set(kind, before.wanted);
    });
  }

  /** Gives every kind its default again. */
  backToDefaults(): void {
    const differing = this.#kinds.find(({ byDefault, wanted }) => byDefault !== wanted);
    if (differing === undefined) return;
    this.#kinds = this.#kinds.map((choice) => ({ ...choice, wanted: choice.byDefault }));
    this.#keepNext(differing.kind, () => {
      this.#kinds = this.#kept;
    });
  }

  #set(kind: MailKind, wanted: boolean): void {
    this.#kinds = this.#kinds.map((choice) => (choice.kind === kind ? { ...choice, wanted } : choice));
  }

  #keepNext(kind: MailKind, takeBack: () => void): void {
    this.#waiting += 1;
    this.#chain = this.#chain.then(async () => {
      const sent = this.#kinds;
      try {
        await this.#options.keep(sent);
        this.#kept = sent;
      } catch (error) {
        takeBack();
        this.#options.onrefused(kind, error);
      }
      this.#waiting -= 1;
    });
  }
}

import { MAIL_POLICY } from '@muster/domain/shared';
import type { MailKind } from '@muster/domain/shared';
import type { MailChoice } from './channels-api.ts';

export interface OwnChoicesOptions {
  readonly kinds: readonly MailChoice[];
  /** Stores these choices and leaves those of other kinds. */
  readonly keep: (changed: readonly MailChoice[]) => Promise<unknown>;
  /** Every kind as the server has it now: other devices and links in mails choose too. */
  readonly reload: () => Promise<readonly MailChoice[]>;
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
    const choice = this.#kinds.find((one) => one.kind === kind);
    if (choice !== undefined) this.#keepNext(kind, [{ ...choice, wanted }]);
  }

  /** Gives every kind its default again. */
  backToDefaults(): void {
    const differing = this.#kinds.find(({ byDefault, wanted }) => byDefault !== wanted);
    if (differing === undefined) return;
    const defaults = this.#kinds.map((choice) => ({ ...choice, wanted: choice.byDefault }));
    this.#keepNext(differing.kind, defaults);
  }

  #keepNext(kind: MailKind, changed: readonly MailChoice[]): void {
    this.#kinds = withChanged(this.#kinds, changed);
    this.#waiting += 1;
    this.#chain = this.#chain.then(async () => {
      try {
        await this.#options.keep(changed);
        this.#kept = await this.#stored(changed);
      } catch (error) {
        this.#options.onrefused(kind, error);
      }
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#kinds = this.#kept;
    });
  }

  /** What the server has; as far as it is known here while it does not say. */
  async #stored(changed: readonly MailChoice[]): Promise<readonly MailChoice[]> {
    try {
      return await this.#options.reload();
    } catch {
      return withChanged(this.#kept, changed);
    }
  }
}

function withChanged(kinds: readonly MailChoice[], changed: readonly MailChoice[]): readonly MailChoice[] {
  return kinds.map((choice) => changed.find(({ kind }) => kind === choice.kind) ?? choice);
}

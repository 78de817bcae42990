import type { AboutTicket } from '@muster/domain/problem';
import type { RecordId } from '@muster/domain/shared';
import type { LiveKnownErrors, Suggested } from '#lib/live/knowledge/live-known-errors.ts';
import type { Muster } from '#lib/live/muster.ts';
import { PutAside } from './put-aside.svelte.ts';

/** What is known already of what somebody is about to report: before they send it, also without a network. */
export class KnownAlready {
  readonly isStaff: boolean;
  readonly #muster: Muster;
  readonly #about: () => AboutTicket;
  readonly #draftId: () => string;
  readonly #aside: PutAside;
  #known = $state.raw<LiveKnownErrors | null>(null);
  readonly #suggestions = $derived.by(() => {
    if (this.#known === null) return [];
    return this.#known.suggest(this.#about(), new Set(this.#aside.of(this.#draftId()) as RecordId[]));
  });

  constructor(muster: Muster, about: () => AboutTicket, draftId: () => string) {
    this.#muster = muster;
    this.#about = about;
    this.#draftId = draftId;
    this.isStaff = muster.me.can('problem.read');
    this.#aside = new PutAside(muster.me.person.id);
  }

  /** The best first; none before they are here. */
  get suggestions(): readonly Suggested[] {
    return this.#suggestions;
  }

  /** The form works without them. */
  async open(): Promise<void> {
    this.#known = await this.#muster.openKnownErrors().catch(() => null);
  }

  putAside(id: RecordId): void {
    this.#aside.add(this.#draftId(), id);
  }
}

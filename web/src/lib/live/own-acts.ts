import type { RecordId } from '@muster/domain/shared';
import type { Outbox } from '../connection/outbox.ts';
import type { PendingCommand } from '../connection/pending-command.ts';
import { areSameCommands } from './same-commands.ts';
import { shownBy } from './shown-by.ts';
import type { OnDemandPart } from './shown-by.ts';

/** Own acts that one part shows, by what they are about; each until its effect is here, or has had its time to come. */
export class OwnActs {
  readonly #options: OwnActsOptions;
  readonly #off: readonly (() => void)[];
  #byTarget = new Map<RecordId, readonly PendingCommand[]>();
  #expiry: ReturnType<typeof setTimeout> | undefined;

  /** Nothing is told before `look` is called. */
  constructor(options: OwnActsOptions) {
    this.#options = options;
    const { outbox } = options;
    this.#off = [outbox.onChange(() => this.look()), outbox.onAnswered(() => this.look())];
  }

  get targets(): ReadonlySet<RecordId> {
    return new Set(this.#byTarget.keys());
  }

  of(id: RecordId): readonly PendingCommand[] {
    return this.#byTarget.get(id) ?? [];
  }

  /** Of those on `id` the ones that a state of this version does not hold yet, in the order of making. */
  after(id: RecordId, version: number): readonly PendingCommand[] {
    return this.of(id).filter(({ applied }) => applied === null || applied.version > version);
  }

  look(): void {
    const next = Map.groupBy(this.#mine(), ({ envelope }) => envelope.target);
    const touched = new Set([...this.#byTarget.keys(), ...next.keys()]);
    for (const id of touched) if (areSameCommands(this.#byTarget.get(id), next.get(id))) touched.delete(id);
    this.#byTarget = next;
    if (touched.size > 0) this.#options.touched(touched);
    this.finishShown();
  }

  finishShown(): void {
    const { outbox, versionOf, isLive, deviceNow } = this.#options;
    const answered = this.#mine().filter(({ applied }) => applied !== null);
    const done = answered.filter(({ envelope, applied }) => {
      if (applied === null) return false;
      // without a network nothing can come, so that nothing is late
      const isLate = isLive() && deviceNow() - applied.at > SHOWN_WITHIN_MS;
      return versionOf(envelope.target) >= applied.version || isLate;
    });
    if (done.length > 0) outbox.finish(done.map(({ id }) => id));
    if (done.length === answered.length || this.#expiry !== undefined) return;
    // what never comes is let go of in its time, also when nothing else happens
    this.#expiry = setTimeout(() => {
      this.#expiry = undefined;
      this.finishShown();
    }, SHOWN_WITHIN_MS);
  }

  close(): void {
    clearTimeout(this.#expiry);
    for (const off of this.#off) off();
  }

  #mine(): readonly PendingCommand[] {
    const { outbox, part } = this.#options;
    return outbox.commands.filter(({ envelope }) => shownBy(envelope) === part);
  }
}

export interface OwnActsOptions {
  readonly part: OnDemandPart;
  readonly outbox: Pick<Outbox, 'commands' | 'finish' | 'onAnswered' | 'onChange'>;
  /** The version that is here without own acts; 0 for what is not here. */
  readonly versionOf: (id: RecordId) => number;
  /** Own acts on these came, went or were answered. */
  readonly touched: (ids: ReadonlySet<RecordId>) => void;
  /** True while the documents are up to date. */
  readonly isLive: () => boolean;
  /** The device's clock, epoch ms: answers are noted by it. */
  readonly deviceNow: () => number;
}

/** What came of an act is shown within this time, unless this person may not see it. */
const SHOWN_WITHIN_MS = 10_000;

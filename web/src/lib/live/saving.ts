import type { Connection } from '../connection/connection.ts';
import { ticketCommandOf } from './anticipate.ts';
import { SAY_UNKEPT_AFTER_MS } from '../connection/held-document.ts';
import { keptOf } from './attention.ts';
import { Grains } from './grains.ts';
import type { Saving, SavingState, UnsavedWork } from './muster.ts';

/**
 * What a person may rely on: the worst state of all documents and commands, told truthfully.
 * *Saved* is said only when the server has it on disk, *on this device* only when this device has.
 * What lasts is measured by a clock that nobody can set.
 */
export class LiveSaving implements Saving {
  readonly #connection: Connection;
  readonly #isOnline: () => boolean;
  readonly #elapsed: () => number;
  readonly #grains = new Grains<'saving'>();
  readonly #off: () => void;
  #offlineSince: number | null = null;
  #lostSince: number | null = null;
  #lastSyncedAt: number | null = null;
  #mayBeCleared = false;
  #recheck: ReturnType<typeof setTimeout> | undefined;

  constructor(
    connection: Connection,
    isOnline: () => boolean = () => true,
    elapsed: () => number = () => performance.now(),
  ) {
    this.#connection = connection;
    this.#isOnline = isOnline;
    this.#elapsed = elapsed;
    this.#off = connection.onChange(() => this.#onChange());
    this.#onChange();
  }

  get state(): SavingState {
    this.#grains.read('saving');
    const states: readonly SavingState[] = [
      ...this.#connection.shelf.documents.map((document) => document.state),
      this.#stateOfActs(),
      this.#connection.setAside.hasUnkept || this.#connection.doubtsKept ? 'not-saved' : 'saved',
      // a disk that cannot be read is said by itself; nothing more will be known of it now
      this.#connection.hasRead || this.#connection.deviceProblem ? 'saved' : 'reading',
    ];
    return WORST_FIRST.find((state) => states.includes(state)) ?? 'saved';
  }

  get connection(): Saving['connection'] {
    this.#grains.read('saving');
    return this.peekConnection();
  }

  /** Subscribes to whatever changes here. */
  touch(): void {
    this.#grains.read('saving');
  }

  /** The state of the connection without subscribing. */
  peekConnection(): Saving['connection'] {
    const { transport, shelf, outbox, refused } = this.#connection;
    if (!this.#isOnline() || refused !== null) return 'offline';
    switch (transport.state) {
      case 'closed':
        return 'offline';
      case 'connecting':
        return this.#lostSince !== null && this.#elapsed() - this.#lostSince > CONNECTING_MS
          ? 'offline'
          : 'connecting';
      case 'open':
        return shelf.documents.every((document) => document.synced || document.closed) && outbox.waiting === 0
          ? 'live'
          : 'syncing';
    }
  }

  get offlineSince(): number | null {
    this.#grains.read('saving');
    return this.#offlineSince;
  }

  get lastSyncedAt(): number | null {
    this.#grains.read('saving');
    return this.peekConnection() === 'live' ? this.#connection.now() : this.#lastSyncedAt;
  }

  get waiting(): number {
    this.#grains.read('saving');
    return this.#connection.unsent;
  }

  get problem(): string | null {
    this.#grains.read('saving');
    const { outbox, refused, listProblem } = this.#connection;
    if (refused === 'session-ended') return 'You are signed out.';
    if (refused === 'client-too-old') return 'This page is of an older version. Reload it.';
    if (outbox.problem) return outbox.problem.message;
    return this.peekConnection() === 'offline'
      ? 'The server cannot be reached.'
      : (listProblem?.message ?? null);
  }

  get deviceProblem(): string | null {
    this.#grains.read('saving');
    return this.#connection.deviceProblem?.message ?? null;
  }

  get mayBeCleared(): boolean {
    this.#grains.read('saving');
    return this.#mayBeCleared;
  }

  /** Takes note of the browser's answer to the request to keep what is stored. */
  persisted(isPromised: boolean): void {
    this.#mayBeCleared = !isPromised;
    this.#grains.tell('saving');
  }

  retry(): void {
    this.#connection.retry();
  }

  unsaved(): UnsavedWork {
    const { acts, words } = this.#connection.unsentWork;
    return {
      acts: acts.flatMap((envelope) => {
        const command = ticketCommandOf(envelope);
        if (!command) return [];
        const { process, ...act } = command;
        return [{ at: envelope.clientAt, record: envelope.target, process, act, kept: keptOf(act) }];
      }),
      words,
    };
  }

  close(): void {
    clearTimeout(this.#recheck);
    this.#off();
  }

  #stateOfActs(): SavingState {
    const { outbox, deviceProblem } = this.#connection;
    if (outbox.unkeptSince === null) return outbox.waiting > 0 ? 'on-this-device' : 'saved';
    const overdue = this.#elapsed() - outbox.unkeptSince > SAY_UNKEPT_AFTER_MS;
    return deviceProblem || overdue ? 'not-saved' : 'keeping';
  }

  #onChange(): void {
    const { transport, now } = this.#connection;
    if (transport.state === 'open' && this.#connection.refused === null) {
      this.#offlineSince = null;
      this.#lostSince = null;
      if (this.peekConnection() === 'live') this.#lastSyncedAt = now();
    } else {
      this.#offlineSince ??= now();
      this.#lostSince ??= this.#elapsed();
    }
    this.#grains.tell('saving');
    this.#watchClock();
  }

  /** Some states come by time alone: a disk that takes long, a connection that does not come back. */
  #watchClock(): void {
    if (this.#recheck !== undefined) return;
    const timeMatters = this.#connection.wouldLose || this.#connection.transport.state === 'connecting';
    if (!timeMatters) return;
    this.#recheck = setTimeout(() => {
      this.#recheck = undefined;
      this.#grains.tell('saving');
      this.#watchClock();
    }, RECHECK_MS);
  }
}

const WORST_FIRST: readonly SavingState[] = ['not-saved', 'keeping', 'reading', 'on-this-device', 'saved'];

/** A connection that is not back within this time is called offline. */
const CONNECTING_MS = 5000;

const RECHECK_MS = 1100;

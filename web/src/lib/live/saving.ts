import type { Connection } from '../connection/connection.ts';
import { Grains } from './grains.ts';
import type { Saving } from './muster.ts';

/**
 * What a person may rely on: the worst state of all documents and commands, told truthfully.
 * *Saved* is said only when the server has it on disk, *on this device* only when this device has.
 */
export class LiveSaving implements Saving {
  readonly #connection: Connection;
  readonly #isOnline: () => boolean;
  readonly #grains = new Grains<'saving'>();
  readonly #off: () => void;
  #offlineSince: number | null = null;
  #lastSyncedAt: number | null = null;
  #recheck: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection, isOnline: () => boolean = () => true) {
    this.#connection = connection;
    this.#isOnline = isOnline;
    this.#off = connection.onChange(() => this.#onChange());
    this.#onChange();
  }

  get state(): Saving['state'] {
    this.#grains.read('saving');
    const { outbox, shelf } = this.#connection;
    const states = shelf.documents.map((document) => document.state);
    const stuck = outbox.hasUnkept && outbox.problem !== null;
    if (stuck || states.includes('not-saved')) return 'not-saved';
    return outbox.waiting > 0 || states.includes('on-this-device') ? 'on-this-device' : 'saved';
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
        return this.#offlineSince !== null && this.#connection.now() - this.#offlineSince > CONNECTING_MS
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
    const { outbox, refused, shelf, listProblem } = this.#connection;
    if (refused === 'session-ended') return 'You are signed out. What you wrote is kept on this device.';
    if (refused === 'client-too-old') return 'This page is of an older version. Reload it.';
    const stuck = shelf.documents.find((document) => document.problem !== null && document.state !== 'saved');
    if (outbox.problem || stuck) return (outbox.problem ?? stuck?.problem)?.message ?? null;
    return this.peekConnection() === 'offline'
      ? 'The server cannot be reached.'
      : (listProblem?.message ?? null);
  }

  retry(): void {
    this.#connection.retry();
  }

  close(): void {
    clearTimeout(this.#recheck);
    this.#off();
  }

  #onChange(): void {
    const { transport, now } = this.#connection;
    if (transport.state === 'open' && this.#connection.refused === null) {
      this.#offlineSince = null;
      if (this.peekConnection() === 'live') this.#lastSyncedAt = now();
    } else {
      this.#offlineSince ??= now();
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

/** A connection that is not back within this time is called offline. */
const CONNECTING_MS = 5000;

const RECHECK_MS = 1100;

/**
 * Who is present in one document. A connection speaks for one client id, its own; the identity in its state
 * is written here from the session. Changes are gathered and only the newest state of each client goes out.
 */
import type { PersonId } from '@muster/domain/shared';
import type { Clock } from '../clock.ts';
import { encodeAwareness } from '../frames/awareness.ts';
import type { AwarenessEntry } from '../frames/awareness.ts';
import type { Limits } from '../limits.ts';
import type { Session } from './ports.ts';

/** A connection as presence sees it. */
export interface Presence {
  readonly session: Pick<Session, 'person' | 'name' | 'colour'>;
}

interface Present {
  readonly entry: AwarenessEntry;
  readonly speaker: Presence;
}

const LEFT = 'null';

/** Ids whose first speaker is remembered; connections come and go, and each may name one. */
const CLAIMS_KEPT = 10_000;

export class AwarenessRoom {
  readonly #limits: Pick<Limits, 'awarenessBytes' | 'awarenessEveryMs'>;
  readonly #clock: Clock;
  readonly #broadcast: (frame: Uint8Array) => void;
  readonly #present = new Map<number, Present>();
  readonly #clientOf = new Map<Presence, number>();
  /**
   * Who first spoke under an id, also after they left: others have been shown it, and its owner may come back with
   * what they wrote meanwhile.
   */
  readonly #claims = new Map<number, PersonId>();
  readonly #changed = new Map<number, AwarenessEntry>();
  readonly #forgotten = new Set<string>();
  #cancelFlush: (() => void) | null = null;

  constructor(
    limits: Pick<Limits, 'awarenessBytes' | 'awarenessEveryMs'>,
    clock: Clock,
    broadcast: (frame: Uint8Array) => void,
  ) {
    this.#limits = limits;
    this.#clock = clock;
    this.#broadcast = broadcast;
  }

  /** Takes a connection's own entry. Others' entries are echoes that stock clients send and mean nothing. */
  receive(speaker: Presence, entries: readonly AwarenessEntry[]): void {
    for (const entry of entries) {
      if (!this.#speaksFor(speaker, entry.client)) continue;
      const known = this.#present.get(entry.client);
      if (known !== undefined) {
        // A client that reconnects quickly speaks through its new connection, with the state that it had.
        if (known.speaker !== speaker) this.#present.set(entry.client, { ...known, speaker });
        const { clock } = known.entry;
        if (entry.clock < clock || (entry.clock === clock && entry.state !== LEFT)) continue;
      }
      const state = entry.state === LEFT ? LEFT : this.#identified(speaker, entry.state);
      if (state !== null) this.#note({ ...entry, state }, speaker);
    }
  }

  /** All that are here, as one frame; null when nobody is. */
  frame(): Uint8Array | null {
    const entries = Array.from(this.#present.values(), ({ entry }) => entry);
    return entries.length === 0 ? null : encodeAwareness(entries);
  }

  /** The connection is gone, and its client with it. */
  leave(speaker: Presence): void {
    const client = this.#clientOf.get(speaker);
    if (client === undefined) return;
    this.#clientOf.delete(speaker);
    const present = this.#present.get(client);
    // Another connection of the same client may have taken over, after a quick reconnect.
    if (present?.speaker === speaker) this.#note({ ...present.entry, state: LEFT }, speaker);
  }

  /**
   * Tells nothing any more of who is at a place, named by an id: whoever is there is not here until they say to be
   * elsewhere, however late their device hears of it.
   */
  forget(place: string): void {
    this.#forgotten.add(place);
    for (const { entry, speaker } of [...this.#present.values()]) {
      if (entry.state.includes(place)) this.#note({ ...entry, state: LEFT }, speaker);
    }
    this.#flush();
  }

  /** The place may be told of again. */
  remember(place: string): void {
    this.#forgotten.delete(place);
  }

  /** Whether somebody else than this person spoke under the client id first. */
  isClaimedFrom(person: PersonId, client: number): boolean {
    const holder = this.#claims.get(client);
    return holder !== undefined && holder !== person;
  }

  destroy(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = null;
  }

  /** The first client id that a connection names is its own for good, unless somebody else's connection has it. */
  #speaksFor(speaker: Presence, client: number): boolean {
    const own = this.#clientOf.get(speaker);
    if (own !== undefined) return own === client;
    const holder: PersonId | undefined = this.#present.get(client)?.speaker.session.person;
    if (holder !== undefined && holder !== speaker.session.person) return false;
    this.#clientOf.set(speaker, client);
    this.#claim(client, speaker.session.person);
    return true;
  }

  #claim(client: number, person: PersonId): void {
    if (this.#claims.has(client)) return;
    this.#claims.set(client, person);
    if (this.#claims.size <= CLAIMS_KEPT) return;
    for (const oldest of this.#claims.keys()) {
      if (this.#present.has(oldest) || oldest === client) continue;
      this.#claims.delete(oldest);
      return;
    }
  }

  #identified(speaker: Presence, json: string): string | null {
    if (json.length > this.#limits.awarenessBytes) return null;
    try {
      const state: unknown = JSON.parse(json);
      if (typeof state !== 'object' || state === null || Array.isArray(state)) return null;
      const { person: id, name, colour } = speaker.session;
      // `color` is the name by which stock carets look for it.
      const told = JSON.stringify({ ...state, user: { id, name, colour, color: colour } });
      if ([...this.#forgotten].some((place) => told.includes(place))) return LEFT;
      // looked for in what goes out: what came in may have spelt it with escapes
      return told.includes('"__proto__"') ? null : told;
    } catch {
      return null;
    }
  }

  #note(entry: AwarenessEntry, speaker: Presence): void {
    if (entry.state === LEFT) {
      if (!this.#present.delete(entry.client)) return;
    } else {
      this.#present.set(entry.client, { entry, speaker });
    }
    this.#changed.set(entry.client, entry);
    this.#cancelFlush ??= this.#clock.after(this.#limits.awarenessEveryMs, () => this.#flush());
  }

  #flush(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = null;
    const entries = [...this.#changed.values()];
    this.#changed.clear();
    if (entries.length > 0) this.#broadcast(encodeAwareness(entries));
  }
}

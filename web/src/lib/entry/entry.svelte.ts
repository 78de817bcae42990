import { createContext } from 'svelte';
import type { Api } from '#lib/connection/api.ts';
import { confirmSession, rememberedSession } from '#lib/connection/session.ts';
import type { Remembered, Session } from '#lib/connection/session.ts';
import { BoundaryError } from '#lib/connection/boundary-error.ts';

export type EntryState =
  /** The server is asked and nobody is remembered here. */
  | { readonly at: 'asking' }
  | { readonly at: 'inside'; readonly session: Session }
  /** `ended` names whose session is over: it ended elsewhere, and their work is still on this device. */
  | { readonly at: 'outside'; readonly ended: string | null }
  /** Nobody is remembered and the server does not answer. */
  | { readonly at: 'unreachable'; readonly why: string };

/** Who is let in: the remembered person at once, then whom the server confirms. */
export class Entry {
  readonly #api: Api;
  readonly #remembered: Remembered;
  #state = $state.raw<EntryState>({ at: 'asking' });

  constructor(api: Api, remembered: Remembered) {
    this.#api = api;
    this.#remembered = remembered;
  }

  get state(): EntryState {
    return this.#state;
  }

  /** Lets the remembered person in and asks the server; called at the start and to try again. */
  async begin(): Promise<void> {
    const remembered = rememberedSession(this.#remembered);
    this.#state = remembered === null ? { at: 'asking' } : { at: 'inside', session: remembered };
    try {
      const session = await confirmSession(this.#api, this.#remembered);
      if (session === null) this.#state = { at: 'outside', ended: remembered?.person.name ?? null };
      else if (!isSameRight(remembered, session)) this.#state = { at: 'inside', session };
    } catch (error) {
      // somebody remembered works offline; nobody remembered has to wait
      if (remembered === null) this.#state = { at: 'unreachable', why: reasonOf(error) };
    }
  }

  /** The server ended the session while somebody worked. */
  ended(): void {
    if (this.#state.at !== 'inside') return;
    this.#remembered.remove();
    this.#state = { at: 'outside', ended: this.#state.session.person.name };
  }

  /** The person signed out here. */
  left(): void {
    this.#remembered.remove();
    this.#state = { at: 'outside', ended: null };
  }
}

export const [getEntry, setEntry] = createContext<Entry>();
export const [getApi, setApi] = createContext<Api>();

/** Whether a confirmed session changes nothing on the screen, so that nothing needs to be opened anew. */
function isSameRight(remembered: Session | null, confirmed: Session): boolean {
  return (
    remembered !== null &&
    remembered.sessionId === confirmed.sessionId &&
    JSON.stringify(remembered.person) === JSON.stringify(confirmed.person) &&
    [...remembered.permissions].sort().join() === [...confirmed.permissions].sort().join()
  );
}

function reasonOf(error: unknown): string {
  return error instanceof BoundaryError ? error.message : 'The server cannot be reached.';
}

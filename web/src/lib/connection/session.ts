import { PERMISSIONS } from '@muster/domain/shared';
import type { Permission, Person } from '@muster/domain/shared';
import type { Api, SessionAnswer } from './api.ts';
import { BoundaryError } from './boundary-error.ts';

/** Who works here. `confirmed` is false when only this device says so, because the server was not reached yet. */
export interface Session {
  readonly person: Person;
  readonly permissions: ReadonlySet<Permission>;
  readonly sessionId: string;
  /** Server's clock minus this device's, in ms. */
  readonly clockOffsetMs: number;
  readonly confirmed: boolean;
}

/** Where the person who works on this device is remembered, so that the next start needs no network. */
export interface Remembered {
  get(): string | null;
  set(value: string): void;
  remove(): void;
}

const KEY = 'muster:session';

/** A storage that is full or forbidden remembers nobody, and the server is asked at every start. */
export function rememberIn(storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): Remembered {
  const attempt = <Value>(act: () => Value, otherwise: Value): Value => {
    try {
      return act();
    } catch {
      return otherwise;
    }
  };
  return {
    get: () => attempt(() => storage().getItem(KEY), null),
    set: (value) => attempt(() => storage().setItem(KEY, value), undefined),
    remove: () => attempt(() => storage().removeItem(KEY), undefined),
  };
}

/** The session of the last visit, at once and without a network; null when nobody is remembered. */
export function rememberedSession(remembered: Remembered): Session | null {
  try {
    const value = JSON.parse(remembered.get() ?? 'null') as SessionAnswer | null;
    if (value === null || typeof value.person?.id !== 'string' || !Array.isArray(value.permissions))
      return null;
    return { ...fromAnswer({ ...value, serverTime: 0 }), clockOffsetMs: 0, confirmed: false };
  } catch {
    return null;
  }
}

/**
 * Asks the server who is signed in and remembers it.
 * Null when nobody is: the remembered person is forgotten then, their local copy is not
 * (drafts must survive a session that ended elsewhere).
 * @throws BoundaryError when the server cannot be asked
 */
export async function confirmSession(api: Api, remembered: Remembered): Promise<Session | null> {
  try {
    const answer = await api.session();
    remembered.set(JSON.stringify(answer));
    return fromAnswer(answer);
  } catch (error) {
    if (error instanceof BoundaryError && error.code === 'signed-out') {
      remembered.remove();
      return null;
    }
    throw error;
  }
}

function fromAnswer(answer: SessionAnswer): Session {
  const known = new Set<string>(PERMISSIONS);
  return {
    person: answer.person,
    permissions: new Set(answer.permissions.filter((permission) => known.has(permission))),
    sessionId: answer.sessionId,
    clockOffsetMs: answer.serverTime - Date.now(),
    confirmed: true,
  };
}

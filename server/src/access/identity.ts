import { SYSTEM } from '@muster/domain/shared';
import type { Actor, Permission, Person, PersonId } from '@muster/domain/shared';

/** Who is calling, as far as it has been proven: by a session cookie or by a key. */
export interface Identity {
  readonly person: Person;
  readonly actor: Actor;
  readonly credential: Credential;
}

export type Credential =
  | { readonly kind: 'session'; readonly id: string }
  /** A machine's key; the actor's permissions are the key's scopes. */
  | { readonly kind: 'key'; readonly id: string; readonly madeBy: PersonId };

/** The name under which an update or a command is logged. */
export function sessionName(credential: Pick<Credential, 'kind' | 'id'>): string {
  return credential.kind === 'session' ? credential.id : `key:${credential.id}`;
}

/**
 * Whom a request counts for where they are counted: whoever made the key, so that more keys are not more. A key
 * made at the command line counts for itself.
 */
export function countsFor({ actor, credential }: Identity): PersonId {
  return credential.kind === 'key' && credential.madeBy !== SYSTEM ? credential.madeBy : actor.id;
}

export function may(identity: Identity, permission: Permission): boolean {
  return identity.actor.permissions.has(permission);
}

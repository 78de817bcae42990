import type { Actor, Permission, Person } from '@muster/domain/shared';

/** Who is calling, as far as it has been proven: by a session cookie or by a key. */
export interface Identity {
  readonly person: Person;
  readonly actor: Actor;
  readonly credential: Credential;
}

export type Credential =
  | { readonly kind: 'session'; readonly id: string }
  /** A machine's key; the actor's permissions are the key's scopes. */
  | { readonly kind: 'key'; readonly id: string };

/** The name under which an update or a command is logged. */
export function sessionName(credential: Credential): string {
  return credential.kind === 'session' ? credential.id : `key:${credential.id}`;
}

export function may(identity: Identity, permission: Permission): boolean {
  return identity.actor.permissions.has(permission);
}

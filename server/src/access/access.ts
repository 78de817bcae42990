/**
 * Who is calling, and the changes that end a call's right: one object for routes and sockets.
 * Identities are kept for two seconds and dropped at once when something about them changes here.
 */
import { permissionsOf } from '@muster/domain/shared';
import type { Permission, Person, PersonId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { PasswordCost } from '../config.ts';
import type { Logger } from '../log.ts';
import type { Database } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { openAttempts } from './attempts.ts';
import type { Attempts } from './attempts.ts';
import type { Identity } from './identity.ts';
import { findKey, noteKeyUse } from './keys.ts';
import { openPasswords } from './password.ts';
import { findPerson, insertMember } from './people.ts';
import type { NewMember } from './people.ts';
import { SESSION_COOKIE, openSignIn } from './sign-in.ts';
import type { SignIn } from './sign-in.ts';

const KEPT_MS = 2_000;
const MOST_KEPT = 10_000;
const KEY_USE_NOTED_MS = 60_000;

/** Something that a socket in the middle of its work must hear about. */
export type AccessChange =
  | { readonly kind: 'session-ended'; readonly session: string }
  | { readonly kind: 'key-revoked'; readonly key: string }
  /** Roles, teams or being active changed. */
  | { readonly kind: 'person-changed'; readonly person: PersonId };

export interface AccessOptions {
  readonly store: Store;
  readonly secret: string;
  readonly origin: string | null;
  readonly passwordCost: PasswordCost;
  readonly log: Logger;
}

export class Access {
  readonly signIn: SignIn;
  readonly attempts: Attempts = openAttempts();
  readonly #store: Store;
  readonly #log: Logger;
  readonly #kept = new Map<string, { readonly until: number; readonly identity: Promise<Identity | null> }>();
  readonly #listeners = new Set<(change: AccessChange) => void>();
  readonly #keyUseNotedAt = new Map<string, number>();

  constructor(options: AccessOptions) {
    this.#store = options.store;
    this.#log = options.log;
    this.signIn = openSignIn({
      db: options.store.writer,
      secret: options.secret,
      origin: options.origin,
      passwords: openPasswords(options.passwordCost),
      log: options.log,
      onSessionEnded: (session) => this.announce({ kind: 'session-ended', session }),
    });
  }

  /** Reads and changes what access is about: people, sessions, invitations, keys. */
  get db(): Kysely<Database> {
    return this.#store.writer;
  }

  /** Adds a person who can sign in; false when the email is taken. */
  insertMember(member: NewMember, now: number): Promise<boolean> {
    return insertMember(this.#store, member, now);
  }

  /** The caller of a request, from its bearer key or its session cookie; null when neither proves anybody. */
  identify(headers: Headers): Promise<Identity | null> {
    const proof = proofOf(headers);
    if (proof === null) return Promise.resolve(null);
    const now = Date.now();
    const kept = this.#kept.get(proof.value);
    if (kept && kept.until > now) return kept.identity;
    const identity = proof.kind === 'key' ? this.#byKey(proof.value, now) : this.#bySession(headers);
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#kept.set(proof.value, { until: now + KEPT_MS, identity });
    const forget = (): boolean => this.#kept.delete(proof.value);
    // what proves nobody is not kept: whoever makes up proofs must not fill the memory with them
    identity.then((found) => found ?? forget(), forget);
    return identity;
  }

  /** Whether whoever called has these rights still, for work that goes on after its request; signing out ends none. */
  async stillMay(
    { person, actor, credential }: Identity,
    permissions: readonly Permission[],
  ): Promise<boolean> {
    const standing = await findPerson(this.#store.reader, person.id);
    if (standing === null || !standing.active) return false;
    // a key keeps its scopes until it is revoked, and its person is then active no more
    const held = credential.kind === 'key' ? actor.permissions : permissionsOf(standing.roles);
    return permissions.every((permission) => held.has(permission));
  }

  /** Tells sockets at once, and forgets what was known of callers. */
  announce(change: AccessChange): void {
    this.#kept.clear();
    for (const listener of this.#listeners) listener(change);
  }

  onChange(listener: (change: AccessChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** After any change to people, teams or services: everybody's copy of the directory follows. */
  async directoryChanged(): Promise<void> {
    await this.#store.refreshDirectory();
  }

  async #bySession(headers: Headers): Promise<Identity | null> {
    const found = await this.signIn.session(headers, false);
    if (found === null) return null;
    const person = await findPerson(this.#store.reader, found.session.person);
    if (person === null || !person.active) return null;
    const permissions = permissionsOf(person.roles);
    return identityOf(person, permissions, { kind: 'session', id: found.session.id });
  }

  async #byKey(token: string, now: number): Promise<Identity | null> {
    const key = await findKey(this.#store.reader, token, now);
    if (key === null || !key.person.active) return null;
    if (now - (this.#keyUseNotedAt.get(key.id) ?? 0) > KEY_USE_NOTED_MS) {
      this.#keyUseNotedAt.set(key.id, now);
      await this.#noteKeyUse(key.id, now);
    }
    return identityOf(key.person, new Set(key.scopes), { kind: 'key', id: key.id, madeBy: key.madeBy });
  }

  /** A disk that is full must not keep a key from reading. */
  async #noteKeyUse(key: string, now: number): Promise<void> {
    try {
      await noteKeyUse(this.db, key, now);
    } catch (error) {
      this.#log.warn({ key, error }, 'the use of a key was not noted');
    }
  }
}

function identityOf(
  person: Person,
  permissions: ReadonlySet<Permission>,
  credential: Identity['credential'],
): Identity {
  return {
    person,
    actor: { id: person.id, name: person.name, permissions, teams: person.teams },
    credential,
  };
}

function proofOf(headers: Headers): { readonly kind: 'key' | 'session'; readonly value: string } | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (bearer !== undefined) return { kind: 'key', value: bearer };
  const cookies = headers.get('cookie')?.split(/; */) ?? [];
  const cookie = cookies.find((part) => isSessionCookie(part.slice(0, part.indexOf('='))));
  return cookie === undefined ? null : { kind: 'session', value: cookie };
}

/** Over HTTPS the cookie's name has a prefix that browsers enforce. */
function isSessionCookie(name: string): boolean {
  return name === SESSION_COOKIE || name === `__Secure-${SESSION_COOKIE}`;
}

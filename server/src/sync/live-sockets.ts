/**
 * The sockets that are open and on whose behalf. A socket lives no longer than what proved it: changes made here
 * close it at once, those made elsewhere (another process, time) are found by one query a second over all of them.
 */
import { CLOSE } from '@muster/sync';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { AccessChange } from '../access/access.ts';
import type { Identity } from '../access/identity.ts';
import { rolesOf } from '../access/people.ts';
import type { Logger } from '../log.ts';
import type { Database } from '../store/schema.ts';

const SWEEP_MS = 1_000;
/** Sockets closed in one step of a shutdown, so that their clients do not all come back in the same moment. */
const SHUTDOWN_STEPS = 20;
const SHUTDOWN_STEP_MS = 50;

export interface LiveSocket {
  readonly identity: Identity;
  close(code: number, reason: string): void;
}

export class LiveSockets {
  readonly #sockets = new Set<LiveSocket>();
  readonly #db: Kysely<Database>;
  readonly #log: Logger;
  readonly #timer: NodeJS.Timeout;
  #sweeping = false;

  /** `db` only reads. */
  constructor(db: Kysely<Database>, log: Logger) {
    this.#db = db;
    this.#log = log;
    this.#timer = setInterval(() => void this.sweep(), SWEEP_MS);
    this.#timer.unref();
  }

  get size(): number {
    return this.#sockets.size;
  }

  /** Follows a socket until the answer is called. */
  add(socket: LiveSocket): () => void {
    this.#sockets.add(socket);
    return () => this.#sockets.delete(socket);
  }

  /** Closes what a change ends: a session's sockets for good, a person's to come back with what they may now do. */
  heed(change: AccessChange): void {
    for (const socket of this.#sockets) {
      const { credential, person } = socket.identity;
      if (change.kind === 'session-ended' && credential.id === change.session) end(socket);
      if (change.kind === 'key-revoked' && credential.id === change.key) end(socket);
      if (change.kind === 'person-changed' && person.id === change.person) reopen(socket);
    }
  }

  /** Closes sockets whose session or key is over, and those of people whose roles or teams are others now. */
  async sweep(): Promise<void> {
    if (this.#sweeping || this.#sockets.size === 0) return;
    this.#sweeping = true;
    try {
      const asked = [...this.#sockets];
      const rights = await this.#presentRights(asked);
      for (const socket of asked) {
        const present = rights.get(socket.identity.credential.id);
        if (present === undefined) end(socket);
        else if (present !== rightsOf(socket.identity)) reopen(socket);
      }
    } catch (error) {
      this.#log.warn({ error }, 'could not look whether sessions ended');
    } finally {
      this.#sweeping = false;
    }
  }

  /** Closes all, a few at a time. */
  async shutDown(): Promise<void> {
    clearInterval(this.#timer);
    const all = [...this.#sockets];
    const step = Math.max(1, Math.ceil(all.length / SHUTDOWN_STEPS));
    for (let from = 0; from < all.length; from += step) {
      for (const socket of all.slice(from, from + step))
        socket.close(CLOSE.shuttingDown, 'the server restarts');
      if (from + step < all.length) await new Promise((resolve) => setTimeout(resolve, SHUTDOWN_STEP_MS));
    }
  }

  /** What each open session or key stands for now, by its id; those that are over are not in it. */
  async #presentRights(sockets: readonly LiveSocket[]): Promise<ReadonlyMap<string, string>> {
    const ids = JSON.stringify([...new Set(sockets.map(({ identity }) => identity.credential.id))]);
    const now = Date.now();
    const { rows } = await sql<{ id: string; roles: string; teams: string }>`
      with open (id) as (select value from json_each(${ids})),
      standing (id, person) as (
        select session.id, session.person from open join session using (id)
          where session.expires_at > ${new Date(now).toISOString()}
        union all
        select api_key.id, api_key.id from open join api_key using (id)
          where api_key.revoked_at is null and (api_key.expires_at is null or api_key.expires_at > ${now})
      )
      select standing.id, person.roles, (
        select coalesce(json_group_array(team), '[]')
        from (select team from team_member where team_member.person = person.id order by team)
      ) as teams
      from standing join person on person.id = standing.person where person.active = 1
    `.execute(this.#db);
    return new Map(
      rows.map(({ id, roles, teams }) => [id, fingerprint(rolesOf(roles), JSON.parse(teams) as string[])]),
    );
  }
}

function rightsOf({ person }: Identity): string {
  return fingerprint(person.roles, person.teams);
}

function fingerprint(roles: readonly string[], teams: readonly string[]): string {
  return JSON.stringify([roles.toSorted(), teams.toSorted()]);
}

function end(socket: LiveSocket): void {
  socket.close(CLOSE.sessionEnded, 'the session has ended');
}

function reopen(socket: LiveSocket): void {
  socket.close(CLOSE.permissionsChanged, 'permissions changed, connect again');
}

/**
 * On whose behalf sockets are open. A socket lives no longer than what proved it: changes made here close it at once,
 * those made elsewhere (the command line, time) are found by one query a second over all of them.
 */
import type { DocumentHost } from '@muster/sync/server';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { AccessChange } from '../access/access.ts';
import { sessionName } from '../access/identity.ts';
import type { Identity } from '../access/identity.ts';
import { rolesOf } from '../access/people.ts';
import type { Logger } from '../log.ts';
import type { Database } from '../store/schema.ts';

const SWEEP_MS = 1_000;
/** A shutdown closes this many sockets a second, so that their clients do not all come back in one moment. */
const CLOSES_PER_SECOND = 500;
const LONGEST_SHUTDOWN_MS = 4_000;

export interface LiveSocketsOptions {
  readonly host: DocumentHost;
  /** Only read from. */
  readonly db: Kysely<Database>;
  readonly log: Logger;
}

export class LiveSockets {
  readonly #host: DocumentHost;
  readonly #db: Kysely<Database>;
  readonly #log: Logger;
  /** One entry a socket. */
  readonly #identities = new Set<{ readonly identity: Identity }>();
  readonly #timer: NodeJS.Timeout;
  #sweeping = false;

  constructor({ host, db, log }: LiveSocketsOptions) {
    this.#host = host;
    this.#db = db;
    this.#log = log;
    this.#timer = setInterval(() => void this.sweep(), SWEEP_MS);
    this.#timer.unref();
  }

  get size(): number {
    return this.#identities.size;
  }

  /** Follows a socket until the answer is called. */
  add(identity: Identity): () => void {
    const entry = { identity };
    this.#identities.add(entry);
    return () => this.#identities.delete(entry);
  }

  /** Closes what a change ends: a session's sockets for good, a person's to come back with what they may now do. */
  heed(change: AccessChange): void {
    switch (change.kind) {
      case 'session-ended':
        return this.#host.closeSession(sessionName({ kind: 'session', id: change.session }));
      case 'key-revoked':
        return this.#host.closeSession(sessionName({ kind: 'key', id: change.key }));
      case 'person-changed':
        return this.#host.permissionsChanged(change.person);
    }
  }

  /** Closes sockets whose session or key is over, and those of people whose roles or teams are others now. */
  async sweep(): Promise<void> {
    if (this.#sweeping || this.#identities.size === 0) return;
    this.#sweeping = true;
    try {
      const asked = [...this.#identities].map(({ identity }) => identity);
      const rights = await this.#presentRights(asked);
      for (const { credential, person } of asked) {
        const present = rights.get(credential.id);
        if (present === undefined) this.#host.closeSession(sessionName(credential));
        else if (present !== fingerprint(person.roles, person.teams))
          this.#host.permissionsChanged(person.id);
      }
    } catch (error) {
      this.#log.warn({ error }, 'could not look whether sessions ended');
    } finally {
      this.#sweeping = false;
    }
  }

  /** Closes all of them over some time and waits for what they had written to be on disk. */
  async shutDown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#host.shutdown(Math.min(LONGEST_SHUTDOWN_MS, (this.size / CLOSES_PER_SECOND) * 1_000));
  }

  /** What each session or key stands for now, by its id; those that are over are not in it. */
  async #presentRights(identities: readonly Identity[]): Promise<ReadonlyMap<string, string>> {
    const ids = JSON.stringify([...new Set(identities.map(({ credential }) => credential.id))]);
    const now = Date.now();
    const { rows } = await sql<{ id: string; roles: string; teams: string }>`
      with asked (id) as (select value from json_each(${ids})),
      standing (id, person) as (
        select session.id, session.person from asked join session using (id)
          where session.expires_at > ${new Date(now).toISOString()}
        union all
        select api_key.id, api_key.id from asked join api_key using (id)
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

function fingerprint(roles: readonly string[], teams: readonly string[]): string {
  return JSON.stringify([roles.toSorted(), teams.toSorted()]);
}

/** Invitations by link. The token is in the link alone; SQL keeps its hash. */
import { teamId } from '@muster/domain/shared';
import type { PersonId, Role, TeamId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { ulid } from 'ulid';
import type { InvitationTable } from '../store/schema-people.ts';
import type { Database } from '../store/schema.ts';
import { rolesOf } from './people.ts';
import { hashSecret, newSecret } from './tokens.ts';

const INVITATION_MS = 7 * 24 * 60 * 60 * 1000;

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly roles: readonly Role[];
  readonly teams: readonly TeamId[];
  /** Epoch ms. */
  readonly expiresAt: number;
}

export interface NewInvitation {
  readonly email: string;
  readonly name: string | null;
  readonly roles: readonly Role[];
  readonly teams: readonly TeamId[];
  readonly invitedBy: PersonId;
}

export async function makeInvitation(
  db: Kysely<Database>,
  invitation: NewInvitation,
  now: number,
): Promise<{ readonly id: string; readonly token: string; readonly expiresAt: number }> {
  const id = ulid(now);
  const token = newSecret();
  const expiresAt = now + INVITATION_MS;
  await db
    .insertInto('invitation')
    .values({
      id,
      token_hash: hashSecret(token),
      email: invitation.email.toLowerCase(),
      name: invitation.name,
      roles: JSON.stringify(invitation.roles),
      teams: JSON.stringify(invitation.teams),
      invited_by: invitation.invitedBy,
      made_at: now,
      expires_at: expiresAt,
      used_at: null,
    })
    .execute();
  return { id, token, expiresAt };
}

/** Invitations that can still be taken up, newest first. */
export async function listInvitations(db: Kysely<Database>, now: number): Promise<readonly Invitation[]> {
  const rows = await openInvitations(db, now).orderBy('made_at', 'desc').execute();
  return rows.map(invitationOf);
}

/** The open invitation of a token, or null when it is unknown, used, revoked or expired. */
export async function findInvitation(
  db: Kysely<Database>,
  token: string,
  now: number,
): Promise<Invitation | null> {
  const row = await openInvitations(db, now).where('token_hash', '=', hashSecret(token)).executeTakeFirst();
  return row ? invitationOf(row) : null;
}

/** Uses an invitation up: true for one caller only, however many try at once. */
export async function takeInvitation(db: Kysely<Database>, id: string, now: number): Promise<boolean> {
  const result = await db
    .updateTable('invitation')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Makes a taken invitation usable again when what it was taken for did not happen. */
export async function returnInvitation(db: Kysely<Database>, id: string): Promise<void> {
  await db.updateTable('invitation').set({ used_at: null }).where('id', '=', id).execute();
}

export async function revokeInvitation(db: Kysely<Database>, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom('invitation')
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

function openInvitations(db: Kysely<Database>, now: number) {
  return db.selectFrom('invitation').selectAll().where('used_at', 'is', null).where('expires_at', '>', now);
}

function invitationOf(row: InvitationTable): Invitation {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    roles: rolesOf(row.roles),
    teams: (JSON.parse(row.teams) as string[]).map(teamId),
    expiresAt: row.expires_at,
  };
}

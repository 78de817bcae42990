/** How people come to the desk, change and leave: the steps that the routes of people are made of. */
import { personId } from '@muster/domain/shared';
import type { Person, PersonId, Role, TeamId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { ProblemError } from '../routes/problem.ts';
import type { Access } from './access.ts';
import { findInvitation, makeInvitation, returnInvitation, takeInvitation } from './invitations.ts';
import { unknownTeams } from './organisation.ts';
import { findPerson, findPersonByEmail, setTeams, updatePerson } from './people.ts';
import type { PersonChange } from './people.ts';
import { endSessions } from './sessions.ts';

export interface Newcomer {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly roles: readonly Role[];
  readonly teams: readonly TeamId[];
}

/** Adds a person who can sign in. Refuses with `email-taken`. */
export async function addPerson(access: Access, newcomer: Newcomer): Promise<PersonId> {
  const now = Date.now();
  const id = personId(ulid(now));
  await refuseUnknownTeams(access, newcomer.teams);
  const { name, email, roles, password } = newcomer;
  const account = await access.signIn.newAccount(id, password, now);
  const teams = [...new Set(newcomer.teams)];
  if (!(await access.insertMember({ id, name, email, roles, account, teams }, now)))
    throw new ProblemError('email-taken');
  await access.directoryChanged();
  return id;
}

/**
 * A link with which somebody who is here already sets a password: forgotten, or never had after an import.
 * It is an invitation without roles. Refuses with `not-found`.
 */
export async function makePasswordLink(
  access: Access,
  person: PersonId,
  by: PersonId,
): Promise<{ readonly token: string; readonly expiresAt: number }> {
  const found = await findPerson(access.db, person);
  if (found === null || !found.active) throw new ProblemError('not-found');
  const { email, name } = found;
  return makeInvitation(access.db, { email, name, roles: [], teams: [], invitedBy: by }, Date.now());
}

/**
 * Takes an invitation up, once: as a new person, or with a new password for who is here already, whose sessions end.
 * Refuses with `invitation-gone` or `email-taken`.
 */
export async function acceptInvitation(
  access: Access,
  token: string,
  answer: { readonly name: string; readonly password: string },
): Promise<string> {
  const invitation = await findInvitation(access.db, token, Date.now());
  if (invitation === null) throw new ProblemError('invitation-gone');
  if (!(await takeInvitation(access.db, invitation.id, Date.now())))
    throw new ProblemError('invitation-gone');
  try {
    if (invitation.roles.length === 0) await returnWithPassword(access, invitation.email, answer.password);
    else await addPerson(access, { ...invitation, ...answer });
    return invitation.email;
  } catch (error) {
    await returnInvitation(access.db, invitation.id);
    throw error;
  }
}

async function returnWithPassword(access: Access, email: string, password: string): Promise<void> {
  const person = await findPersonByEmail(access.db, email);
  if (person === null || !person.active) throw new ProblemError('invitation-gone');
  await access.signIn.setPassword(person.id, password);
  await signOutEverywhere(access, person.id);
}

export interface MembershipChange extends PersonChange {
  readonly teams?: readonly TeamId[] | undefined;
}

/**
 * Changes a person. Whoever is deactivated is signed out everywhere; whoever's rights changed has their sockets
 * opened anew. Refuses with `not-found` or `last-administrator`.
 */
export async function changePerson(access: Access, id: PersonId, change: MembershipChange): Promise<Person> {
  if ((await findPerson(access.db, id)) === null) throw new ProblemError('not-found');
  await refuseUnknownTeams(access, change.teams ?? []);
  if (!(await updatePerson(access.db, id, change))) throw new ProblemError('last-administrator');
  if (change.teams !== undefined) await setTeams(access.db, id, change.teams);
  if (change.active === false) await signOutEverywhere(access, id);
  access.announce({ kind: 'person-changed', person: id });
  await access.directoryChanged();
  const changed = await findPerson(access.db, id);
  if (changed === null) throw new ProblemError('not-found');
  return changed;
}

/** Ends all sessions of a person, and with them their sockets. Returns how many there were. */
export async function signOutEverywhere(access: Access, person: PersonId): Promise<number> {
  const ended = await endSessions(access.db, person);
  for (const session of ended) access.announce({ kind: 'session-ended', session });
  return ended.length;
}

async function refuseUnknownTeams(access: Access, teams: readonly TeamId[]): Promise<void> {
  const unknown = await unknownTeams(access.db, teams);
  if (unknown.length > 0) throw new ProblemError('invalid-request', `there is no team ${unknown.join(', ')}`);
}

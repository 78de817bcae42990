/** Who is at a test server, apart from it: a test that only names them need not load the whole server. */
import type { PersonId, Role } from '@muster/domain/shared';

export interface TestPerson {
  readonly email: string;
  readonly name?: string;
  readonly roles: readonly Role[];
  /** Names of teams, made when missing. */
  readonly teams?: readonly string[];
}

export interface TestAccount {
  readonly id: PersonId;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** One of each role, and a second agent, in two teams. */
export const TEST_PEOPLE: readonly TestPerson[] = [
  { email: 'admin@desk.test', name: 'Adele Admin', roles: ['administrator'] },
  { email: 'lead@desk.test', name: 'Lena Lead', roles: ['team-lead'], teams: ['Desk'] },
  { email: 'agent@desk.test', name: 'Arne Agent', roles: ['agent'], teams: ['Desk'] },
  { email: 'other@desk.test', name: 'Olga Other', roles: ['agent'], teams: ['Network'] },
  { email: 'requester@desk.test', name: 'Rita Requester', roles: ['requester'] },
];

import { PERMISSIONS } from './people.ts';
import type { Permission, Role } from './people.ts';

const REQUESTER: readonly Permission[] = ['desk.create', 'directory.read'];

const AGENT: readonly Permission[] = [
  ...REQUESTER,
  'desk.read',
  'desk.work',
  'desk.merge',
  'desk.reopen',
  'incident.read',
  'incident.declare',
  'incident.work',
  'incident.merge',
  'incident.reopen',
  'incident.declare-major',
  'change.read',
  'change.create',
  'change.work',
  'change.approve',
  'release.read',
  'release.work',
  'problem.read',
  'problem.work',
  'problem.write-knowledge',
  'configuration.read',
  'configuration.work',
];

const TEAM_LEAD: readonly Permission[] = [
  ...AGENT,
  'desk.approve',
  'desk.announce',
  'incident.manage-major',
  'incident.write-runbooks',
  'change.manage',
  'release.manage',
  'problem.manage',
  'problem.publish-knowledge',
  'configuration.manage',
  'report.read',
];

/** What each role grants. A requester holds the directory because the rules run on their device too. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  requester: REQUESTER,
  agent: AGENT,
  'team-lead': TEAM_LEAD,
  administrator: PERMISSIONS,
};

/** Everything that a person with these roles may do. */
export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  return new Set(roles.flatMap((role) => ROLE_PERMISSIONS[role]));
}

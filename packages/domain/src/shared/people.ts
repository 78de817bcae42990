import type { PersonId, TeamId } from './ids.ts';

/** Permission keys: `<area>.<verb>`. Roles bundle them; nothing else grants anything. */
export const PERMISSIONS = [
  'desk.read',
  'desk.create',
  'desk.work',
  'desk.merge',
  'desk.reopen',
  'desk.approve',
  'desk.announce',
  'incident.read',
  'incident.declare',
  'incident.work',
  'incident.merge',
  'incident.reopen',
  'incident.declare-major',
  'incident.manage-major',
  'incident.write-runbooks',
  'change.read',
  'change.create',
  'change.work',
  'change.approve',
  'change.manage',
  'problem.read',
  'problem.work',
  'problem.manage',
  'problem.write-knowledge',
  'problem.publish-knowledge',
  'configuration.read',
  'configuration.work',
  'configuration.manage',
  'release.read',
  'release.work',
  'release.manage',
  'release.gate',
  'release.deploy',
  'directory.read',
  'report.read',
  'import.run',
  'admin.people',
  'admin.keys',
  'admin.settings',
  'admin.operate',
  'admin.alerts',
  'admin.webhooks',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['requester', 'agent', 'team-lead', 'administrator'] as const;

export type Role = (typeof ROLES)[number];

/** The person (or key, or the system) that runs a command, as the server knows it. */
export interface Actor {
  readonly id: PersonId;
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly teams: readonly TeamId[];
}

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly teams: readonly TeamId[];
  readonly active: boolean;
  readonly vip: boolean;
}

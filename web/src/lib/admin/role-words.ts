import { PERMISSIONS, ROLES } from '@muster/domain/shared';
import type { Permission, Role } from '@muster/domain/shared';

interface Words {
  readonly label: string;
  readonly hint: string;
}

const ROLE_WORDS: Readonly<Record<Role, Words>> = {
  requester: { label: 'Requester', hint: 'Asks for things and follows their own requests' },
  agent: { label: 'Agent', hint: 'Works requests and incidents' },
  'team-lead': {
    label: 'Team lead',
    hint: 'An agent who approves, manages major incidents and reads reports',
  },
  administrator: { label: 'Administrator', hint: 'May do everything, this page too' },
};

const PERMISSION_WORDS: Readonly<Record<Permission, string>> = {
  'desk.read': 'Read all requests',
  'desk.create': 'Make requests',
  'desk.work': 'Work requests',
  'desk.merge': 'Merge requests',
  'desk.reopen': 'Reopen requests',
  'desk.approve': 'Approve requests',
  'desk.announce': 'Announce outages and maintenance',
  'incident.read': 'Read all incidents',
  'incident.declare': 'Declare incidents',
  'incident.work': 'Work incidents',
  'incident.merge': 'Merge incidents',
  'incident.reopen': 'Reopen incidents',
  'incident.declare-major': 'Propose major incidents',
  'incident.manage-major': 'Accept, lead and close major incidents',
  'incident.write-runbooks': 'Write runbooks',
  'change.read': 'Read all changes',
  'change.create': 'Write changes',
  'change.work': 'Work changes',
  'change.approve': 'Approve changes when asked',
  'change.manage': 'Waive conflicts, overrule windows, approve templates and policies of changes',
  'problem.read': 'Read problems',
  'problem.work': 'Work on problems',
  'problem.manage': 'Accept risks, take up closed problems',
  'problem.write-knowledge': 'Write known errors and articles',
  'problem.publish-knowledge': 'Publish known errors and articles',
  'configuration.read': 'Read the configuration',
  'configuration.work': 'Change items and relations',
  'configuration.manage': 'Set classes and relations, import, take baselines',
  'release.read': 'Read all releases',
  'release.work': 'Plan releases and tick their checklists',
  'release.manage': 'Move releases on, except gates and call go or no-go',
  'release.gate': 'Ask whether a pipeline may deploy',
  'release.deploy': 'Report deployments',
  'directory.read': 'Read people, teams and services',
  'report.read': 'Read reports',
  'import.run': 'Import records',
  'admin.people': 'Invite and change people',
  'admin.keys': 'Make and revoke keys',
  'admin.settings': 'Change teams, services and settings',
  'admin.operate': 'See the state of the server',
  'admin.alerts': 'Let monitoring systems send alerts',
  'admin.webhooks': 'Tell other systems what happens here',
};

export const ROLE_OPTIONS = ROLES.map((role) => ({ value: role, ...ROLE_WORDS[role] }));

export const PERMISSION_OPTIONS = PERMISSIONS.map((permission) => ({
  value: permission,
  label: PERMISSION_WORDS[permission],
  hint: permission,
}));

export function roleName(role: Role): string {
  return ROLE_WORDS[role].label;
}

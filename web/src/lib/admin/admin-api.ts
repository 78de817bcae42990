import type {
  Permission,
  Person,
  PersonId,
  Role,
  Service,
  ServiceId,
  Team,
  TeamId,
} from '@muster/domain/shared';
import type { Api } from '#lib/connection/api.ts';
import { BoundaryError } from '#lib/connection/boundary-error.ts';

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly roles: readonly Role[];
  readonly teams: readonly TeamId[];
  readonly expiresAt: number;
}

export interface NewInvitation {
  readonly email: string;
  readonly name?: string;
  readonly roles: readonly Role[];
  readonly teams: readonly TeamId[];
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly Permission[];
  readonly madeBy: PersonId;
  readonly madeAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}

export interface NewApiKey {
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly expiresAt: number | null;
}

export interface ServerStatus {
  readonly store: {
    readonly bytes: number;
    readonly documents: number;
    readonly records: number;
    readonly events: number;
    readonly lastBackupAt: number | null;
    /** Names of documents whose checksum is wrong. */
    readonly damaged: readonly string[];
    /** Names of documents that could not be compacted. */
    readonly setAside: readonly string[];
  };
  readonly health:
    { readonly ok: true } | { readonly ok: false; readonly code: string; readonly text: string };
  /** Null where the system does not say. */
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null;
  readonly sockets: number;
  readonly openDocuments: number;
  readonly readers: number;
  readonly uncommitted: number;
  /** Since the start, most frequent first. */
  readonly refusals: readonly { readonly code: string; readonly count: number }[];
  readonly startedAt: number;
  readonly memoryBytes: number;
}

/** Two seconds of the server. Times in ms. */
export interface Sample {
  readonly at: number;
  /** Document updates committed a second. */
  readonly updates: number;
  readonly largestGroup: number;
  readonly commitMedian: number | null;
  readonly commitSlowest: number | null;
  readonly waiting: number;
  readonly sockets: number;
  readonly openDocuments: number;
  readonly lag: number;
  readonly memoryBytes: number;
}

export type PersonChange = Partial<Pick<Person, 'name' | 'roles' | 'teams' | 'active' | 'vip'>>;

/** The routes of the administration pages. Each throws `BoundaryError`. */
export function adminApi({ request }: Pick<Api, 'request'>) {
  const send = (method: string, path: string, body?: unknown) =>
    request(path, body === undefined ? { method } : { method, body });
  return {
    people: async () => listOf<Person>(await request('/api/people'), 'people'),
    changePerson: (id: PersonId, change: PersonChange) => send('PATCH', `/api/people/${id}`, change),
    passwordLink: async (person: PersonId) =>
      (await send('POST', `/api/people/${person}/password-link`)) as {
        readonly link: string;
        readonly expiresAt: number;
      },
    signOutEverywhere: (person: PersonId) => send('POST', '/api/sign-out-everywhere', { person }),
    invitations: async () => listOf<Invitation>(await request('/api/invitations'), 'invitations'),
    invite: async (invitation: NewInvitation) =>
      (await send('POST', '/api/invitations', invitation)) as {
        readonly link: string;
        readonly expiresAt: number;
      },
    revokeInvitation: (id: string) => send('DELETE', `/api/invitations/${id}`),
    teams: async () => listOf<Team>(await request('/api/teams'), 'teams'),
    makeTeam: (team: Pick<Team, 'name' | 'lead'>) => send('POST', '/api/teams', team),
    changeTeam: (id: TeamId, change: Partial<Pick<Team, 'name' | 'lead'>>) =>
      send('PATCH', `/api/teams/${id}`, change),
    services: async () => listOf<Service>(await request('/api/services'), 'services'),
    makeService: (service: Omit<Service, 'id'>) => send('POST', '/api/services', service),
    changeService: (id: ServiceId, change: Partial<Omit<Service, 'id'>>) =>
      send('PATCH', `/api/services/${id}`, change),
    keys: async () => listOf<ApiKey>(await request('/api/keys'), 'keys'),
    makeKey: async (key: NewApiKey) => (await send('POST', '/api/keys', key)) as { readonly token: string },
    revokeKey: (id: string) => send('DELETE', `/api/keys/${id}`),
    status: async () => (await request('/api/status')) as ServerStatus,
    samples: async (after: number) =>
      (await request(`/api/status/samples?after=${after}`)) as {
        readonly everyMs: number;
        readonly samples: readonly Sample[];
      },
  };
}

export type AdminApi = ReturnType<typeof adminApi>;

function listOf<Item>(answer: unknown, name: string): readonly Item[] {
  const list = (answer as Record<string, unknown> | null)?.[name];
  if (!Array.isArray(list))
    throw new BoundaryError('answer-malformed', `The answer about ${name} was not understood.`);
  return list as Item[];
}

/** The tables of people, what they belong to and how they sign in: see schema.ts. */

export interface PersonTable {
  id: string;
  name: string;
  email: string;
  /** JSON: Role[]. */
  roles: string;
  active: number;
  vip: number;
  made_at: number;
}

export interface TeamTable {
  id: string;
  name: string;
  lead: string | null;
}

export interface TeamMemberTable {
  team: string;
  person: string;
}

export interface ServiceTable {
  id: string;
  name: string;
  team: string | null;
  criticality: number;
}

export interface InvitationTable {
  id: string;
  token_hash: string;
  email: string;
  name: string | null;
  /** JSON: Role[]. */
  roles: string;
  /** JSON: team ids. */
  teams: string;
  invited_by: string;
  made_at: number;
  expires_at: number;
  used_at: number | null;
}

export interface ApiKeyTable {
  id: string;
  name: string;
  /** First characters of the key, to tell keys apart in a list. */
  prefix: string;
  token_hash: string;
  /** JSON: Permission[]. */
  scopes: string;
  made_by: string;
  made_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
}

/** Written by the sign-in library, which keeps times as ISO text in UTC. */
export interface SessionTable {
  id: string;
  token: string;
  person: string;
  made_at: string;
  updated_at: string;
  expires_at: string;
  ip_address: string | null;
  user_agent: string | null;
}

/** How a person signs in; times are ISO text, as the sign-in library writes them. */
export interface AccountTable {
  id: string;
  person: string;
  provider: string;
  account: string;
  password: string | null;
  made_at: string;
  updated_at: string;
}

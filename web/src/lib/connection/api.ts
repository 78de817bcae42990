import { PERMISSIONS } from '@muster/domain/shared';
import type { CommandEnvelope, CommandOutcome, Permission, Person } from '@muster/domain/shared';
import { PAGE_VERSION } from '@muster/sync';
import { BoundaryError } from './boundary-error.ts';
import type { BoundaryCode, Fault } from './boundary-error.ts';

/** The server's routes that the living part of the client needs. Screens with a page of their own call `request`. */
export interface Api {
  session(): Promise<SessionAnswer>;
  documents(): Promise<readonly ListedDocument[]>;
  /** Which store answers; null from a server that does not say. */
  store(): Promise<StoreEra | null>;
  /**
   * `era` is the one that this device lives in: in another one nothing runs.
   * @throws BoundaryError, also `answer-malformed` when the answer does not match the question; with the problem
   * `store-restored` when the store lives in another era
   */
  commands(batch: readonly CommandEnvelope[], era?: string | null): Promise<readonly CommandOutcome[]>;
  signOut(): Promise<void>;
  /** Any route: JSON in, JSON out, or a `Uint8Array` where bytes are asked for. @throws BoundaryError */
  request(path: string, options?: RequestOptions): Promise<unknown>;
}

export interface SessionAnswer {
  readonly person: Person;
  readonly permissions: readonly Permission[];
  readonly sessionId: string;
  /** Epoch ms. */
  readonly serverTime: number;
}

/** The time between two restores of the server's store. */
export interface StoreEra {
  readonly era: string;
  /** The restore that began it, epoch ms; null when the store never was restored. */
  readonly restored: { readonly at: number; readonly backupTakenAt: number | null } | null;
}

export interface ListedDocument {
  readonly name: string;
  readonly kind: string;
}

interface RequestOptions {
  readonly method?: string;
  readonly body?: unknown;
  /** Sent as it is, instead of JSON, for as long as that takes. */
  readonly file?: Blob;
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the answer comes as; JSON when not said. */
  readonly as?: 'json' | 'bytes';
}

/** An answer that takes longer is a lost network. */
const PATIENCE_MS = 30_000;

/** `origin` is the server's address without a slash at its end; empty for the page's own. */
export function openApi(origin = '', fetcher: typeof fetch = fetch): Api {
  const request = (path: string, options: RequestOptions = {}) => send(fetcher, `${origin}${path}`, options);
  return {
    request,
    session: async () => parseSession(await request('/api/session')),
    documents: async () => parseDocuments(await request('/api/documents')),
    store: async () => parseStore(await request('/api/store')),
    commands: async (batch, era = null) => {
      const headers = { 'muster-page': String(PAGE_VERSION), ...(era !== null && { 'muster-era': era }) };
      return parseOutcomes(await request('/api/commands', { method: 'POST', body: batch, headers }), batch);
    },
    signOut: async () => {
      await request('/api/auth/sign-out', { method: 'POST', body: {} });
    },
  };
}

async function send(fetcher: typeof fetch, url: string, options: RequestOptions): Promise<unknown> {
  const patience =
    options.file === undefined ? AbortSignal.timeout(PATIENCE_MS) : new AbortController().signal;
  let response: Response;
  try {
    response = await fetcher(url, {
      method: options.method ?? 'GET',
      credentials: 'same-origin',
      headers: {
        accept: options.as === 'bytes' ? 'application/octet-stream' : 'application/json',
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      body: options.file ?? (options.body === undefined ? null : JSON.stringify(options.body)),
      signal: options.signal ? AbortSignal.any([options.signal, patience]) : patience,
    });
  } catch (error) {
    if (patience.aborted)
      throw new BoundaryError('timeout', 'The server did not answer in time.', { cause: error });
    throw new BoundaryError('network', 'The server cannot be reached.', { cause: error });
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return null;
  try {
    return options.as === 'bytes' ? new Uint8Array(await response.arrayBuffer()) : await response.json();
  } catch (error) {
    throw new BoundaryError('answer-malformed', 'The answer was not from Muster.', { cause: error });
  }
}

/** Problem details (RFC 9457) to our one error; an answer of something in between becomes the same class. */
async function problemOf(response: Response): Promise<BoundaryError> {
  const details = fieldsOf(await response.json().catch(() => null));
  const detail = details['detail'] ?? details['title'];
  const problem = details['code'];
  const retryAfter = Number(response.headers.get('retry-after'));
  return new BoundaryError(
    codeOf(response.status),
    typeof detail === 'string' ? detail : `The server answered ${response.status}.`,
    {
      status: response.status,
      ...(typeof problem === 'string' ? { problem } : {}),
      ...(retryAfter > 0 ? { retryAfterMs: retryAfter * 1000 } : {}),
      faults: faultsOf(details['faults']),
    },
  );
}

function faultsOf(value: unknown): readonly Fault[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const { where, what } = fieldsOf(entry);
    return typeof where === 'string' && typeof what === 'string' ? [{ where, what }] : [];
  });
}

function codeOf(status: number): BoundaryCode {
  switch (status) {
    case 400:
    case 413:
    case 422:
      return 'rejected';
    case 401:
      return 'signed-out';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'not-found';
    case 408:
      return 'timeout';
    case 429:
      return 'overloaded';
    case 507:
      return 'server-disk-full';
    default:
      return 'server';
  }
}

function parseSession(value: unknown): SessionAnswer {
  const { person, permissions, sessionId, serverTime } = fieldsOf(value);
  if (
    typeof fieldsOf(person)['id'] !== 'string' ||
    !Array.isArray(permissions) ||
    typeof sessionId !== 'string'
  ) {
    throw malformed('session');
  }
  const known = new Set<unknown>(PERMISSIONS);
  return {
    person: person as Person,
    permissions: permissions.filter((permission): permission is Permission => known.has(permission)),
    sessionId,
    serverTime: typeof serverTime === 'number' ? serverTime : Date.now(),
  };
}

function parseStore(value: unknown): StoreEra | null {
  const { era, restored } = fieldsOf(value);
  if (typeof era !== 'string') return null;
  const { at, backupTakenAt } = fieldsOf(restored);
  if (typeof at !== 'number') return { era, restored: null };
  return { era, restored: { at, backupTakenAt: typeof backupTakenAt === 'number' ? backupTakenAt : null } };
}

function parseDocuments(value: unknown): readonly ListedDocument[] {
  const { documents } = fieldsOf(value);
  if (!Array.isArray(documents)) throw malformed('documents');
  return documents.flatMap((entry: unknown) => {
    const { name, kind } = fieldsOf(entry);
    return typeof name === 'string' && typeof kind === 'string' ? [{ name, kind }] : [];
  });
}

const OUTCOMES: ReadonlySet<unknown> = new Set(['applied', 'refused', 'superseded']);

function parseOutcomes(value: unknown, batch: readonly CommandEnvelope[]): readonly CommandOutcome[] {
  if (!Array.isArray(value)) throw malformed('commands');
  const asked = new Set<string>(batch.map((command) => command.id));
  const answers = value.filter((entry: unknown) => {
    const { id, outcome } = fieldsOf(entry);
    return typeof id === 'string' && asked.has(id) && OUTCOMES.has(outcome);
  });
  if (answers.length !== batch.length) throw malformed('commands');
  return answers as CommandOutcome[];
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function malformed(route: string): BoundaryError {
  return new BoundaryError('answer-malformed', `The answer about ${route} was not understood.`);
}

import { z } from 'zod';

/** What can go wrong at the HTTP boundary: one row for each stable code. `detail` says the particulars in words. */
export const PROBLEMS = {
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  'invalid-request': { status: 400, title: 'The request is not what this route takes' },
  'not-signed-in': { status: 401, title: 'Nobody is signed in' },
  'wrong-credentials': { status: 401, title: 'Email or password is wrong' },
  'wrong-alert-key': { status: 401, title: 'There is no such integration, or the key is not its own' },
  forbidden: { status: 403, title: 'Not permitted' },
  'foreign-origin': { status: 403, title: 'The request comes from another site' },
  'wrong-token': { status: 403, title: 'The token is wrong' },
  'not-found': { status: 404, title: 'There is no such thing, or it is not yours to see' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method' },
  'already-set-up': { status: 409, title: 'This desk is set up already' },
  'email-taken': { status: 409, title: 'Somebody has this email already' },
  'last-administrator': { status: 409, title: 'A desk needs an administrator' },
  'store-restored': { status: 409, title: 'The store was restored from a backup since' },
  'no-mail-server': { status: 409, title: 'No mail server is set up' },
  'other-deployment': { status: 409, title: 'The name belongs to another deployment' },
  'changed-meanwhile': { status: 409, title: 'Somebody changed it meanwhile' },
  'import-running': { status: 409, title: 'An import is running' },
  'invitation-gone': { status: 410, title: 'This invitation is used, revoked or expired' },
  'history-not-kept': { status: 410, title: 'What was written then was not kept' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media': { status: 415, title: 'This route takes another kind of body' },
  'page-too-old': { status: 426, title: 'This page is of an older version: reload it' },
  'takes-too-long': { status: 422, title: 'Counting takes too long: ask for less' },
  'unfit-rule': { status: 422, title: 'The rule does not hold together' },
  'malformed-alerts': { status: 422, title: 'The payload is not what this integration takes' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'too-many-attempts': { status: 429, title: 'Too many attempts' },
  'history-damaged': { status: 500, title: 'The history does not verify' },
  internal: { status: 500, title: 'Something broke on the server' },
  'store-failing': { status: 503, title: 'The store does not answer' },
  'disk-full': { status: 507, title: 'The disk is full' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One fault in a request: where (`2.args.title`, or `line 3, column 7`) and what. */
export interface Fault {
  readonly where: string;
  readonly what: string;
}

/** A boundary said no. Thrown anywhere below a route, answered as problem details (RFC 9457) in one place. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly faults: readonly Fault[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    detail: string = PROBLEMS[code].title,
    facts: { faults?: readonly Fault[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(detail, { cause: facts.cause });
    this.code = code;
    this.faults = facts.faults ?? [];
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }
}

/** The body of every error answer. */
export const problemSchema = z
  .object({
    type: z.string().meta({ example: 'urn:muster:problem:invalid-request' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    faults: z.array(z.object({ where: z.string(), what: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'Problem details as in RFC 9457; `code` is stable, wording is not' });

export function problemResponse(problem: ProblemError): Response {
  const { status, title } = PROBLEMS[problem.code];
  const body: z.infer<typeof problemSchema> = {
    type: `urn:muster:problem:${problem.code}`,
    title,
    status,
    detail: problem.message,
    code: problem.code,
    ...(problem.faults.length > 0 && { faults: [...problem.faults] }),
  };
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  if (problem.retryAfterSeconds !== undefined) headers.set('retry-after', String(problem.retryAfterSeconds));
  // the rest of the body is not read, so nothing else can come over this connection
  if (problem.code === 'too-large') headers.set('connection', 'close');
  return new Response(JSON.stringify(body), { status, headers });
}

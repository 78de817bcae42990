import { describeRoute, resolver, validator } from 'hono-openapi';
import type { z } from 'zod';
import { PROBLEMS, ProblemError, problemSchema } from './problem.ts';
import type { Fault, ProblemCode } from './problem.ts';

type Tag =
  | 'session'
  | 'people'
  | 'records'
  | 'changes'
  | 'releases'
  | 'problems'
  | 'configuration'
  | 'alerts'
  | 'webhooks'
  | 'import'
  | 'operation';

export interface RouteDescription {
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  /** What the happy answer looks like; null when it has no body. */
  readonly answers: z.ZodType | null;
  /** What the answer is sent as; JSON when not said. */
  readonly media?: string;
  /** 200 when not said. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Beside those that `access` brings. */
  readonly problems?: readonly ProblemCode[];
  /** Anyone may call, or one has to be signed in. */
  readonly access?: 'anyone' | 'signed-in';
  /** Another form of the answer, for an `Accept` that asks for it. */
  readonly alsoAnswers?: { readonly media: string; readonly description: string };
  /** A body that is not JSON. */
  readonly takes?: { readonly media: string; readonly description: string };
}

/** Describes a route for `/api/openapi.json`: what it answers, and each way it can say no. */
export function describe(route: RouteDescription) {
  const open = route.access === 'anyone';
  const codes = new Set<ProblemCode>([
    ...(open ? [] : (['not-signed-in'] as const)),
    ...(route.problems ?? []),
  ]);
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code].status);
  const refusals = [...byStatus].map(([status, among]) => [
    String(status),
    {
      description: among.map((code) => `${PROBLEMS[code].title} (\`${code}\`)`).join('; '),
      content: { 'application/problem+json': { schema: resolver(problemSchema) } },
    },
  ]);
  const answer =
    route.answers === null
      ? { description: 'Done' }
      : {
          description: 'The answer',
          content: {
            [route.media ?? 'application/json']: { schema: resolver(route.answers) },
            ...otherForm(route.alsoAnswers),
          },
        };
  return describeRoute({
    tags: [route.tag],
    summary: route.summary,
    ...(route.description !== undefined && { description: route.description }),
    ...(open && { security: [] }),
    ...(route.takes && {
      requestBody: {
        required: true,
        description: route.takes.description,
        content: { [route.takes.media]: { schema: { type: 'string', format: 'binary' } } },
      },
    }),
    responses: { [String(route.status ?? 200)]: answer, ...Object.fromEntries(refusals) },
  });
}

function otherForm(form: RouteDescription['alsoAnswers']) {
  if (form === undefined) return {};
  const schema = { type: 'string', format: 'binary', description: form.description } as const;
  return { [form.media]: { schema } };
}

/** Validators that answer problem details naming each fault. `strictJson` has read the body before `jsonBody`. */
export const jsonBody = <Schema extends z.ZodType>(schema: Schema) =>
  validator('json', schema, refuseInvalid);
export const queryOf = <Schema extends z.ZodType>(schema: Schema) =>
  validator('query', schema, refuseInvalid);
export const paramsOf = <Schema extends z.ZodType>(schema: Schema) =>
  validator('param', schema, refuseInvalid);

type Validated =
  | { readonly success: true }
  | { readonly success: false; readonly target: string; readonly error: readonly Issue[] };

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

function refuseInvalid(result: Validated): void {
  if (result.success) return;
  const faults = result.error.map((issue) => faultOf(result.target, issue));
  const first = faults[0];
  throw new ProblemError('invalid-request', first ? `${first.where}: ${first.what}` : undefined, { faults });
}

function faultOf(target: string, issue: Issue): Fault {
  const path = (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step));
  const part = target === 'json' ? 'body' : target;
  return { where: [part, ...path].join('.'), what: issue.message };
}

import type { AlertReport } from '@muster/domain/incident';
import { isTooDeep } from '../routes/body.ts';
import type { Fault } from '../routes/problem.ts';
import { parseReport } from './formats/index.ts';
import type { IntegrationKind } from './integrations.ts';

export type ReadPayload =
  | { readonly ok: true; readonly report: AlertReport }
  /** `reason` is the first of the faults, with its place. */
  | { readonly ok: false; readonly reason: string; readonly faults: readonly Fault[] };

const MOST_FAULTS = 20;

/** What a sender's text says, or each place where it says something else than its kind of sender would. */
export function readPayload(kind: IntegrationKind, text: string): ReadPayload {
  const body = jsonOf(text);
  if (body === undefined || isTooDeep(body)) {
    const reason = 'the body is not JSON, or nested too deep';
    return { ok: false, reason, faults: [{ where: 'body', what: reason }] };
  }
  const parsed = parseReport(kind, body);
  if (parsed.success) return { ok: true, report: parsed.data };
  const places = parsed.error.issues.slice(0, MOST_FAULTS).map(({ path, message }) => ({ path, message }));
  const [first] = places;
  return {
    ok: false,
    reason: `${first?.path.join('.') || 'body'}: ${first?.message ?? 'malformed'}`,
    faults: places.map(({ path, message }) => ({ where: ['body', ...path].join('.'), what: message })),
  };
}

/** Undefined for what is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

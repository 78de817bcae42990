/**
 * The answer of a rule: a value, or a refusal that says why not.
 * Refusals are content, not exceptions: they are returned, stored and shown.
 */
export type Result<Value, Refused> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Refused };

export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function refuse<Refused>(refusal: Refused): { readonly ok: false; readonly refusal: Refused } {
  return { ok: false, refusal };
}

/** A place that no value can reach. Never caught except at the top. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}

/** The first field in which two faces of a record differ, in words that tell no personal content. */
import { canonicalJson } from '../../canonical-json.ts';

/** Fields whose values may be told to an operator: none of them says who or what about. */
const MAY_BE_TOLD = new Set([
  ...['process', 'number', 'version', 'state', 'kind', 'priority', 'impact', 'urgency', 'live'],
  ...['team', 'service', 'category', 'channel', 'restricted to', 'merged into', 'read'],
  ...['created at', 'updated at', 'resolved at', 'closed at', 'snoozed until', 'matrix version'],
]);

/** Null when `there` has every field as `expected` has it; fields that `expected` does not name are not looked at. */
export function differenceOf(there: object, expected: object): string | null {
  const present = there as Readonly<Record<string, unknown>>;
  for (const [key, value] of Object.entries(expected)) {
    const [found, wanted] = [canonicalJson(present[key] ?? null), canonicalJson(value ?? null)];
    if (found === wanted) continue;
    const field = key.replaceAll(/_|(?=[A-Z])/g, ' ').toLowerCase();
    return MAY_BE_TOLD.has(field) ? `${field}: ${found} where it is ${wanted}` : field;
  }
  return null;
}

/**
 * Whether two values say the same in JSON, whatever the order of their keys: what was read from a document has them in
 * another order than what was just made.
 */
export function saysSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((each, index) => saysSame(each, other[index]))
    );
  }
  const [left, right] = [entriesOf(one), entriesOf(other)];
  return (
    left.size === right.size &&
    [...left].every(([key, value]) => right.has(key) && saysSame(value, right.get(key)))
  );
}

/** JSON leaves out what is undefined. */
function entriesOf(value: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(value).filter(([, each]) => each !== undefined));
}

export interface Random {
  /** In [0, 1). */
  next(): number;
  pick<Value>(values: readonly Value[]): Value;
}

/** A small repeatable generator (mulberry32) for test data. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    pick: (values) => {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
  };
}

const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A well-formed ULID that says what it is for: `01` + word + counter. */
export function ulidFrom(word: string, index: number): string {
  let digits = '';
  let rest = index;
  while (digits.length < 6) {
    digits = (BASE32[rest % 32] ?? '0') + digits;
    rest = Math.floor(rest / 32);
  }
  const safe = word.toUpperCase().replace(/[ILOU]/g, '0');
  return `01${safe}${digits}`.padStart(26, '0').slice(-26);
}

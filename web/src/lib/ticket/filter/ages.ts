const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/**
 * A test of a moment's age: `<2h` (or `2h`) within the last two hours, `>7d` longer ago.
 * Units: m minutes, h hours, d days, w weeks. Null when the value is not an age.
 */
export function ageTest(value: string): ((at: number | null, now: number) => boolean) | null {
  const match = /^([<>]?)(\d{1,4})([mhdw])$/.exec(value.toLowerCase());
  if (!match) return null;
  const unit = match[3] as keyof typeof UNIT_MS;
  const ageMs = Number(match[2]) * UNIT_MS[unit];
  return match[1] === '>'
    ? (at, now) => at !== null && now - at > ageMs
    : (at, now) => at !== null && now - at <= ageMs;
}

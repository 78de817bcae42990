/** How much of its time an item has had: in words, for colour alone says nothing. */
export type TimeLevel = 'early' | 'half' | 'late' | 'over';

const MINUTE_MS = 60_000;

/** Green to half of it, yellow to three quarters, orange to all of it, red beyond. */
export function timeLevel(spentMs: number, minutes: number): TimeLevel {
  const share = spentMs / (minutes * MINUTE_MS);
  if (share <= 0.5) return 'early';
  if (share <= 0.75) return 'half';
  return share <= 1 ? 'late' : 'over';
}

/** `4 of 10 min`, `2 min over 10` */
export function timeWords(spentMs: number, minutes: number): string {
  const over = spentMs - minutes * MINUTE_MS;
  if (over > 0) return `${Math.ceil(over / MINUTE_MS)} min over ${minutes} min`;
  return `${spentWords(spentMs)} of ${minutes} min`;
}

/** `0:07`, `12:30`, `1:02:05` */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** Whole minutes: `0 min`, `1 min`, `12 min`. */
export function spentWords(ms: number): string {
  return `${Math.max(0, Math.floor(ms / MINUTE_MS))} min`;
}

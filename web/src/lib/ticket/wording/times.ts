const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in at most two units: `42 min`, `3 h 10`, `2 d 4 h`. */
export function durationWords(ms: number): string {
  const length = Math.abs(ms);
  if (length < MINUTE) return 'under 1 min';
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < DAY) {
    const minutes = Math.floor((length % HOUR) / MINUTE);
    const hours = `${Math.floor(length / HOUR)} h`;
    return minutes === 0 ? hours : `${hours} ${String(minutes).padStart(2, '0')}`;
  }
  const hours = Math.floor((length % DAY) / HOUR);
  const days = Math.floor(length / DAY);
  return hours === 0 || days > 9 ? `${days} d` : `${days} d ${hours} h`;
}

const whole = new Intl.NumberFormat('en-GB');
const short = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `12,345` */
export function count(number: number): string {
  return whole.format(number);
}

/** `0.4 ms`, `12 ms`, `1,230 ms` */
export function milliseconds(ms: number): string {
  return `${short.format(ms < 0.05 ? 0 : ms)} ms`;
}

/** `0.5/s`, `1,230/s` */
export function perSecond(rate: number): string {
  return `${short.format(rate)}/s`;
}

/** `1.2 GB`, in powers of a thousand as disks are sold. */
export function bytes(size: number): string {
  const step = size < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(size) / 3));
  const amount = size / 1000 ** step;
  return `${step === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${UNITS[step] ?? 'B'}`;
}

/** Times on the clock of a zone, as calendars and conflicts say them. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  return format;
}

/** `Thu 3 Dec, 02:00–04:00` */
export function stretchWords(from: number, to: number, zone: string): string {
  return formatOf(zone).formatRange(from, to);
}

/** `Thu 3 Dec, 02:00` */
export function momentWords(at: number, zone: string): string {
  return formatOf(zone).format(at);
}

/** The zone of this device, IANA name. */
export function deviceZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

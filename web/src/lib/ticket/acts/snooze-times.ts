interface SnoozeTime {
  /** When it comes. */
  readonly label: string;
  /** How long that is, for what lasts until then. */
  readonly lasting: string;
  readonly at: number;
}

/** Common moments to be reminded at, counted from now in the person's own time zone; no moment under two names. */
export function snoozeTimes(now: number): SnoozeTime[] {
  const at = (days: number, hour: number) => {
    const date = new Date(now);
    date.setDate(date.getDate() + days);
    date.setHours(hour, 0, 0, 0);
    return date.getTime();
  };
  const untilMonday = (8 - new Date(now).getDay()) % 7 || 7;
  const times = [
    { label: 'In 1 hour', lasting: 'For 1 hour', at: now + 3_600_000 },
    { label: 'In 4 hours', lasting: 'For 4 hours', at: now + 4 * 3_600_000 },
    { label: 'Tomorrow at 9', lasting: 'Until tomorrow at 9', at: at(1, 9) },
    { label: 'Monday at 9', lasting: 'Until Monday at 9', at: at(untilMonday, 9) },
    { label: 'In 2 weeks', lasting: 'For 2 weeks', at: at(14, 9) },
  ];
  // on a Sunday, tomorrow is Monday
  return times.filter(
    (time, place) => time.at > now && times.findIndex(({ at }) => at === time.at) === place,
  );
}

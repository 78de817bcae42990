/** Due dates of actions: a day in the zone of this device, which ends at its last minute. */

/** The end of the day of a `date` field; null for one that is empty or half filled. */
export function dayEnd(field: string): number | null {
  const at = field === '' ? NaN : new Date(`${field}T23:59`).getTime();
  return Number.isNaN(at) ? null : at;
}

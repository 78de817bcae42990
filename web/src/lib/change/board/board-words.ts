/** Change boards in words: when they meet, and what comes before them. */
import type { ApprovalPolicy, BoardFields } from '@muster/domain/change';
import type { Directory, Recurrence } from '@muster/domain/shared';
import { dateOfDay } from '#lib/ui/time.ts';
import { RISK_WORDS, changeStateWords, modelWords } from '#lib/wording/changes.ts';
import { listed } from '#lib/wording/readers.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `Every week on Tuesday, 10:00–11:00 (Europe/Zurich)` */
export function whenWords({ begins, ends, repeats, zone }: Recurrence): string {
  const hours = `${begins.slice(11, 16)}–${ends.slice(11, 16)} (${zone ?? 'floating'})`;
  if (repeats === null) return `Once, ${dateOfDay(begins.slice(0, 10))}, ${hours}`;
  const { unit, every, weekdays, until } = repeats;
  const first = ((new Date(`${begins.slice(0, 10)}T00:00Z`).getUTCDay() + 6) % 7) + 1;
  const days = unit === 'week' ? (weekdays.length === 0 ? [first] : weekdays) : [];
  const on = days.length === 0 ? '' : ` on ${listed(days.map((day) => WEEKDAYS[day - 1] ?? ''))}`;
  const often = every === 1 ? `Every ${unit}` : `Every ${every} ${unit}s`;
  return `${often}${on}, ${hours}${until === null ? '' : `, until ${dateOfDay(until)}`}`;
}

/** Which changes come before it, in a sentence. */
export function filterWords(
  { states, when, policies }: BoardFields['agenda'],
  known: readonly ApprovalPolicy[],
  directory: Directory,
): string {
  const kinds =
    when.models === undefined ? 'All changes' : `${listed(when.models.map((id) => modelWords(id)))} changes`;
  const parts = [
    `that are ${listed(states.map((state) => `“${changeStateWords(state)}”`))}`,
    ...(when.risk === undefined ? [] : [`of ${RISK_WORDS[when.risk].toLowerCase()} risk or more`]),
    ...(when.outage === true ? ['with an outage'] : []),
    ...(when.criticality === undefined ? [] : [`that reach a service of criticality ${when.criticality}`]),
    ...(when.services === undefined
      ? []
      : [`of ${listed(when.services.map((id) => directory.services.get(id)?.name ?? 'another service'))}`]),
    ...(policies.length === 0
      ? []
      : [
          `asked for by ${listed(policies.map((id) => `“${known.find((each) => each.id === id)?.name ?? 'a policy of before'}”`))}`,
        ]),
  ];
  return `${kinds} ${parts.join(', ')}.`;
}

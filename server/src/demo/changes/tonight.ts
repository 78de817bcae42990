/** What is carried out while the demonstration is looked at: what tonight's release carries, and work on the mail. */
import { nightOf } from '../night.ts';
import { Random } from '../random.ts';
import { PLACES } from '../situations/index.ts';
import { serviceNamed } from './quarter.ts';
import type { PlannedChange } from './quarter.ts';
import { SUBJECTS, VERSIONS } from './subjects/index.ts';
import type { Subject } from './subjects/index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The example of the README is about this service; its work lasts as long as somebody may try it out. */
const MAIL_MS = 6 * HOUR;

/** Begin of a subject's title, and how long after the release began its work does, in minutes. */
const NIGHT: readonly (readonly [title: string, after: number])[] = [
  ['Intranet pages', 0],
  ['Merge doubled customers', 15],
  ['Web shop', 120],
  ['New payment provider', 210],
  ['Take deliveries', 240],
  ['More memory', 300],
];

/** Keys of the changes that tonight's release carries. */
export const NIGHT_KEYS: readonly string[] = NIGHT.map((_, place) => `night-${place}`);

export function changesTonight(now: number): readonly PlannedChange[] {
  const { from } = nightOf(now);
  const night = NIGHT.map(([title, after], place) => {
    const subject = subjectOf(title);
    const begins = from + after * MINUTE;
    const key = `night-${place}`;
    return planOf(key, subject, { begins, ends: begins + subject.minutes * MINUTE }, new Random(place));
  });
  const window = { begins: now - 20 * MINUTE, ends: now + MAIL_MS };
  const mail = planOf('mail-now', subjectOf('Bring the mail relays'), window, new Random(NIGHT.length));
  return [...night, mail];
}

export function planOf(
  key: string,
  subject: Subject,
  { begins, ends }: Pick<PlannedChange, 'begins' | 'ends'>,
  random: Random,
): PlannedChange {
  const service = serviceNamed(subject.service);
  return {
    ...{ key, model: 'normal', subject, service, team: service.team, template: null },
    title: subject.title.replace('{place}', random.pick(PLACES)).replace('{version}', random.pick(VERSIONS)),
    ...{ made: begins - 11 * DAY, begins, ends, fate: 'successful', random },
  };
}

export function subjectOf(title: string): Subject {
  const found = SUBJECTS.find((subject) => subject.title.startsWith(title));
  if (found === undefined) throw new Error(`no subject ${title} in the demonstration`);
  return found;
}

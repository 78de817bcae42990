import { ESCALATION_LEVELS, METRICS, THRESHOLD_PERCENTS } from '@muster/domain/shared';
import type { Escalation, EscalationEvent, PersonId, TeamId, Threshold } from '@muster/domain/shared';
import { digit, flat, id, list, oneOf, optional, since, text } from './codec.ts';
import type { Codec } from './codec.ts';

type DataOf<Type extends EscalationEvent['type']> = Omit<
  Extract<EscalationEvent, { readonly type: Type }>,
  'type'
>;

const person = id<PersonId>();
const team = id<TeamId>();
const level = digit(ESCALATION_LEVELS);
const threshold = flat<Threshold>({ metric: oneOf(METRICS), percent: digit(THRESHOLD_PERCENTS) });

/** What an escalation adds to its row; its instants count from the row's base. */
export const escalation = flat<Escalation>({
  level,
  by: optional(person),
  at: optional(since),
  reason: optional(text),
  contact: optional(person),
  passed: list(threshold),
});

/** The stored form of each event of an escalation. */
export const ESCALATION_EVENT_DATA: { readonly [Type in EscalationEvent['type']]: Codec<DataOf<Type>> } = {
  'escalated-to-team': flat<DataOf<'escalated-to-team'>>({
    team,
    before: flat<DataOf<'escalated-to-team'>['before']>({ team: optional(team), owner: optional(person) }),
    contact: optional(person),
    reason: text,
  }),
  'escalated-upward': flat<DataOf<'escalated-upward'>>({ level, before: level, reason: optional(text) }),
  'escalation-ended': flat<DataOf<'escalation-ended'>>({ before: level, reason: text }),
  'threshold-passed': threshold,
};

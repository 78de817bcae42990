import { TURN_UNITS, ok } from '@muster/domain/shared';
import type { Result, ScheduleAct, ScheduleVerb } from '@muster/domain/shared';
import { z } from 'zod';
import { parseArgs } from './parse-args.ts';
import type { Malformed } from './parse-args.ts';
import { instant, label, people, person, record, team, text } from './parts.ts';

/** More than the rules let pass, so that they can say so. */
const MOST = 1_000;

const hours = z.strictObject({
  weekdays: z.array(z.int()).max(MOST),
  from: z.int(),
  to: z.int(),
});
const layer = z.strictObject({
  id: z.string().min(1).max(64),
  name: label,
  people,
  unit: z.enum(TURN_UNITS),
  length: z.int(),
  handoverAt: z.int(),
  startsOn: label,
  hours: hours.nullable(),
});
const form = z.strictObject({
  name: label,
  team: team.nullable(),
  zone: label,
  cover: hours.nullable(),
  layers: z.array(layer).max(MOST),
});
const span = z.strictObject({ from: instant, to: instant });
const override = span.extend({ id: record, person, note: text });
const swap = z.strictObject({ id: record, with: person, gives: span, takes: span.nullable(), note: text });

type ArgsSchema<Verb extends ScheduleVerb> = z.ZodType<
  Omit<Extract<ScheduleAct, { readonly verb: Verb }>, 'verb'>
>;

/** The arguments of `schedule.<verb>` by verb. */
const SCHEDULE_ARGS: { readonly [Verb in ScheduleVerb]: ArgsSchema<Verb> } = {
  create: z.strictObject({ form }),
  change: z.strictObject({ form }),
  remove: z.strictObject({}),
  override: z.strictObject({ override }),
  'end-override': z.strictObject({ override: record }),
  'ask-swap': z.strictObject({ swap }),
  'answer-swap': z.strictObject({ swap: record, accept: z.boolean() }),
  'withdraw-swap': z.strictObject({ swap: record }),
};

export function isScheduleVerb(verb: string): verb is ScheduleVerb {
  return Object.hasOwn(SCHEDULE_ARGS, verb);
}

/** Reads the arguments of a verb into an act; refuses what is missing, of another type or not known. */
export function parseScheduleAct(verb: ScheduleVerb, args: unknown): Result<ScheduleAct, Malformed> {
  const parsed = parseArgs<object>(SCHEDULE_ARGS[verb], args);
  // each schema satisfies the arguments of its verb, which the compiler cannot follow through the lookup
  return parsed.ok ? ok({ verb, ...parsed.value } as ScheduleAct) : parsed;
}

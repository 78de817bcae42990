/** What the arguments of `change-board.<verb>` and `change-meeting.<verb>` must look like. */
import { CHANGE_STATES, ITEM_VERDICTS, RISK_LEVELS } from '@muster/domain/change';
import type { AgendaFilter, BoardAct, BoardVerb, MeetingAct, MeetingVerb } from '@muster/domain/change';
import { ok } from '@muster/domain/shared';
import type { Result } from '@muster/domain/shared';
import { z } from 'zod';
import { parseArgs } from './parse-args.ts';
import type { Malformed } from './parse-args.ts';
import { instant, label, people, person, record, service, text } from './parts.ts';

/** More than the rules let pass, so that they can say so. */
const MOST = 1_000;

type BoardArgs<Verb extends BoardVerb> = z.ZodType<Omit<Extract<BoardAct, { readonly verb: Verb }>, 'verb'>>;
type MeetingArgs<Verb extends MeetingVerb> = z.ZodType<
  Omit<Extract<MeetingAct, { readonly verb: Verb }>, 'verb'>
>;

const key = z.string().min(1).max(64);
const keys = z.array(key).max(MOST);

const match = z
  .strictObject({
    models: keys,
    services: z.array(service).max(MOST),
    classes: keys,
    criticality: z.int().min(1).max(4),
    risk: z.enum(RISK_LEVELS),
    outage: z.boolean(),
    mostItems: z.int().min(0),
    leastItems: z.int().min(0),
  })
  .partial() satisfies z.ZodType<AgendaFilter['when']>;

const fields = z.strictObject({
  name: label,
  when: z.strictObject({
    zone: label.nullable(),
    begins: label,
    ends: label,
    repeats: z
      .strictObject({
        unit: z.enum(['day', 'week']),
        every: z.int(),
        weekdays: z.array(z.int()).max(MOST),
        until: label.nullable(),
      })
      .nullable(),
  }),
  itemMinutes: z.number(),
  chairs: people,
  members: people,
  agenda: z.strictObject({
    states: z.array(z.enum(CHANGE_STATES)).max(MOST),
    when: match,
    policies: keys,
  }),
});

const nothing = z.strictObject({});
const ofItem = z.strictObject({ change: record });

/** The arguments of `change-board.<verb>` by verb. */
export const BOARD_ARGS: { readonly [Verb in BoardVerb]: BoardArgs<Verb> } = {
  create: z.strictObject({ fields }),
  edit: z.strictObject({ fields: fields.partial() }),
  retire: nothing,
  revive: nothing,
};

/** The arguments of `change-meeting.<verb>` by verb. */
export const MEETING_ARGS: { readonly [Verb in MeetingVerb]: MeetingArgs<Verb> } = {
  plan: z.strictObject({ board: record, at: instant }),
  'call-off': z.strictObject({ reason: text }),
  open: nothing,
  join: nothing,
  leave: nothing,
  'add-item': ofItem,
  'drop-item': ofItem,
  'place-item': ofItem.extend({ before: record.nullable() }),
  'show-item': z.strictObject({ change: record.nullable(), from: record.nullable() }),
  'decide-item': ofItem.extend({
    revision: z.int().min(0),
    verdict: z.enum(ITEM_VERDICTS),
    note: text.optional(),
    next: record.nullable().optional(),
  }),
  'hand-over': z.strictObject({ to: person }),
  'take-chair': z.strictObject({ from: person }),
  close: nothing,
};

export function isBoardVerb(verb: string): verb is BoardVerb {
  return Object.hasOwn(BOARD_ARGS, verb);
}

export function isMeetingVerb(verb: string): verb is MeetingVerb {
  return Object.hasOwn(MEETING_ARGS, verb);
}

/** Reads the arguments of a verb into an act; refuses what is missing, of another type or not known. */
export function parseBoardAct(verb: BoardVerb, args: unknown): Result<BoardAct, Malformed> {
  const parsed = parseArgs<object>(BOARD_ARGS[verb], args);
  // each schema satisfies the arguments of its verb, which the compiler cannot follow through the lookup
  return parsed.ok ? ok({ verb, ...parsed.value } as BoardAct) : parsed;
}

export function parseMeetingAct(verb: MeetingVerb, args: unknown): Result<MeetingAct, Malformed> {
  const parsed = parseArgs<object>(MEETING_ARGS[verb], args);
  return parsed.ok ? ok({ verb, ...parsed.value } as MeetingAct) : parsed;
}

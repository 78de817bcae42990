/** What trends take and answer over HTTP. */
import { RECURRENCE_RULES } from '@muster/domain/problem';
import { TICKET_PROCESSES } from '@muster/domain/shared';
import { z } from 'zod';
import { FOUND_KINDS, PARETO_GROUPS } from '../store/trend/questions.ts';
import { next, page } from './paging.ts';
import { instantSchema, recordIdSchema } from './schemas.ts';
import { isZone } from './weeks.ts';

const AT_MOST_IDS = 200;

const value = z.string().max(200);
/** What is farther away is no instant of a desk, and clocks are asked for each fortnight up to it. */
const LATEST = Date.UTC(2100, 0, 1);
const instant = z.coerce
  .number()
  .int('must be a whole number')
  .min(0, 'must not be before 1970')
  .max(LATEST, 'must not be after 2100');

export const narrowing = {
  process: z.enum(TICKET_PROCESSES).default('incident'),
  service: value.optional().meta({ description: 'Id of a service; empty for those without one' }),
  team: value.optional().meta({ description: 'Id of a team; empty for those without one' }),
  category: value.optional().meta({ description: 'Empty for those without one' }),
  item: value.optional().meta({
    description: 'Ids of items or services, by commas: those about all of them; empty for those about none',
  }),
  words: value.optional().meta({ description: 'Words that the title has' }),
};

const span = {
  from: instant.optional().meta({ description: 'Opened then or later, epoch ms' }),
  to: instant.optional().meta({ description: 'Opened before, epoch ms' }),
};

const zone = z
  .string()
  .max(64)
  .refine(isZone, 'is no time zone')
  .default('UTC')
  .meta({ description: 'IANA name of the zone whose weeks and hours they are', example: 'Europe/Zurich' });

export const trendFilter = z.object({ ...narrowing, ...span });
/** Held against all that came before: a begin would take away what it is held against. */
export const untilFilter = z.object({ ...narrowing, to: span.to });
export const zonedFilter = z.object({ ...narrowing, ...span, zone });
export const paretoFilter = z.object({ ...narrowing, ...span, by: z.enum(PARETO_GROUPS) });
export const fixFilter = z.object({
  ...narrowing,
  fixedAt: instant.meta({ description: 'When the fix came, epoch ms' }),
});
export const recordsFilter = z.object({
  ...{ ...narrowing, ...span, zone, ...page },
  cause: value
    .optional()
    .meta({ description: 'Id of a problem behind them; empty for those behind which none stands' }),
  resolution: value.optional(),
  caller: value.optional(),
  others: z
    .enum(PARETO_GROUPS)
    .optional()
    .meta({ description: 'Those that a Pareto by this, narrowed alike, has no bar for' }),
  weekday: z.coerce.number().int().min(0).max(6).optional().meta({ description: 'Monday is 0' }),
  hour: z.coerce.number().int().min(0).max(23).optional(),
  ids: z
    .string()
    .max(AT_MOST_IDS * 30)
    .transform((ids) => ids.split(',').slice(0, AT_MOST_IDS))
    .optional()
    .meta({ description: 'Ids of records, separated by commas' }),
  rest: z
    .enum(FOUND_KINDS)
    .optional()
    .meta({ description: 'What the ids are the newest of: the rest of it comes after them, in pages' }),
});

/** Where the records behind a figure are. */
const records = z.string().meta({ description: 'Address of the records behind it' });

export const namedRecordSchema = z
  .object({
    id: recordIdSchema,
    number: z.string().nullable(),
    title: z.string(),
    state: z.string(),
    createdAt: instantSchema,
    service: z.string().nullable(),
    category: z.string().nullable(),
    team: z.string().nullable(),
  })
  .meta({ id: 'NamedRecord' });

const evidence = z.object({
  count: z.int(),
  ids: z.array(recordIdSchema).meta({ description: 'Newest first; of many the newest' }),
  linkable: z.array(recordIdSchema).meta({ description: 'Those of them that a problem may name' }),
  records: z.array(namedRecordSchema).meta({ description: 'The newest of them' }),
});

const about = z.array(z.string()).meta({
  description: 'Items that most of the linkable ones are about: those of a problem that is opened from it',
});

const limit = z.number().nullable();

export const answers = {
  pareto: z.object({
    bars: z.array(
      z.object({
        group: z.string(),
        name: z.string(),
        count: z.int(),
        cumulative: z.number().meta({ description: 'Of all, it and those before it, 0 to 1' }),
        isVital: z.boolean().meta({ description: 'One of the few that make 80 %' }),
        records,
      }),
    ),
    others: z
      .object({ groups: z.int(), count: z.int(), records })
      .meta({ description: 'Groups without a bar, and their records, each once; the table has them all' }),
    without: z.object({ count: z.int(), records }).meta({ description: 'Records that belong to no group' }),
  }),
  heatMap: z.object({
    hours: z
      .array(z.array(z.object({ count: z.int(), records })))
      .meta({ description: 'Seven rows from Monday, each of 24 hours' }),
  }),
  weeks: z.object({
    weeks: z.array(
      z.object({
        ...{ week: z.string().meta({ description: 'Its Monday', example: '2026-11-23' }) },
        ...{ from: instantSchema, to: instantSchema, count: z.int() },
        ...{ mean: limit, lower: limit, upper: limit },
        ...{ isOut: z.boolean(), isWhole: z.boolean(), records },
      }),
    ),
    more: z.boolean(),
  }),
  recurrences: z.object({
    recurrences: z.array(
      z.object({
        rules: z.array(z.enum(RECURRENCE_RULES)),
        service: z.string().nullable(),
        serviceName: z.string().nullable(),
        category: z.string().nullable(),
        title: z.string(),
        items: z
          .array(z.object({ id: z.string(), name: z.string(), count: z.int() }))
          .meta({ description: 'Items that most of them are about; none to who may not read them' }),
        about,
        evidence,
        records,
      }),
    ),
    more: z.boolean(),
    at: instantSchema,
  }),
  clusters: z.object({
    clusters: z.array(
      z.object({
        title: z.string(),
        words: z.array(z.object({ word: z.string(), count: z.int() })),
        fields: z.array(
          z.object({
            field: z.enum(['service', 'category', 'item', 'team']),
            value: z.string(),
            name: z.string(),
            count: z.int(),
          }),
        ),
        about,
        first: instantSchema,
        last: instantSchema,
        evidence,
        records,
      }),
    ),
    more: z.boolean(),
    seen: z.int(),
    unseen: z.int().meta({ description: 'Older records of other words, which were not compared' }),
  }),
  fixEffect: z.object({
    fixedAt: instantSchema,
    before: z.object({ count: z.int(), records }),
    after: z.object({ count: z.int(), records }),
    daysOver: z.int(),
    verdict: z.enum(['gone', 'fewer', 'as-before', 'more']).nullable(),
    days: z.array(z.object({ from: instantSchema, to: instantSchema, count: z.int(), records })),
  }),
  records: z.object({ records: z.array(namedRecordSchema), next }),
};

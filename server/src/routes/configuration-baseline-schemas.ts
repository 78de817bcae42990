/** What is asked and told of baselines of the configuration, and of differences between two moments. */
import type { ItemDifference } from '@muster/domain/configuration';
import { z } from 'zod';
import type { Baseline } from '../store/configuration-baselines.ts';
import type { Differences } from '../store/query/configuration-differences.ts';
import { storable } from '../store/storable.ts';
import { word } from './release-schemas.ts';
import { instantSchema, nameSchema, personIdSchema, recordIdSchema, telling } from './schemas.ts';

export const baseline = z
  .object({
    ...{ id: recordIdSchema, name: z.string(), note: z.string() },
    at: instantSchema.meta({ description: 'The moment that it names' }),
    scope: recordIdSchema
      .nullable()
      .meta({ description: 'The item that it is about, with its neighbours; null for all' }),
    ...{ by: personIdSchema, madeAt: instantSchema },
  })
  .meta({ id: 'ConfigurationBaseline' }) satisfies z.ZodType<Baseline>;

export const content = z.strictObject({
  name: nameSchema,
  note: z.string().trim().max(2_000).overwrite(storable).default(''),
  at: instantSchema.optional().meta({ description: 'A moment of the past; now when not said' }),
  scope: word.nullable().default(null).meta({ description: 'Id or number of an item; null for all' }),
});

export const asked = z.object({
  from: word.meta({ description: 'Id of a baseline, or epoch milliseconds' }),
  to: word.default('now').meta({ description: 'The same, or `now`' }),
  item: word.optional().meta({
    description:
      'Id or number of an item: it and its neighbours alone. That of the baseline `from` when not said',
  }),
});

const moment = z.object({ at: instantSchema, baseline: baseline.nullable() });
const count = z.int().min(0);
const part = z.union([z.string(), z.number(), z.boolean()]).nullable();
const difference = telling<ItemDifference>(
  z.looseObject({
    item: recordIdSchema,
    kind: z.enum(['added', 'gone', 'changed']),
    ...{ number: z.string().nullable(), name: z.string(), class: z.string() },
    parts: z.array(z.looseObject({ part: z.string(), of: z.string().optional(), from: part, to: part })),
  }),
);
export const differences = z
  .object({
    ...{ from: moment, to: moment },
    item: recordIdSchema.nullable(),
    counts: z.object({ added: count, gone: count, changed: count, related: count, unrelated: count }),
    items: z.array(difference),
    relations: z.array(
      telling<Differences['relations'][number]>(
        z.looseObject({
          kind: z.enum(['added', 'removed']),
          ...{ type: z.string(), from: z.string(), to: z.string() },
          ...{ fromName: z.string(), toName: z.string() },
        }),
      ),
    ),
    more: z.boolean().meta({ description: 'Whether there are more than are told; they are counted' }),
  })
  .meta({ id: 'ConfigurationDifferences' });

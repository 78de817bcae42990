/** What is answered of the configuration. */
import { ATTRIBUTE_KINDS, ITEM_STATES, SPREADS } from '@muster/domain/configuration';
import type {
  ConfigurationItem,
  ConfigurationRules,
  HistoryEvent,
  ImportReport,
  KeptRelation,
  RelationHistoryEvent,
} from '@muster/domain/configuration';
import type { Recorded } from '@muster/domain/shared';
import { z } from 'zod';
import { IMPORT_FORMATS } from '../import/configuration/read-file.ts';
import {
  instantSchema,
  personIdSchema,
  recordIdSchema,
  recordedEventSchema,
  teamIdSchema,
  telling,
} from './schemas.ts';

const words = z.string();
const end = z.string().meta({ description: 'Id of an item, or of a service of the directory' });

/** Its parts are those of a row of `board/configuration`. */
export const itemSchema = telling<ConfigurationItem>(
  z
    .looseObject({
      id: recordIdSchema,
      number: words.nullable(),
      version: z.int(),
      class: words.meta({ description: 'Id of a class, as the rules have it' }),
      name: words,
      state: z.enum(ITEM_STATES),
      owner: personIdSchema.nullable(),
      team: teamIdSchema.nullable(),
      criticality: z.int().min(1).max(4).nullable(),
      attributes: z.record(z.string(), z.union([words, z.number(), z.boolean()])),
      redundancy: z.array(z.looseObject({ relation: words, by: z.enum(['count', 'percent']) })),
      suspended: z
        .looseObject({ to: z.enum(ITEM_STATES), reason: words.nullable() })
        .nullable()
        .meta({ description: 'A retirement that waits, because open incidents name the item' }),
      updatedAt: instantSchema.meta({ description: 'When it was changed or confirmed last' }),
      changedAt: instantSchema
        .optional()
        .meta({ description: 'When it became another, 0 for never; absent where that is not known' }),
      care: z
        .looseObject({
          confirmedAt: instantSchema.nullable(),
          askedAt: instantSchema.nullable(),
          different: z.array(z.string()),
        })
        .optional()
        .meta({ description: 'What people said about how well it is known' }),
      sameAs: z.string().optional().meta({ description: 'Id of the item that it was joined into' }),
    })
    .meta({ id: 'ConfigurationItem' }),
);

export const relationSchema = telling<KeptRelation>(
  z
    .looseObject({
      id: recordIdSchema,
      version: z.int(),
      type: words,
      from: end,
      to: end,
      since: instantSchema,
      by: personIdSchema,
      until: instantSchema.nullable(),
      removedBy: personIdSchema.nullable(),
    })
    .meta({ id: 'ConfigurationRelation' }),
);

/** Of relations too, as their ends tell it. */
export const historySchema = telling<Recorded<HistoryEvent>>(recordedEventSchema);

export const stoodSchema = telling<RelationHistoryEvent>(
  z
    .looseObject({
      relation: recordIdSchema,
      as: words.meta({ description: 'Id of the type of relation' }),
      from: end,
      to: end,
    })
    .meta({ id: 'ConfigurationRelationThen' }),
);

export const originsSchema = z
  .object({
    made: z
      .object({ by: personIdSchema, at: instantSchema })
      .nullable()
      .meta({ description: 'Who made it; of what an import made, who imported it then' }),
    sources: z.array(
      z.object({
        source: words.meta({ description: 'The format and, where it has one, the name of the file' }),
        key: words.meta({ description: 'What the source calls the item' }),
        made: z.boolean().meta({ description: 'Whether its import made the item, rather than found it' }),
      }),
    ),
  })
  .meta({ id: 'ConfigurationItemOrigins' });

export const rulesSchema = telling<ConfigurationRules>(
  z
    .looseObject({
      version: z.int(),
      classes: z.array(
        z.looseObject({
          id: words,
          name: words,
          parent: words.nullable(),
          abstract: z.boolean(),
          attributes: z.array(z.looseObject({ id: words, name: words, kind: z.enum(ATTRIBUTE_KINDS) })),
        }),
      ),
      types: z.array(
        z.looseObject({
          id: words,
          name: words,
          inverse: words,
          spread: z.enum(SPREADS),
          circles: z.boolean(),
          allowed: z.array(z.object({ from: words, to: words })),
        }),
      ),
      health: z
        .looseObject({ staleDays: z.number().nullable(), againDays: z.number() })
        .optional()
        .meta({ description: 'What is expected of items; absent until it was set' }),
      updatedAt: instantSchema,
    })
    .meta({ id: 'ConfigurationRules' }),
);

const row = {
  id: z.string(),
  line: z.int().nullable().meta({ description: 'Null where the format has no lines to speak of' }),
  class: words,
  name: words,
};
const said = z.union([words, z.number(), z.boolean()]);

const related = { type: words, from: end, to: end, fromName: words, toName: words };

/** What an import did; of a dry run, what it would do. */
export const importAnswer = telling<ImportReport>(
  z
    .looseObject({
      source: words.meta({ description: 'What items are known by from import to import' }),
      dryRun: z.boolean(),
      made: z.int(),
      changed: z.int(),
      left: z.int().meta({ description: 'Items that stand already as the file says' }),
      related: z.int(),
      relationsLeft: z.int(),
      replaced: z.int().meta({
        description:
          'Relations that earlier imports of the source made of what is read otherwise today: each gives way',
      }),
      notReached: z.int().meta({ description: 'Items and relations that were left because it was stopped' }),
      gone: z.array(z.object({ id: z.string(), number: words, name: words })).meta({
        description: 'Came from this source before and are not in it any more; they stay as they are',
      }),
      faults: z
        .array(z.object({ line: z.int().nullable(), what: words, reason: words }))
        .meta({ description: 'Rows that were not taken, and why' }),
      partly: z.array(z.object({ line: z.int().nullable(), what: words, reason: words })).meta({
        description:
          'Rows that were taken without a part of what they say, as an owner who is not known here, and why',
      }),
      alike: z
        .array(
          z.object({
            ...{ line: row.line, class: words, name: words },
            there: z.object({ id: z.string(), number: words, name: words }),
          }),
        )
        .meta({ description: 'Rows that are made although an item of the same name and class is there' }),
      unread: z
        .array(z.object({ kind: words, count: z.int() }))
        .meta({ description: 'Kinds of things in the file of which none becomes an item, the most first' }),
      rows: z.object({
        made: z.array(z.object({ ...row, said: z.array(z.object({ field: words, is: said })) })),
        changed: z.array(
          z.object({
            ...row,
            changes: z.array(z.object({ field: words, was: said.nullable(), is: said })),
          }),
        ),
        left: z.array(z.object(row)),
        related: z.array(z.object(related)),
        replaced: z.array(z.object({ ...related, by: z.object(related) })),
      }),
    })
    .meta({ id: 'ConfigurationImport' }),
);

/** Where an import stands. */
export const importJob = z
  .object({
    id: z.string(),
    by: personIdSchema,
    startedAt: instantSchema,
    dryRun: z.boolean(),
    format: z.enum(IMPORT_FORMATS),
    name: words,
    state: z.enum(['reading', 'applying', 'done', 'cancelled', 'failed', 'refused', 'too-large']),
    done: z.int().meta({ description: 'Items and relations that were worked off, of `of`' }),
    of: z.int(),
    error: words.nullable(),
    hasReport: z.boolean(),
  })
  .meta({ id: 'ConfigurationImportJob' });

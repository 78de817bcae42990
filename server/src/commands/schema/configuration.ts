/** What the arguments of `item.<verb>`, `relation.<verb>` and `configuration.<verb>` must look like. */
import { ATTRIBUTE_KINDS, EXPECTATIONS, ITEM_STATES, MOST_DAYS, SPREADS } from '@muster/domain/configuration';
import type {
  ItemAct,
  ItemVerb,
  RelationAct,
  RelationVerb,
  RulesAct,
  RulesVerb,
} from '@muster/domain/configuration';
import { ok } from '@muster/domain/shared';
import type { ItemId, Result } from '@muster/domain/shared';
import { z } from 'zod';
import { storable } from '../../store/storable.ts';
import { branded } from './branded.ts';
import { parseArgs } from './parse-args.ts';
import type { Malformed } from './parse-args.ts';
import { label, person, record, team, text } from './parts.ts';

/** More than anybody has, so that a command stays small. */
const MOST = 500;

const key = z.string().min(1).max(64).overwrite(storable);
const item = branded<ItemId>(key);
const state = z.enum(ITEM_STATES);
const value = z.union([z.string().max(4_000).overwrite(storable), z.number(), z.boolean()]);
const redundancy = z
  .array(z.strictObject({ relation: key, by: z.enum(['count', 'percent']), minimum: z.int() }))
  .max(MOST);
const grade = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).nullable();

/** The rules take it of the product alone. */
const cause = { change: z.strictObject({ id: record, number: label.nullable() }).optional() };

const plain = {
  class: key,
  name: label,
  owner: person.nullable(),
  team: team.nullable(),
  criticality: grade,
  redundancy,
};
const { class: itemClass, name, ...more } = plain;

const ITEM_ARGS: { readonly [Verb in ItemVerb]: z.ZodType } = {
  create: z.strictObject({
    fields: z.strictObject({
      ...{ class: itemClass, name },
      ...z.strictObject(more).partial().shape,
      attributes: z.record(key, value).optional(),
    }),
    state: state.optional(),
  }),
  edit: z.strictObject({
    fields: z.strictObject({ ...plain, attributes: z.record(key, value.nullable()) }).partial(),
    ...cause,
  }),
  step: z.strictObject({
    ...{ from: state, to: state, reason: text.optional(), despite: z.boolean().optional() },
    ...cause,
  }),
  keep: z.strictObject({}),
  confirm: z.strictObject({}),
  'tell-apart': z.strictObject({ other: item }),
  join: z.strictObject({ other: item }),
  'ask-review': z.strictObject({}),
  suspend: z.strictObject({}),
};

const RELATION_ARGS: { readonly [Verb in RelationVerb]: z.ZodType } = {
  add: z.strictObject({ type: key, from: item, to: item, ...cause }),
  remove: z.strictObject({ ...cause }),
};

/** Values are kept by it in plain objects, which have some names of their own. */
const attributeId = key.refine((id) => !(id in Object.prototype), 'is a name that every object has');

const attribute = z.strictObject({
  ...{ id: attributeId, name: label, kind: z.enum(ATTRIBUTE_KINDS), required: z.boolean() },
  choices: z.array(label).max(MOST),
  identifies: z.boolean(),
});

const oneClass = z.strictObject({
  ...{ id: key, name: label, parent: key.nullable(), abstract: z.boolean() },
  attributes: z.array(attribute).max(MOST),
});

const oneType = z.strictObject({
  ...{ id: key, name: label, inverse: label, spread: z.enum(SPREADS), circles: z.boolean() },
  allowed: z.array(z.strictObject({ from: key, to: key })).max(MOST),
});

const days = z.int().min(1).max(MOST_DAYS);

const health = z.strictObject({
  ...{ staleDays: days.nullable(), againDays: days },
  classes: z.record(
    attributeId,
    z
      .strictObject({
        staleDays: days.nullable(),
        recommended: z.array(key).max(MOST),
        expects: z.array(z.enum(EXPECTATIONS)).max(EXPECTATIONS.length),
      })
      .partial(),
  ),
});

const RULES_ARGS: { readonly [Verb in RulesVerb]: z.ZodType } = {
  'set-classes': z.strictObject({ classes: z.array(oneClass).max(MOST) }),
  'set-relation-types': z.strictObject({ types: z.array(oneType).max(MOST) }),
  'set-health': z.strictObject({ health }),
  'set-rules': z.strictObject({
    classes: z.array(oneClass).max(MOST),
    types: z.array(oneType).max(MOST),
  }),
};

export function isItemVerb(verb: string): verb is ItemVerb {
  return Object.hasOwn(ITEM_ARGS, verb);
}

export function isRelationVerb(verb: string): verb is RelationVerb {
  return Object.hasOwn(RELATION_ARGS, verb);
}

export function isRulesVerb(verb: string): verb is RulesVerb {
  return Object.hasOwn(RULES_ARGS, verb);
}

export function parseItemAct(verb: ItemVerb, args: unknown): Result<ItemAct, Malformed> {
  return parsed(ITEM_ARGS[verb], verb, args);
}

export function parseRelationAct(verb: RelationVerb, args: unknown): Result<RelationAct, Malformed> {
  return parsed(RELATION_ARGS[verb], verb, args);
}

export function parseRulesAct(verb: RulesVerb, args: unknown): Result<RulesAct, Malformed> {
  return parsed(RULES_ARGS[verb], verb, args);
}

/** Refuses what is missing, of another type or not known. */
function parsed<Act extends { readonly verb: string }>(
  schema: z.ZodType,
  verb: Act['verb'],
  args: unknown,
): Result<Act, Malformed> {
  const read = parseArgs<object>(schema as z.ZodType<object>, args);
  // each schema satisfies the arguments of its verb, which the compiler cannot follow through the lookup
  return read.ok ? ok({ verb, ...read.value } as Act) : read;
}

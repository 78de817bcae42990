/** What the arguments of `change.<verb>` and `change-template.<verb>` must look like. */
import { ITEM_STATES } from '@muster/domain/configuration';
import {
  CHANGE_RESULTS,
  CHANGE_STATES,
  PLANS,
  TASK_KINDS,
  TASK_STATES,
  VALUE_FATES,
  VOTES,
} from '@muster/domain/change';
import type { ChangeAct, ChangeVerb, ItemId, RiskInput, TemplateAct } from '@muster/domain/change';
import { REVIEW_STATES, ok } from '@muster/domain/shared';
import type { Result } from '@muster/domain/shared';
import { z } from 'zod';
import { storable } from '../../store/storable.ts';
import { parseArgs } from './parse-args.ts';
import type { Malformed } from './parse-args.ts';
import { branded } from './branded.ts';
import { instant, label, person, record, team, text } from './parts.ts';

/** More than the rules let pass, so that they can say so. */
const MOST = 2_000;

type ChangeArgs<Verb extends ChangeVerb> = z.ZodType<
  Omit<Extract<ChangeAct, { readonly verb: Verb }>, 'verb'>
>;
type TemplateVerb = TemplateAct['verb'];
type TemplateArgs<Verb extends TemplateVerb> = z.ZodType<
  Omit<Extract<TemplateAct, { readonly verb: Verb }>, 'verb'>
>;

const key = z.string().min(1).max(64).overwrite(storable);
const item = branded<ItemId>(key);
const begins = instant.nullable();
const fields = z.strictObject({
  title: text,
  items: z.array(item).max(MOST),
  begins,
  ends: begins,
  outage: z.boolean(),
});
/** Which grades there are is the rules' to say. */
const grade = z.int() as unknown as z.ZodType<RiskInput['likelihood']>;
const riskInput = z.strictObject({ answers: z.record(key, label), likelihood: grade, impact: grade });
const plans = z.partialRecord(z.enum(PLANS), text);
const task = z.strictObject({
  title: label,
  kind: z.enum(TASK_KINDS),
  owner: person.nullable(),
  team: team.nullable(),
  after: z.array(key).max(MOST),
  plannedMinutes: z.int().nullable(),
  backout: text,
});
const word = z.union([z.string().max(4_000).overwrite(storable), z.number(), z.boolean()]).nullable();
const itemState = z.enum(ITEM_STATES);
const relation = { type: key, from: item, to: item };
const plannedValue = z.discriminatedUnion('kind', [
  z.strictObject({
    ...{ kind: z.literal('field'), item, field: z.string().min(1).max(80).overwrite(storable) },
    ...{ was: word, to: word },
  }),
  z.strictObject({ kind: z.literal('step'), item, was: itemState, to: itemState }),
  z.strictObject({ kind: z.literal('relate'), ...relation }),
  z.strictObject({ kind: z.literal('unrelate'), relation: record, ...relation }),
]);
const plannedKey = z.string().min(1).max(300);
const valueOutcome = z.strictObject({
  ...{ key: plannedKey, fate: z.enum(VALUE_FATES) },
  why: z.looseObject({ code: text }).nullable(),
});
const reason = z.strictObject({ reason: text });
const nothing = z.strictObject({});

/** The arguments of `change.<verb>` by verb. */
export const CHANGE_ARGS: { readonly [Verb in ChangeVerb]: ChangeArgs<Verb> } = {
  create: z.strictObject({
    model: key,
    template: record.optional(),
    fields: fields.partial().required({ title: true }),
    team: team.nullable().optional(),
    owner: person.nullable().optional(),
  }),
  edit: z.strictObject({ fields: fields.partial(), model: key.optional() }),
  assign: z.strictObject({ team: team.nullable(), owner: person.nullable() }),
  'note-plans': z.strictObject({ plans }),
  assess: z.strictObject({ input: riskInput }),
  step: z.strictObject({ to: z.enum(CHANGE_STATES), reason: text.optional() }),
  revert: reason,
  cancel: reason,
  close: z.strictObject({ result: z.enum(CHANGE_RESULTS) }),
  hold: reason,
  release: nothing,
  'ask-approvals': nothing,
  vote: z.strictObject({
    vote: z.enum(VOTES),
    read: z.record(key, z.string().max(200)),
    note: text.optional(),
  }),
  delegate: z.strictObject({ to: person }),
  expire: nothing,
  'waive-conflicts': z.strictObject({ keys: z.array(z.string().max(100_000)).max(MOST), reason: text }),
  'note-announcement': z.strictObject({ announcement: record }),
  'plan-values': z.strictObject({ values: z.array(plannedValue).min(1).max(MOST) }),
  'unplan-values': z.strictObject({ keys: z.array(plannedKey).min(1).max(MOST) }),
  'note-values': z.strictObject({ outcomes: z.array(valueOutcome).max(MOST) }),
  'add-task': z.strictObject({ task: key, fields: task }),
  'edit-task': z.strictObject({ task: key, fields: task.partial() }),
  'drop-task': z.strictObject({ task: key }),
  'move-task': z.strictObject({
    task: key,
    to: z.enum(TASK_STATES),
    reason: text.optional(),
    minutes: z.int().optional(),
  }),
  'begin-backout': nothing,
  'begin-review': nothing,
  'waive-review': reason,
  'move-review': z.strictObject({ to: z.enum(REVIEW_STATES), reason: text.optional() }),
  'note-caused': z.strictObject({ incident: record, priority: z.int().min(1).max(5) }),
  'unnote-caused': z.strictObject({ incident: record }),
};

const template = z.strictObject({
  name: label,
  outage: z.boolean(),
  plans,
  tasks: z.array(task.extend({ id: key })).max(MOST),
  riskInput: riskInput.nullable(),
  minutes: z.int(),
  team: team.nullable(),
});

/** The arguments of `change-template.<verb>` by verb. */
export const TEMPLATE_ARGS: { readonly [Verb in TemplateVerb]: TemplateArgs<Verb> } = {
  propose: z.strictObject({ fields: template }),
  edit: z.strictObject({ fields: template.partial() }),
  approve: z.strictObject({ revision: z.int() }),
  reject: reason,
  retire: reason,
  keep: reason,
  'note-use': z.strictObject({ change: record }),
  'note-result': z.strictObject({ change: record, result: z.enum(CHANGE_RESULTS) }),
};

export function isChangeVerb(verb: string): verb is ChangeVerb {
  return Object.hasOwn(CHANGE_ARGS, verb);
}

export function isTemplateVerb(verb: string): verb is TemplateVerb {
  return Object.hasOwn(TEMPLATE_ARGS, verb);
}

/** Reads the arguments of a verb into an act; refuses what is missing, of another type or not known. */
export function parseChangeAct(verb: ChangeVerb, args: unknown): Result<ChangeAct, Malformed> {
  const parsed = parseArgs<object>(CHANGE_ARGS[verb], args);
  // each schema satisfies the arguments of its verb, which the compiler cannot follow through the lookup
  return parsed.ok ? ok({ verb, ...parsed.value } as ChangeAct) : parsed;
}

export function parseTemplateAct(verb: TemplateVerb, args: unknown): Result<TemplateAct, Malformed> {
  const parsed = parseArgs<object>(TEMPLATE_ARGS[verb], args);
  return parsed.ok ? ok({ verb, ...parsed.value } as TemplateAct) : parsed;
}

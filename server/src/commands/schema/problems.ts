/** What the arguments of `problem.<verb>` must look like. */
import { ORIGIN_KINDS, PROBLEM_STATES, RESOLUTION_CODES, TASK_KINDS } from '@muster/domain/problem';
import type { ProblemAct, ProblemFields, ProblemVerb } from '@muster/domain/problem';
import { ok } from '@muster/domain/shared';
import type { ItemId, Result } from '@muster/domain/shared';
import { z } from 'zod';
import { storable } from '../../store/storable.ts';
import { branded } from './branded.ts';
import { parseArgs } from './parse-args.ts';
import type { Malformed } from './parse-args.ts';
import { instant, level, person, record, service, team, text } from './parts.ts';

/** More than the rules let pass, so that they can say so. */
const MOST = 5_000;

type Args<Verb extends ProblemVerb> = z.ZodType<Omit<Extract<ProblemAct, { readonly verb: Verb }>, 'verb'>>;

const key = z.string().min(1).max(64).overwrite(storable);
const item = branded<ItemId>(key);

const fields = z.strictObject({
  title: text,
  service: service.nullable(),
  items: z.array(item).max(MOST),
  team: team.nullable(),
  owner: person.nullable(),
  impact: level,
  urgency: level,
  major: z.boolean(),
  workaround: text,
  fix: text,
}) satisfies z.ZodType<ProblemFields>;

const task = z.strictObject({ kind: z.enum(TASK_KINDS), title: text, assignee: person.nullable() });
const ofIncident = z.strictObject({ incident: record });
const ofChange = z.strictObject({ change: record });
const ofFactor = z.strictObject({ factor: key });
const newFactor = z.strictObject({ factor: key, text });
const ofTask = z.strictObject({ task: key });
const nothing = z.strictObject({});

/** The arguments of `problem.<verb>` by verb. */
const PROBLEM_ARGS: { readonly [Verb in ProblemVerb]: Args<Verb> } = {
  create: z.strictObject({
    fields,
    origin: z.strictObject({ kind: z.enum(ORIGIN_KINDS), incident: record.nullable(), evidence: text }),
    incidents: z.array(record).max(MOST),
  }),
  edit: z.strictObject({ fields: fields.partial() }),
  step: z.strictObject({
    to: z.enum(PROBLEM_STATES),
    reason: text.optional(),
    resolution: z.enum(RESOLUTION_CODES).optional(),
    into: record.optional(),
    reviewAt: instant.optional(),
  }),
  'link-incident': ofIncident,
  'unlink-incident': ofIncident,
  'link-change': ofChange,
  'unlink-change': ofChange,
  'add-factor': newFactor,
  'drop-factor': ofFactor,
  'state-cause': newFactor,
  'pick-cause': ofFactor,
  'add-task': z.strictObject({ task: key, fields: task }),
  'edit-task': z.strictObject({ task: key, fields: task.partial() }),
  'finish-task': z.strictObject({ task: key, cause: text.optional(), fix: text.optional() }),
  'drop-task': ofTask,
  'communicate-workaround': nothing,
  'mark-known-error': z.strictObject({ known: z.boolean() }),
  remind: nothing,
};

export function isProblemVerb(verb: string): verb is ProblemVerb {
  return Object.hasOwn(PROBLEM_ARGS, verb);
}

/** Reads the arguments of a verb into an act; refuses what is missing, of another type or not known. */
export function parseProblemAct(verb: ProblemVerb, args: unknown): Result<ProblemAct, Malformed> {
  const parsed = parseArgs<object>(PROBLEM_ARGS[verb], args);
  // each schema satisfies the arguments of its verb, which the compiler cannot follow through the lookup
  return parsed.ok ? ok({ verb, ...parsed.value } as ProblemAct) : parsed;
}

/** What the arguments of `release.<verb>` must look like. */
import { GO_ANSWERS, PACES, RELEASE_KINDS, RELEASE_STATES, STAGES } from '@muster/domain/release';
import type { ReleaseAct, ReleaseVerb } from '@muster/domain/release';
import { ok } from '@muster/domain/shared';
import type { Result } from '@muster/domain/shared';
import { z } from 'zod';
import { parseArgs } from './parse-args.ts';
import type { Malformed } from './parse-args.ts';
import { instant, label, people, person, record, service, text } from './parts.ts';

/** More than the rules let pass, so that they can say so. */
const MOST = 5_000;

type Args<Verb extends ReleaseVerb> = z.ZodType<Omit<Extract<ReleaseAct, { readonly verb: Verb }>, 'verb'>>;

const key = z.string().min(1).max(64);
const at = instant.nullable();
const fields = z.strictObject({
  kind: z.enum(RELEASE_KINDS),
  title: text,
  label,
  services: z.array(service).max(MOST),
  owner: person.nullable(),
  pace: z.enum(PACES),
  beginsAt: at,
  endsAt: at,
  hypercareHours: z.number(),
  rollbackTestedAt: at,
});
const unit = z.strictObject({
  id: key,
  kind: z.enum(['unit', 'package']),
  name: label,
  version: label,
  parts: z.array(key).max(MOST),
});
const rule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('changes-closed') }),
  z.strictObject({ kind: z.literal('windows-fit') }),
  z.strictObject({
    kind: z.literal('check'),
    check: label,
    bound: z.enum(['at-least', 'at-most']),
    threshold: z.number(),
  }),
  z.strictObject({ kind: z.literal('sign-offs'), people }),
]);
const gate = z.strictObject({ id: key, name: label, rule });
const phase = z.strictObject({
  id: key,
  name: label,
  stage: z.enum(STAGES),
  beginsAt: at,
  endsAt: at,
  gates: z.array(gate).max(MOST),
});
const stepFields = z.strictObject({
  title: text,
  phase: key,
  owner: person.nullable(),
  change: record.nullable(),
  minutes: z.number(),
  after: z.array(record).max(MOST),
  rollback: text,
  noReturn: z.boolean(),
});
const changes = z.strictObject({ changes: z.array(record).max(MOST) });
const ofPhase = z.strictObject({ phase: key });
const ofStep = z.strictObject({ step: record });

/** The arguments of `release.<verb>` by verb. */
export const RELEASE_ARGS: { readonly [Verb in ReleaseVerb]: Args<Verb> } = {
  create: z.strictObject({ fields }),
  edit: z.strictObject({ fields: fields.partial() }),
  'add-changes': changes,
  'remove-changes': changes,
  'set-unit': z.strictObject({ unit }),
  'remove-unit': z.strictObject({ unit: key }),
  transition: z.strictObject({ to: z.enum(RELEASE_STATES), reason: text.optional() }),
  'note-alarm': z.strictObject({ incident: record }),
  'plan-phases': z.strictObject({ phases: z.array(phase).max(MOST) }),
  'reschedule-phase': ofPhase.extend({ beginsAt: at, endsAt: at }),
  'start-phase': ofPhase,
  'complete-phase': ofPhase,
  'restart-phase': ofPhase.extend({ reason: text }),
  'report-check': z.strictObject({ check: label, value: z.number() }),
  'sign-off': z.strictObject({ gate: key, note: text.optional() }),
  'except-gate': z.strictObject({ gate: key, reason: text }),
  'end-exception': z.strictObject({ gate: key }),
  'add-steps': z.strictObject({ steps: z.array(stepFields.extend({ id: record })).max(MOST) }),
  'edit-step': ofStep.extend({ fields: stepFields.partial() }),
  'drop-step': ofStep,
  'start-step': ofStep,
  tick: ofStep,
  untick: ofStep,
  'attach-evidence': ofStep.extend({ evidence: record, text }),
  'roll-back-step': ofStep,
  'open-roll-call': z.strictObject({ leads: people, quorum: z.int() }),
  answer: z.strictObject({
    answer: z.enum(GO_ANSWERS),
    note: text.optional(),
    readiness: z.string().max(200),
  }),
};

export function isReleaseVerb(verb: string): verb is ReleaseVerb {
  return Object.hasOwn(RELEASE_ARGS, verb);
}

/** Reads the arguments of a verb into an act; refuses what is missing, of another type or not known. */
export function parseReleaseAct(verb: ReleaseVerb, args: unknown): Result<ReleaseAct, Malformed> {
  const parsed = parseArgs<object>(RELEASE_ARGS[verb], args);
  // each schema satisfies the arguments of its verb, which the compiler cannot follow through the lookup
  return parsed.ok ? ok({ verb, ...parsed.value } as ReleaseAct) : parsed;
}

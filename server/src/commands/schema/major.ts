import { MAJOR_PHASES, MAJOR_ROLES, REPORT_STAGES } from '@muster/domain/shared';
import type { Severity } from '@muster/domain/shared';
import { z } from 'zod';
import type { ArgsSchema } from './args-of.ts';
import { instant, label, person, text } from './parts.ts';

export const severity = z.union([
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
]) satisfies z.ZodType<Severity>;

const phase = z.enum(MAJOR_PHASES);
const role = z.enum(MAJOR_ROLES);

export const proposeMajor = z.strictObject({
  severity,
  reason: text,
  rule: label.optional(),
}) satisfies ArgsSchema<'propose-major'>;

export const acceptMajor = z.strictObject({
  severity: severity.optional(),
  commander: person.optional(),
}) satisfies ArgsSchema<'accept-major'>;

export const rejectMajor = z.strictObject({ reason: text }) satisfies ArgsSchema<'reject-major'>;

export const demoteMajor = z.strictObject({ reason: text }) satisfies ArgsSchema<'demote-major'>;

export const closeMajor = z.strictObject({}) satisfies ArgsSchema<'close-major'>;

export const setSeverity = z.strictObject({ severity }) satisfies ArgsSchema<'set-severity'>;

export const movePhase = z.strictObject({
  to: phase,
  reason: text.optional(),
}) satisfies ArgsSchema<'move-phase'>;

export const assignRole = z.strictObject({ role, person }) satisfies ArgsSchema<'assign-role'>;

export const renounceRole = z.strictObject({ role, person }) satisfies ArgsSchema<'renounce-role'>;

export const offerCommand = z.strictObject({ to: person }) satisfies ArgsSchema<'offer-command'>;

export const answerCommand = z.strictObject({
  answer: z.enum(['accept', 'decline']),
}) satisfies ArgsSchema<'answer-command'>;

export const sendReport = z.strictObject({
  conditions: text,
  actions: text,
  needs: text,
}) satisfies ArgsSchema<'send-report'>;

export const setReportInterval = z.strictObject({
  minutes: z.int().nullable(),
}) satisfies ArgsSchema<'set-report-interval'>;

export const remindReport = z.strictObject({
  due: instant,
  stage: z.enum(REPORT_STAGES),
}) satisfies ArgsSchema<'remind-report'>;

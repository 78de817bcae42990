import { CALL_CAUSES } from '@muster/domain/shared';
import { z } from 'zod';
import type { ArgsSchema } from './args-of.ts';
import { team, text } from './parts.ts';

export const beginCall = z.strictObject({
  team: team.nullable(),
  cause: z.enum(CALL_CAUSES).optional(),
}) satisfies ArgsSchema<'begin-call'>;

export const takeCallStep = z.strictObject({
  call: z.int().min(0),
  round: z.int().min(0),
  step: z.int().min(0),
}) satisfies ArgsSchema<'take-call-step'>;

export const acknowledgeCall = z.strictObject({
  team: team.nullable(),
}) satisfies ArgsSchema<'acknowledge-call'>;

export const stopCall = z.strictObject({
  team: team.nullable(),
  reason: text,
}) satisfies ArgsSchema<'stop-call'>;

import { METRICS } from '@muster/domain/shared';
import { z } from 'zod';
import type { ArgsSchema } from './args-of.ts';
import { team, text } from './parts.ts';

export const escalateToTeam = z.strictObject({ team, reason: text }) satisfies ArgsSchema<'escalate-to-team'>;

export const escalateUpward = z.strictObject({ reason: text }) satisfies ArgsSchema<'escalate-upward'>;

export const endEscalation = z.strictObject({ reason: text }) satisfies ArgsSchema<'end-escalation'>;

export const passThreshold = z.strictObject({
  metric: z.enum(METRICS),
  percent: z.union([z.literal(75), z.literal(100)]),
}) satisfies ArgsSchema<'pass-threshold'>;

import { z } from 'zod';
import type { ArgsSchema } from './args-of.ts';
import { holdReason, instant, label, text } from './parts.ts';

export const transition = z.strictObject({
  to: label,
  holdReason: holdReason.optional(),
  reason: text.optional(),
  code: label.optional(),
  notes: text.optional(),
}) satisfies ArgsSchema<'transition'>;

export const snooze = z.strictObject({ until: instant }) satisfies ArgsSchema<'snooze'>;

export const unsnooze = z.strictObject({}) satisfies ArgsSchema<'unsnooze'>;

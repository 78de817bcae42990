import { z } from 'zod';
import type { ArgsSchema } from './args-of.ts';
import { label, level, priority, service, tags, text, ticketKind } from './parts.ts';

export const edit = z.strictObject({
  fields: z
    .strictObject({
      title: text,
      kind: ticketKind,
      impact: level,
      urgency: level,
      service: service.nullable(),
      category: label.nullable(),
      tags,
    })
    .partial(),
}) satisfies ArgsSchema<'edit'>;

export const overridePriority = z.strictObject({
  priority: priority.nullable(),
  reason: text,
}) satisfies ArgsSchema<'override-priority'>;

import { REVIEW_STATES } from '@muster/domain/shared';
import { z } from 'zod';
import type { ArgsSchema } from './args-of.ts';
import { instant, label, person, record, text } from './parts.ts';

export const beginReview = z.strictObject({}) satisfies ArgsSchema<'begin-review'>;

export const waiveReview = z.strictObject({ reason: text }) satisfies ArgsSchema<'waive-review'>;

export const moveReview = z.strictObject({
  to: z.enum(REVIEW_STATES),
  reason: text.optional(),
}) satisfies ArgsSchema<'move-review'>;

export const addReviewAction = z.strictObject({
  action: record,
  text: label,
  owner: person,
  dueAt: instant,
}) satisfies ArgsSchema<'add-review-action'>;

export const dropReviewAction = z.strictObject({
  action: record,
}) satisfies ArgsSchema<'drop-review-action'>;

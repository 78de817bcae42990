import { ALERT_CHANGES, ALERT_STANCES, MOST_NAMED } from '@muster/domain/shared';
import { z } from 'zod';
import type { ArgsSchema } from './args-of.ts';
import { instant, label } from './parts.ts';

const count = z.int().min(0);

export const noteAlerts = z.strictObject({
  change: z.enum(ALERT_CHANGES),
  source: label,
  firing: count,
  total: count,
  untold: count,
  named: z.array(label).max(MOST_NAMED),
  stance: z.enum(ALERT_STANCES).nullable(),
}) satisfies ArgsSchema<'note-alerts'>;

export const acknowledgeAlerts = z.strictObject({}) satisfies ArgsSchema<'acknowledge-alerts'>;

export const endSilence = z.strictObject({}) satisfies ArgsSchema<'end-silence'>;

export const silenceAlerts = z.strictObject({ until: instant }) satisfies ArgsSchema<'silence-alerts'>;

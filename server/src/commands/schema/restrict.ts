import { z } from 'zod';
import type { ArgsSchema } from './args-of.ts';
import { people, team, text } from './parts.ts';

export const restrict = z.strictObject({
  team: team.nullable(),
  people,
  reason: text,
}) satisfies ArgsSchema<'restrict'>;

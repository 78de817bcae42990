import { z } from 'zod';
import type { ArgsSchema } from './args-of.ts';
import { person, team, text } from './parts.ts';

export const claim = z.strictObject({}) satisfies ArgsSchema<'claim'>;

export const coOwn = z.strictObject({}) satisfies ArgsSchema<'co-own'>;

export const requestHandover = z.strictObject({ note: text }) satisfies ArgsSchema<'request-handover'>;

export const assign = z.strictObject({
  team: team.nullable(),
  owner: person.nullable(),
  reason: text.optional(),
}) satisfies ArgsSchema<'assign'>;

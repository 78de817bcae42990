import { z } from 'zod';
import type { ArgsSchema } from './args-of.ts';
import { draft, person, text } from './parts.ts';

export const comment = z.strictObject({ text, draft }) satisfies ArgsSchema<'comment'>;

export const reply = z.strictObject({ text, draft }) satisfies ArgsSchema<'reply'>;

export const watch = z.strictObject({ person: person.optional() }) satisfies ArgsSchema<'watch'>;

export const unwatch = z.strictObject({ person: person.optional() }) satisfies ArgsSchema<'unwatch'>;

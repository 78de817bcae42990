import type { z } from 'zod';

/** What a schema reads as the domain brands it: the brand is there for the compiler alone. */
export function branded<Id extends string>(schema: z.ZodType<string, string>): z.ZodType<Id, Id> {
  return schema as unknown as z.ZodType<Id, Id>;
}

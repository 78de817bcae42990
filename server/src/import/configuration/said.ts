import { z } from 'zod';

/** A key with nothing after it, which YAML reads as null, is a key left out. */
export function withoutEmpty<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).filter(([, said]) => said !== null));
  }, schema);
}

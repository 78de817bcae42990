/** What lists that come in pages are asked, and what they answer. */
import { z } from 'zod';
import { MAX_PAGE, isCursor } from '../store/query/index.ts';

export const page = {
  cursor: z
    .string()
    .max(200)
    .refine(isCursor, 'is not the `next` of a page')
    .optional()
    .meta({ description: '`next` of the page before' }),
  limit: z.coerce.number().int('must be a whole number').min(1).max(MAX_PAGE).default(50),
};

export const next = z.string().nullable().meta({ description: 'Cursor of the next page; null on the last' });

/** What was asked of a list: what narrows it, and which page of it. */
export function askedOf<Narrowed extends object>({ cursor, limit, ...narrowed }: Asked & Narrowed) {
  const stated = Object.entries(narrowed).filter(([, value]) => value !== undefined);
  return { wanted: Object.fromEntries(stated) as Stated<Narrowed>, cursor: cursor ?? null, limit };
}

interface Asked {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Without what was left out. */
type Stated<Narrowed> = {
  readonly [Key in Exclude<keyof Narrowed, keyof Asked>]?: Exclude<Narrowed[Key], undefined>;
};

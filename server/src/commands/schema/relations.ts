import { MAX_TICKET_ITEMS } from '@muster/domain/shared';
import { z } from 'zod';
import type { ArgsSchema } from './args-of.ts';
import { linkKind, record } from './parts.ts';

export const link = z.strictObject({ kind: linkKind, target: record }) satisfies ArgsSchema<'link'>;

export const unlink = z.strictObject({ kind: linkKind, target: record }) satisfies ArgsSchema<'unlink'>;

const items = z.array(record).max(MAX_TICKET_ITEMS);

export const nameItems = z.strictObject({ add: items, remove: items }) satisfies ArgsSchema<'name-items'>;

export const merge = z.strictObject({ into: record }) satisfies ArgsSchema<'merge'>;

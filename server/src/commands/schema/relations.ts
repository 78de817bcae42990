import { z } from 'zod';
import type { ArgsSchema } from './args-of.ts';
import { linkKind, record } from './parts.ts';

export const link = z.strictObject({ kind: linkKind, target: record }) satisfies ArgsSchema<'link'>;

export const unlink = z.strictObject({ kind: linkKind, target: record }) satisfies ArgsSchema<'unlink'>;

export const merge = z.strictObject({ into: record }) satisfies ArgsSchema<'merge'>;

import { ok, refuse } from '@muster/domain/shared';
import type { Result } from '@muster/domain/shared';
import type { z } from 'zod';

/** Where arguments are wrong and how, as the refusal `command/malformed` says it. */
export interface Malformed {
  /** Keys and indexes joined by dots; empty for the whole. */
  readonly path: string;
  readonly problem: string;
}

export function parseArgs<Args>(schema: z.ZodType<Args>, args: unknown): Result<Args, Malformed> {
  const parsed = schema.safeParse(args);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return refuse({ path: issue?.path.join('.') ?? '', problem: issue?.message ?? 'is malformed' });
}

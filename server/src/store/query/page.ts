import type { RecordId } from '@muster/domain/shared';
import type { ExpressionBuilder, Expression, SqlBool } from 'kysely';
import type { Database } from '../schema.ts';

/** The place after the last row of a page, in the order newest change first. */
interface Place {
  readonly updatedAt: number;
  readonly id: string;
}

export const MAX_PAGE = 200;

/** A page of rows and the cursor of the next one; null when there is none. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** Cursors are opaque to callers. Routes refuse one that is not ours (`isCursor`). */
export function encodeCursor(place: Place): string {
  return Buffer.from(JSON.stringify([place.updatedAt, place.id])).toString('base64url');
}

/** Whether a cursor came from here. */
export function isCursor(cursor: string): boolean {
  return decodeCursor(cursor) !== null;
}

export function decodeCursor(cursor: string | null): Place | null {
  if (cursor === null) return null;
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(place)) return null;
    const [updatedAt, id] = place as unknown[];
    return typeof updatedAt === 'number' && typeof id === 'string' ? { updatedAt, id } : null;
  } catch {
    return null;
  }
}

export function after(
  place: Place | null,
): (record: ExpressionBuilder<Database, 'record'>) => Expression<SqlBool> {
  return (record) => {
    if (place === null) return record.lit(true);
    return record.or([
      record('updated_at', '<', place.updatedAt),
      record.and([record('updated_at', '=', place.updatedAt), record('id', '<', place.id)]),
    ]);
  };
}

/** Makes a page of one row more than asked for. */
export function pageOf<
  Item extends { readonly record: { readonly updatedAt: number; readonly id: RecordId } },
>(rows: readonly Item[], limit: number): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(last.record) : null };
}

export function clampLimit(limit: number): number {
  return Math.max(1, Math.min(MAX_PAGE, Math.trunc(limit)));
}

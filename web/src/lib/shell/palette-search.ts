import type { RecordId } from '@muster/domain/shared';
import type { TicketRow } from '#lib/live/muster.ts';

/** The rows of this device in a shape that answers each typed key at once. */
export interface PaletteIndex {
  readonly rows: readonly {
    readonly id: RecordId;
    readonly text: string;
    /** Still to be worked: found before what is done. */
    readonly open: boolean;
    readonly updatedAt: number;
  }[];
}

export function indexRows(rows: readonly TicketRow[]): PaletteIndex {
  return {
    rows: rows.map(({ id, number, token, title, tags, updatedAt, resolvedAt, closedAt, mergedInto }) => ({
      id,
      text: `${number ?? ''} ${token} ${title} ${tags.join(' ')}`.toLowerCase(),
      open: resolvedAt === null && closedAt === null && mergedInto === null,
      updatedAt,
    })),
  };
}

/** Records that hold every typed word: those where it starts a word first, then open ones, then the newest. */
export function searchRows({ rows }: PaletteIndex, typed: string, limit: number): readonly RecordId[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return [];
  return rows
    .filter(({ text }) => words.every((word) => text.includes(word)))
    .map((row) => ({ row, starts: startsWord(row.text, first) }))
    .sort(
      (a, b) =>
        Number(b.starts) - Number(a.starts) ||
        Number(b.row.open) - Number(a.row.open) ||
        b.row.updatedAt - a.row.updatedAt,
    )
    .slice(0, limit)
    .map(({ row }) => row.id);
}

function startsWord(text: string, word: string): boolean {
  const at = text.indexOf(word);
  return at === 0 || text.charAt(at - 1) === ' ' || text.includes(` ${word}`);
}

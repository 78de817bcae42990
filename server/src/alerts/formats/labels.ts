import { z } from 'zod';
import { storable } from '../../store/storable.ts';

const MAX_LABELS = 100;
const MAX_VALUE = 2_000;

/** Labels and annotations: what is no text is written as JSON, what is too much is left out. */
export const labels = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((given) =>
    Object.fromEntries(
      Object.entries(given ?? {})
        .slice(0, MAX_LABELS)
        .map(([name, value]) => [storable(name).slice(0, 200), textOf(value)]),
    ),
  );

/** A text of the sender, cut to a length that a screen can show. */
export const words = (most: number) => z.string().transform((text) => storable(text).trim().slice(0, most));

/** An address that a browser may be sent to; null for any other. */
export function linkOf(text: string | null | undefined): string | null {
  if (text === null || text === undefined || text.length > MAX_VALUE || !URL.canParse(text)) return null;
  return ['http:', 'https:'].includes(new URL(text).protocol) ? text : null;
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return storable(text).slice(0, MAX_VALUE);
}

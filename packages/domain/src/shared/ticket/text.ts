/** Limits of what people write, in UTF-16 code units. */
export const MAX_TITLE = 250;
export const MAX_TEXT = 100_000;
export const MAX_NOTE = 4_000;
export const MAX_LABEL = 100;
export const MAX_TAGS = 20;

/** Trimmed text within a limit; null when nothing is left or it is too long. */
export function cleanText(text: string | undefined, limit: number): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' || trimmed.length > limit ? null : trimmed;
}

/** Tags as they are kept: trimmed, each once, in the order given; null when one is unfit or they are too many. */
export function cleanTags(tags: readonly string[]): readonly string[] | null {
  const cleaned = new Set<string>();
  for (const tag of tags) {
    const text = cleanText(tag, MAX_LABEL);
    if (text === null) return null;
    cleaned.add(text);
  }
  return cleaned.size > MAX_TAGS ? null : [...cleaned];
}

interface Matchable {
  readonly label: string;
  readonly hint?: string;
}

/** Options that hold every typed word, those whose label starts with the first word before the others. */
export function matchOptions<Option extends Matchable>(
  options: readonly Option[],
  typed: string,
): readonly Option[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return options;
  const starting: Option[] = [];
  const holding: Option[] = [];
  for (const option of options) {
    const label = option.label.toLowerCase();
    const text = `${label} ${option.hint?.toLowerCase() ?? ''}`;
    if (!words.every((word) => text.includes(word))) continue;
    (label.startsWith(first) ? starting : holding).push(option);
  }
  return [...starting, ...holding];
}

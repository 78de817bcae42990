/** Variables in the texts of a Compose file: what they stand for is elsewhere, but for the defaults beside them. */

const VARIABLE = /\$(?:\{([A-Za-z_]\w*)(?:(:?[-?+])([^{}]*))?\}|([A-Za-z_]\w*))/g;
/** How a file writes a dollar that begins no variable, and what stands for it meanwhile. */
const [DOUBLED, DOLLAR] = ['$$', '\u0000'];
/** Defaults may have defaults; nobody writes more of them than this into each other. */
const MAX_DEPTH = 10;
/** As much of what nobody can read as says which it is. */
const MAX_TOLD = 80;

export interface FilledIn {
  readonly text: string;
  /** Variables of which the file does not say what they stand for. */
  readonly unknown: readonly string[];
}

/** With each variable replaced by the default that the text gives it, the innermost first. */
export function filledIn(text: string): FilledIn {
  const unknown = new Set<string>();
  let filled = text.replaceAll(DOUBLED, DOLLAR);
  for (let depth = 0; depth < MAX_DEPTH && filled.includes('$'); depth += 1)
    filled = filled.replace(
      VARIABLE,
      (_, braced?: string, operator?: string, rest?: string, bare?: string) => {
        if (operator?.endsWith('-') === true) return rest ?? '';
        unknown.add(braced ?? bare ?? '');
        return '';
      },
    );
  // no way to write a variable that Compose knows
  if (filled.includes('${')) unknown.add(filled.replaceAll(DOLLAR, DOUBLED).slice(0, MAX_TOLD));
  return { text: filled.replaceAll(DOLLAR, () => '$'), unknown: [...unknown] };
}

/** Why a thing is taken without what hangs on such variables. */
export function unknownWords(part: string, { unknown }: FilledIn): string {
  const [variables, stand] = unknown.length === 1 ? ['variable', 'stands'] : ['variables', 'stand'];
  return `without ${part}: what the ${variables} ${unknown.join(' and ')} ${stand} for is not in the file`;
}

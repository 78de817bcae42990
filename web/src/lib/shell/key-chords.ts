/** How long the first step of a chord is remembered, in ms. */
const CHORD_MS = 1_500;

interface Keyed {
  readonly keys?: string | readonly string[];
}

/** Finds whose keys were pressed, over the steps of a chord (`g` then `q`). Holds the step that waits. */
export class KeyChords {
  #first: { readonly step: string; readonly at: number } | null = null;

  /** The act of this key; `waiting` after the first step of a chord; null when the key is nobody's. */
  take<Act extends Keyed>(event: KeyboardEvent, acts: readonly Act[]): Act | 'waiting' | null {
    const step = stepOf(event);
    if (step === null) return null;
    const first =
      this.#first !== null && event.timeStamp - this.#first.at < CHORD_MS ? this.#first.step : null;
    this.#first = null;
    if (first !== null) {
      const chord = acts.find((act) => ways(act).includes(`${first} ${step}`));
      if (chord !== undefined) return chord;
    }
    const single = acts.find((act) => ways(act).includes(step));
    if (single !== undefined) return single;
    if (!acts.some((act) => ways(act).some((keys) => keys.startsWith(`${step} `)))) return null;
    this.#first = { step, at: event.timeStamp };
    return 'waiting';
  }
}

export function ways(act: Keyed): readonly string[] {
  if (act.keys === undefined) return [];
  return typeof act.keys === 'string' ? [act.keys] : act.keys;
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock']);

/**
 * A key event as the registry writes it. Shift is named for letters and named keys only:
 * `?` already needs it on most keyboards.
 */
function stepOf(event: KeyboardEvent): string | null {
  if (MODIFIERS.has(event.key)) return null;
  const isLetter = event.key.length === 1 && event.key.toLowerCase() !== event.key.toUpperCase();
  const name = event.key === ' ' ? 'Space' : event.key;
  const withMod = event.metaKey || event.ctrlKey;
  const key = isLetter ? (event.shiftKey || withMod ? name.toUpperCase() : name.toLowerCase()) : name;
  const parts: string[] = [];
  if (withMod) parts.push('Mod');
  if (event.altKey) parts.push('Alt');
  if (event.shiftKey && (isLetter || event.key.length > 1)) parts.push('Shift');
  return [...parts, key].join('+');
}

/** Up to two letters for a face: first and last word of the name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return ((first.at(0) ?? '') + (last.at(0) ?? '')).toUpperCase();
}

/** A hue in degrees that stays with an id for ever. Lightness and chroma are tokens, so every hue is readable. */
export function hueOf(id: string): number {
  let hash = 2166136261;
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 16777619);
  // steps of 24 degrees: fifteen hues that the eye tells apart
  return ((hash >>> 0) % 15) * 24;
}

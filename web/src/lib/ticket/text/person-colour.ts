import { hueOf } from '#lib/ui/person-look.ts';

/** A person's colour as the six hex digits that carets need, in the hue of their face. */
export function colourOf(person: string): string {
  const hue = hueOf(person);
  const channel = (offset: number) => {
    const k = (offset + hue / 30) % 12;
    const value = 0.42 - 0.25 * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}

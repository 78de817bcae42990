import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const SURFACES = ['surface-0', 'surface-1', 'surface-2', 'surface-raised'];
const TONES = ['neutral', 'info', 'success', 'warning', 'danger', 'pause'];

/** Text pairs: 4.5:1 (WCAG 1.4.3). */
const TEXT: [foreground: string, background: string][] = [
  ...['text-1', 'text-2', 'text-3', 'accent-fg'].flatMap((text) =>
    SURFACES.map((surface) => pair(text, surface)),
  ),
  ...TONES.flatMap((tone) => [...SURFACES, `${tone}-soft`].map((surface) => pair(`${tone}-fg`, surface))),
  ...[1, 2, 3, 4, 5].flatMap((p) =>
    ['surface-1', 'surface-2', 'accent-soft'].map((s) => pair(`priority-${p}`, s)),
  ),
  ...['text-1', 'text-2', 'accent-fg'].map((text) => pair(text, 'accent-soft')),
  ...['text-1', 'text-2', 'text-3'].map((text) => pair(text, 'note-soft')),
  pair('text-1', 'surface-3'),
  pair('text-2', 'surface-3'),
  pair('accent-on', 'accent-solid'),
  pair('accent-on', 'accent-solid-hover'),
  pair('danger-on', 'danger-solid'),
];

/** Edges of inputs and the focus ring: 3:1 (WCAG 1.4.11). */
const EDGES: [string, string][] = ['line-3', 'focus'].flatMap((edge) => SURFACES.map((s) => pair(edge, s)));

describe.each(['light', 'dark'] as const)('colours in the %s theme', (theme) => {
  it.each(TEXT)('%s on %s is readable', (foreground, background) => {
    expect(contrast(colour(foreground, theme), colour(background, theme))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(EDGES)('%s on %s is visible', (foreground, background) => {
    expect(contrast(colour(foreground, theme), colour(background, theme))).toBeGreaterThanOrEqual(3);
  });
});

function pair(a: string, b: string): [string, string] {
  return [a, b];
}

function colour(token: string, theme: 'light' | 'dark'): string {
  const value = new RegExp(`--${token}:\\s*light-dark\\(([\\s\\S]*?)\\);`).exec(css)?.[1];
  const found = value?.match(/oklch\((?:[^()]|\([^()]*\))*\)/g)?.[theme === 'light' ? 0 : 1];
  if (found === undefined) throw new Error(`no colour for ${token}`);
  return found;
}

function contrast(a: string, b: string): number {
  const [bright = 0, dim = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (bright + 0.05) / (dim + 0.05);
}

/** Relative luminance of an oklch colour: OKLab to linear sRGB, clipped to what a screen shows. */
function luminance(oklch: string): number {
  const [l = 0, chroma = 0, hue = 0] = (oklch.match(/[\d.]+/g) ?? []).map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const L = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const M = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const S = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * L - 3.3077115913 * M + 0.2309699292 * S);
  const green = clip(-1.2684380046 * L + 2.6097574011 * M - 0.3413193965 * S);
  const blue = clip(-0.0041960863 * L - 0.7034186147 * M + 1.707614701 * S);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

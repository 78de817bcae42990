/** Regions that the keyboard steps through: the shell's own, then those a page marks with `data-landmark`. */
const REGIONS = '#top, #navigation, #main, [data-landmark]';

/** Moves focus to the next (1) or previous (-1) region that is shown. */
export function cycleLandmarks(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>(REGIONS)].filter((region) =>
    region.checkVisibility(),
  );
  if (regions.length === 0) return;
  const at = regions.findLastIndex((region) => region.contains(document.activeElement));
  const next = at === -1 ? (by === 1 ? 0 : regions.length - 1) : (at + by + regions.length) % regions.length;
  const region = regions[next];
  if (region === undefined) return;
  if (!region.hasAttribute('tabindex')) region.tabIndex = -1;
  region.focus();
}

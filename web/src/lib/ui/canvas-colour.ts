/** What a colour of the tokens, `light-dark()` among them, comes to for an element: a canvas takes plain colours only. */
export function canvasColour(host: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = getComputedStyle(host).getPropertyValue(name);
  host.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

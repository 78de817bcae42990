/** What people wrote, on one line and as text: nothing of it is markup. */
export function markdownLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>#+!|~&]/g, String.raw`\$&`);
}

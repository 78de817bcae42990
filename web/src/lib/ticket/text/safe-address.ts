const SAFE_PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** Links lead to web pages and mail addresses, to nothing that runs here. */
export function isSafeAddress(address: string): boolean {
  return URL.canParse(address) && SAFE_PROTOCOLS.has(new URL(address).protocol);
}

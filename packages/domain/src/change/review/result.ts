/** How a change went (A4 row 19). The set grows at its end. */
export const CHANGE_RESULTS = ['successful', 'issues', 'failed', 'backed_out'] as const;

export type ChangeResult = (typeof CHANGE_RESULTS)[number];

export function wentWrong(result: ChangeResult): boolean {
  return result === 'failed' || result === 'backed_out';
}

/** Whether what was to be done is done; false before anybody said. */
export function succeeded({ result }: { readonly result: ChangeResult | null }): boolean {
  return result !== null && !wentWrong(result);
}

/** What of a timeline is shown. */
export interface TimelineFilter<Kind extends string> {
  readonly kind: Kind;
  /** Id of who wrote or did it; empty for everybody. */
  readonly person: string;
  /** Words that all must be there, in any case. */
  readonly search: string;
  readonly withHidden: boolean;
}

/** Whether a text has all the words that are searched for. */
export function saysAll(search: string): (text: string) => boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return (text) => {
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
}

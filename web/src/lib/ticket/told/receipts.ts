import type { PersonId } from '@muster/domain/shared';

export interface Receipt {
  readonly person: PersonId;
  readonly kind: string;
  readonly toldAt: number;
  /** When the person read it here. */
  readonly seenAt: number | null;
  /** When the person said "I have it" to this call; null for other news too. */
  readonly acknowledgedAt: number | null;
  /** How far its mail came; null when there is none. */
  readonly mail: {
    readonly state: 'queued' | 'sending' | 'sent' | 'failed' | 'skipped';
    readonly at: number | null;
  } | null;
}

export interface PersonTold {
  readonly person: PersonId;
  /** Their newest. */
  readonly newest: Receipt;
  /** How many more they were told before. */
  readonly earlier: number;
}

/** One line a person, in the order of the newest news. */
export function byPerson(receipts: readonly Receipt[]): readonly PersonTold[] {
  const groups = Map.groupBy(receipts, ({ person }) => person);
  return [...groups].flatMap(([person, [newest, ...older]]) =>
    newest === undefined ? [] : [{ person, newest, earlier: older.length }],
  );
}

/** How far the news came, apart from whether it was read. */
export function mailWords({ mail }: Receipt): string {
  switch (mail?.state) {
    case undefined:
      return 'in the inbox';
    case 'queued':
    case 'sending':
      return 'mail on its way';
    case 'sent':
      return 'mail sent';
    case 'failed':
      return 'mail failed';
    case 'skipped':
      return 'no mail needed';
  }
}

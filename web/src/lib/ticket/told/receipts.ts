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
  readonly mail: Reach | null;
  /** How far it came with the device that it came farthest with; null when there is none. */
  readonly push: Reach | null;
}

export interface Reach {
  readonly state: 'queued' | 'sending' | 'sent' | 'failed' | 'skipped';
  readonly at: number | null;
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

/** How far the news came by each way, apart from whether it was read. */
export function reachWords({
  mail,
  push,
}: Receipt): readonly { readonly words: string; readonly reach: Reach | null }[] {
  const words = [
    ...(mail === null ? [] : [{ words: mailWords(mail), reach: mail }]),
    ...(push === null ? [] : [{ words: pushWords(push), reach: push }]),
  ];
  return words.length === 0 ? [{ words: 'in the inbox', reach: null }] : words;
}

function mailWords({ state }: Reach): string {
  switch (state) {
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

function pushWords({ state }: Reach): string {
  switch (state) {
    case 'queued':
    case 'sending':
      return 'on its way to a device';
    case 'sent':
      return 'on a device';
    case 'failed':
      return 'no device reached';
    case 'skipped':
      return 'no device needed';
  }
}

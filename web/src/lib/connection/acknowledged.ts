import type { CommandOutcome } from '@muster/domain/shared';
import type { IDBPObjectStore } from 'idb';
import { RESTORATION_NOTE } from './era-store.ts';
import type { LocalSchema, StoredCommand, StoredRestoration } from './local-schema.ts';

type Applied = Extract<CommandOutcome, { readonly outcome: 'applied' }>;
type Within<Name extends 'acknowledged' | 'meta'> = IDBPObjectStore<
  LocalSchema,
  ('outbox' | 'attention' | 'acknowledged' | 'meta')[],
  Name,
  'readwrite'
>;

/** How long applied acts are kept for a restore, and how many at most: backups are taken more often than that. */
export const KEPT_FOR_MS = 14 * 24 * 60 * 60 * 1000;
export const KEPT_AT_MOST = 2_000;

/** Keeps an applied act, in the era in which it was; lets go of those that are too old or too many. */
export async function acknowledge(
  store: Within<'acknowledged'>,
  { order, id, envelope }: StoredCommand,
  outcome: Applied,
  { era, at }: { readonly era: string | null; readonly at: number },
): Promise<void> {
  await store.put({ order, id, envelope, era, number: outcome.number ?? null, at });
  let surplus = (await store.count()) - KEPT_AT_MOST;
  for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue()) {
    if (surplus <= 0 && cursor.value.at > at - KEPT_FOR_MS) return;
    await cursor.delete();
    surplus -= 1;
  }
}

/** Counts what became of an act that was brought again, for its person to be told once. */
export async function countAgain(
  meta: Within<'meta'>,
  { envelope, again }: Pick<StoredCommand, 'envelope' | 'again'>,
  outcome: CommandOutcome,
): Promise<void> {
  if (again?.lost !== true) return;
  const note = await meta.get(RESTORATION_NOTE);
  if (!note) return;
  const before = note.value as StoredRestoration;
  const applied = outcome.outcome === 'applied';
  const is = applied ? (outcome.number ?? null) : null;
  const another = again.number !== null && is !== null && is !== again.number;
  const value: StoredRestoration = {
    ...before,
    applied: before.applied + (applied ? 1 : 0),
    refused: before.refused + (applied ? 0 : 1),
    renumbered: another
      ? [...before.renumbered, { record: envelope.target, was: again.number, is }]
      : before.renumbered,
  };
  await meta.put({ ...note, value });
}

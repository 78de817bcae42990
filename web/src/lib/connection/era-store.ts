import type { StoreEra } from './api.ts';
import type { LocalDatabase } from './database.ts';
import type { StoredAcknowledged, StoredDocument, StoredRestoration } from './local-schema.ts';

/**
 * In which era of the store this device lives, and the step into the next one after a restore. The step is one
 * transaction: a tab killed anywhere leaves the device in the old era or in the new one, with everything that has to
 * be brought again waiting in order.
 */
export interface EraStore {
  /** The era that this device last lived in; null before it knew any. */
  current(): Promise<string | null>;
  /**
   * Moves into an era. After a restore: applied acts wait again in their order before all that came later, documents
   * that people write count as unsent, and those of records as awaited.
   */
  adopt(store: StoreEra, heardAt: number): Promise<StoredRestoration | null>;
  restoration(): Promise<StoredRestoration | null>;
  /** The person has read what there was to tell. */
  putAway(): Promise<void>;
}

export const ERA_NOTE = 'era';
export const RESTORATION_NOTE = 'restoration';

/** Acts are brought again from this long before the backup on: clocks differ, and known ones are answered as before. */
const SLACK_MS = 24 * 60 * 60 * 1000;

export function openEraStore(database: LocalDatabase): EraStore {
  return {
    current: () =>
      database.read(['meta'], async (transaction) => {
        const note = await transaction.objectStore('meta').get(ERA_NOTE);
        return typeof note?.value === 'string' ? note.value : null;
      }),

    restoration: () =>
      database.read(['meta'], async (transaction) => {
        const note = await transaction.objectStore('meta').get(RESTORATION_NOTE);
        return (note?.value as StoredRestoration | undefined) ?? null;
      }),

    putAway: () =>
      database.write(['meta'], async (transaction) => {
        const meta = transaction.objectStore('meta');
        const note = await meta.get(RESTORATION_NOTE);
        if (!note) return;
        await meta.put({ ...note, value: { ...(note.value as StoredRestoration), told: true } });
      }),

    adopt: (store, heardAt) =>
      database.write(
        ['meta', 'acknowledged', 'outbox', 'documents'],
        async (transaction) => {
          const meta = transaction.objectStore('meta');
          const known = (await meta.get(ERA_NOTE))?.value;
          const before = (await meta.get(RESTORATION_NOTE))?.value as StoredRestoration | undefined;
          if (known === store.era) return before ?? null;
          await meta.put({ key: ERA_NOTE, value: store.era });
          const documents = await transaction.objectStore('documents').getAll();
          // a device that had nothing of the time before has nothing to bring
          if (store.restored === null || (known === undefined && documents.length === 0)) return null;
          for (const document of documents) {
            const expected = awaiting(document);
            if (expected) await transaction.objectStore('documents').put(expected);
          }
          const { at, backupTakenAt } = store.restored;
          const acknowledged = await transaction.objectStore('acknowledged').getAll();
          let lost = 0;
          for (const act of acknowledged) {
            await transaction.objectStore('acknowledged').delete(act.order);
            if (backupTakenAt !== null && act.at < backupTakenAt - SLACK_MS) continue;
            const isLost = isTold(act) && (backupTakenAt === null || act.at > backupTakenAt);
            if (isLost) lost += 1;
            const { order, id, envelope, era, number } = act;
            const again = { number, lost: isLost };
            await transaction.objectStore('outbox').put({ order, id, envelope, applied: null, era, again });
          }
          const restoration: StoredRestoration = {
            era: store.era,
            at,
            backupTakenAt,
            heardAt,
            lost,
            applied: 0,
            refused: 0,
            renumbered: [],
            // who never knew of an era has nothing to be told of its end
            told: known === undefined,
          };
          await meta.put({ key: RESTORATION_NOTE, value: restoration });
          return restoration;
        },
        { strict: true },
      ),
  };
}

/** What a document of before the restore waits for; null for those that have epochs, or are made from SQL for all. */
function awaiting(document: StoredDocument): StoredDocument | null {
  const kind = document.name.split('/')[0];
  switch (kind) {
    case 'room':
    case 'draft':
    case 'article':
      // the first word of the next connection covers all of it, whichever tab speaks it
      return { ...document, unsent: true, awaited: true, ...(!document.unsent && { unsentBy: {} }) };
    case 'record':
    case 'journal':
      return { ...document, awaited: true };
    default:
      return null;
  }
}

/** Acts that a person would miss; that a message was read is not one. */
function isTold({ envelope }: StoredAcknowledged): boolean {
  return !envelope.type.startsWith('inbox.');
}

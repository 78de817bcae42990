/** What older pages kept, as they kept it, read by this one. */
import type { CommandEnvelope } from '@muster/domain/shared';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { databaseName } from './database.ts';
import { openDocumentStore } from './document-store.ts';
import { openEraStore } from './era-store.ts';
import { openOutboxStore } from './outbox-store.ts';
import { claim, freshDisk, localDatabase } from './test-support/local.ts';

/** The stores of version 1, filled as its page filled them. */
async function pageOfVersion1(envelopes: readonly CommandEnvelope[]): Promise<void> {
  const database = await openDB(databaseName('ANA'), 1, {
    upgrade(fresh) {
      fresh.createObjectStore('updates', { autoIncrement: true }).createIndex('name', 'name');
      fresh.createObjectStore('snapshots', { keyPath: 'name' });
      fresh.createObjectStore('documents', { keyPath: 'name' });
      fresh
        .createObjectStore('outbox', { keyPath: 'order', autoIncrement: true })
        .createIndex('id', 'id', { unique: true });
      fresh.createObjectStore('attention', { keyPath: 'id' });
      fresh.createObjectStore('rescued', { keyPath: 'id' });
      fresh.createObjectStore('meta', { keyPath: 'key' });
    },
  });
  for (const envelope of envelopes)
    await database.add('outbox', { id: envelope.id, envelope, applied: null });
  const doc = new Y.Doc();
  doc.getText('draft:note:R1').insert(0, 'half a thought');
  await database.add('updates', { name: 'draft/ANA', bin: Y.encodeStateAsUpdate(doc) });
  await database.put('documents', { name: 'draft/ANA', unsent: true, usedAt: 0, heldVersion: 0 });
  const outcome = { outcome: 'refused', refusal: { code: 'incident/closed' } };
  await database.put('attention', { id: 'A1', at: 1, envelope: claim('R9'), outcome });
  const rescued = { document: 'room/R1', record: 'R1', reason: 'update-rejected', text: 'words' };
  await database.put('rescued', { id: 'T1', at: 2, ...rescued });
  database.close();
}

beforeEach(() => freshDisk());

describe('the local copy of an older page', () => {
  it('[SYN-40] keeps its acts in order, its words and what needs attention', async () => {
    const acts = [claim('R1'), claim('R2'), claim('R3')];
    await pageOfVersion1(acts);
    const database = localDatabase();
    const outbox = openOutboxStore(database);
    const later = claim('R4');
    await outbox.add(later);
    expect((await outbox.list()).map(({ envelope }) => envelope)).toEqual([...acts, later]);
    const { acts: refused, texts } = await outbox.attention();
    expect([refused.map(({ id }) => id), texts.map(({ text }) => text)]).toEqual([['A1'], ['words']]);
    const doc = new Y.Doc();
    const copy = await openDocumentStore(database).load('draft/ANA', doc);
    expect(copy).toMatchObject({ found: true, unsent: true, awaited: false });
    expect(doc.getText('draft:note:R1').toJSON()).toBe('half a thought');
    database.close();
  });

  it('[SYN-40] takes part in a restore from its first word with the server on', async () => {
    await pageOfVersion1([claim('R1')]);
    const database = localDatabase();
    const eras = openEraStore(database);
    expect(await eras.current()).toBeNull();
    const restored = { at: 2_000, backupTakenAt: 1_000 };
    expect(await eras.adopt({ era: 'second', restored }, 3_000)).toMatchObject({ lost: 0, told: true });
    expect(await eras.current()).toBe('second');
    const stored = await openDocumentStore(database).about('draft/ANA');
    expect(stored).toMatchObject({ unsent: true, awaited: true });
    database.close();
  });
});

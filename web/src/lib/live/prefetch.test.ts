import { journalName, recordName, roomName } from '@muster/documents';
import { recordId } from '@muster/domain/shared';
import type { Ticket } from '@muster/domain/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDocumentStore } from '../connection/document-store.ts';
import { Shelf } from '../connection/shelf.ts';
import { freshDisk, localDatabase } from '../connection/test-support/local.ts';
import { openWire } from '../connection/test-support/wire.ts';
import { Prefetch } from './prefetch.ts';
import { ANA, BEN, incident } from './test-support/desk.ts';

beforeEach(freshDisk);

function openPrefetch(tickets: () => readonly Ticket[]) {
  const wire = openWire();
  const documents = openDocumentStore(localDatabase());
  const shelf = new Shelf({
    store: documents,
    openLink: wire.openLink,
    isUnmade: () => false,
    isJustMade: () => false,
    rescue: () => Promise.resolve(),
    onClosed: () => undefined,
    onTaken: () => undefined,
  });
  let live = true;
  const prefetch = new Prefetch({
    me: ANA.id,
    staff: true,
    shelf,
    documents,
    tickets,
    isLive: () => live,
    now: Date.now,
  });
  return {
    wire,
    documents,
    shelf,
    prefetch,
    /** Puts a word into each document of a record, as the server would. */
    write(id: string) {
      for (const name of [recordName(recordId(id)), journalName(recordId(id)), roomName(recordId(id))]) {
        wire.document(name).getMap('said').set('word', id);
      }
    },
    goOffline: () => (live = false),
    held: async () =>
      (await documents.list()).filter(({ heldVersion }) => heldVersion > 0).map(({ name }) => name),
  };
}

describe('records that work offline', () => {
  it('are those that are mine or shared with me, and those opened lately', async () => {
    const tickets = [
      incident('R00001', { owner: ANA.id }),
      incident('R00002', { owner: BEN.id, coOwners: [ANA.id] }),
      incident('R00003', { owner: BEN.id }),
      incident('R00004', { owner: BEN.id }),
    ];
    const { prefetch, held, write, documents } = openPrefetch(() => tickets);
    for (const { id } of tickets) write(id);
    await prefetch.opened(recordId('R00003'));
    await prefetch.run();
    expect((await held()).toSorted()).toEqual(['record/R00001', 'record/R00002', 'record/R00003']);
    expect(await documents.about('room/R00001')).not.toBeNull();
    expect(await documents.about('record/R00004')).toBeNull();
  });

  it('are fetched again when they changed, and only then', async () => {
    let ticket = incident('R00001', { owner: ANA.id });
    const { prefetch, write, wire, shelf, documents } = openPrefetch(() => [ticket]);
    write('R00001');
    await prefetch.run();
    await shelf.close();
    expect(wire.opened()).toEqual([]);
    await prefetch.run();
    expect(wire.opened()).toEqual([]);
    ticket = { ...ticket, version: 2 };
    await prefetch.run();
    expect(wire.opened()).toHaveLength(3);
    expect(await documents.about('record/R00001')).toMatchObject({ heldVersion: 2 });
  });

  it('are not asked for while there is no connection', async () => {
    const { prefetch, goOffline, wire } = openPrefetch(() => [incident('R00001', { owner: ANA.id })]);
    goOffline();
    await prefetch.run();
    expect(wire.opened()).toEqual([]);
  });

  it('make room for others at the old end, but never with unsent words in them', async () => {
    const { prefetch, documents } = openPrefetch(() => []);
    const update = Uint8Array.of(0, 0);
    for (let index = 0; index < 200; index += 1) {
      const name = `room/OLD${index}`;
      await documents.append(name, [update], index === 0 ? { tab: 'one', count: 1 } : null);
      await documents.markHeld(name, { usedAt: index });
    }
    await prefetch.run();
    const left = (await documents.list()).map(({ name }) => name);
    expect(left).toHaveLength(151);
    expect(left).toContain('room/OLD0');
    expect(left).toContain('room/OLD199');
    expect(left).not.toContain('room/OLD1');
  });
});

import { roomFragment, roomName } from '@muster/documents';
import { tokenOf } from '@muster/domain/shared';
import type { Actor } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { listRecords, readRecord, searchRecords } from '../query/index.ts';
import { ANNE, BERT, NETWORK, RITA, actor, command, createIncident, runOne } from '../test-store.ts';
import { withStore } from './with-store.ts';
import type { OpenStore } from './with-store.ts';

export function queryContract(name: string, open: OpenStore): void {
  describe(`${name}: lists and search`, () => {
    const store = withStore(open);
    const found = async (by: Actor, text: string): Promise<readonly string[]> =>
      (await searchRecords(store().reader, by, text, null, 50)).items.map(({ record }) => record.id);

    it('pages through all records once, newest change first', async () => {
      for (let index = 0; index < 7; index += 1) await createIncident(store());
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof listRecords>> = await listRecords(
          store().reader,
          actor(ANNE),
          { process: 'incident' },
          cursor,
          3,
        );
        seen.push(...page.items.map(({ record }) => record.id));
        cursor = page.next;
      } while (cursor !== null);
      expect(seen.length).toBe(7);
      expect(new Set(seen).size).toBe(7);
    });

    it('shows a restricted record to its team and its requester only', async () => {
      const id = await createIncident(store(), { restrictedTo: NETWORK }, actor(ANNE, 'agent', [NETWORK]));
      const sees = async (by: Actor): Promise<boolean> => {
        const listed = (await listRecords(store().reader, by, {}, null, 200)).items;
        return (
          listed.some(({ record }) => record.id === id) && (await readRecord(store().reader, by, id)) !== null
        );
      };
      expect(await sees(actor(ANNE, 'agent', [NETWORK]))).toBe(true);
      expect(await sees(actor(RITA, 'requester'))).toBe(true);
      expect(await sees(actor(BERT))).toBe(false);
    });

    it('[INC-120] shows a record to the people named and to no others of the staff, by number and by words', async () => {
      const id = await createIncident(store(), { title: 'Theremin' });
      const restrict = { team: null, people: [ANNE], reason: 'A leak.' };
      await runOne(store(), command('incident.restrict', id, restrict, 1), actor(ANNE));
      const number = (await readRecord(store().reader, actor(ANNE), id))?.ticket.number ?? '';
      const sees = async (by: Actor): Promise<readonly boolean[]> => [
        (await listRecords(store().reader, by, {}, null, 200)).items.some(({ record }) => record.id === id),
        (await readRecord(store().reader, by, id)) !== null,
        (await found(by, 'theremin')).includes(id),
        (await found(by, number)).includes(id),
        (await found(by, tokenOf('incident', id))).includes(id),
      ];
      expect(new Set(await sees(actor(ANNE)))).toEqual(new Set([true]));
      expect(new Set(await sees(actor(RITA, 'requester')))).toEqual(new Set([true]));
      for (const by of [actor(BERT), actor(BERT, 'administrator', [NETWORK])])
        expect(new Set(await sees(by))).toEqual(new Set([false]));
    });

    it('finds words of the title, the description and the conversation by their beginnings', async () => {
      const id = await createIncident(store(), {
        title: 'Übertragung bricht ab',
        description: 'Seit dem Umzug',
      });
      await runOne(
        store(),
        command('incident.reply', id, { text: 'Wir tauschen den Verstärker' }, 1),
        actor(ANNE),
      );
      for (const text of ['ubertrag', 'umzug bricht', 'VERSTÄRK'])
        expect(await found(actor(BERT), text)).toContain(id);
      expect(await found(actor(BERT), 'umzug gelungen')).toEqual([]);
    });

    it('searches internal notes for staff and never for the requester', async () => {
      const id = await createIncident(store(), { title: 'Badge' });
      await runOne(
        store(),
        command('incident.comment', id, { text: 'suspicious xylophone' }, 1),
        actor(ANNE),
      );
      expect(await found(actor(BERT), 'xylophone')).toEqual([id]);
      expect(await found(actor(RITA, 'requester'), 'xylophone')).toEqual([]);
      expect(await found(actor(RITA, 'requester'), 'badge')).toEqual([id]);
      const history = await readRecord(store().reader, actor(RITA, 'requester'), id);
      expect(history?.events.map(({ event }) => event.type)).toEqual(['created']);
    });

    it('searches the room for staff and never for the requester, who keeps their own words', async () => {
      const id = await createIncident(store(), { description: 'The marimba is silent' });
      await store().documents.load(roomName(id));
      const update = writtenInRoom('the caller exaggerates: glockenspiel');
      await store().documents.append({ name: roomName(id), person: ANNE, session: 's', ...update });
      await expect.poll(() => found(actor(BERT), 'glockenspiel'), { timeout: 10_000 }).toEqual([id]);
      expect(await found(actor(RITA, 'requester'), 'glockenspiel')).toEqual([]);
      const own = await searchRecords(store().reader, actor(RITA, 'requester'), 'marimba', null, 50);
      expect(own.items).toMatchObject([{ record: { id }, excerpt: 'The marimba is silent' }]);
    });

    it('finds a record by its number and by the token it had before', async () => {
      const id = await createIncident(store());
      const number = (await readRecord(store().reader, actor(ANNE), id))?.ticket.number ?? '';
      for (const text of [number, number.toLowerCase(), tokenOf('incident', id)]) {
        expect((await found(actor(ANNE), text))[0]).toBe(id);
      }
    });

    it('takes what people type as words, whatever it looks like', async () => {
      for (const text of ['"', 'a OR', '* NEAR(', "'; drop table record", '(', ' ', 'title:', '-', 'é"é']) {
        expect(Array.isArray(await found(actor(ANNE), text))).toBe(true);
      }
    });
  });
}

/** The update of somebody who writes a note in a room. */
function writtenInRoom(text: string): { readonly update: Uint8Array; readonly clientIds: readonly number[] } {
  const doc = new Y.Doc();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(text)]);
  roomFragment(doc, 'notes').insert(0, [paragraph]);
  return { update: Y.encodeStateAsUpdate(doc), clientIds: [doc.clientID] };
}

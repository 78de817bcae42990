import {
  boardName,
  draftName,
  inboxName,
  journalName,
  readRows,
  recordName,
  roomName,
} from '@muster/documents';
import { personId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { AudienceChange, CommittedUpdate, LoadedDocument, Store } from '../store.ts';
import { ANNE, BERT, NETWORK, actor, command, createIncident, newId, runOne } from '../test-store.ts';
import { withStore } from './with-store.ts';
import type { OpenStore } from './with-store.ts';

export function documentContract(name: string, open: OpenStore): void {
  describe(`${name}: documents`, () => {
    const store = withStore(open);

    it('makes the documents of a record on first use, and none for a record that is not there', async () => {
      const id = await createIncident(store());
      for (const document of [recordName(id), journalName(id), roomName(id)]) {
        expect(await store().documents.load(document)).toMatchObject({ name: document, damaged: false });
      }
      for (const document of [recordName(newId()), inboxName(personId('x')), 'article/x', 'nonsense']) {
        expect(await store().documents.load(document)).toBeNull();
      }
    });

    it('gives each of many that are asked for in one turn its own, whether it is there, made now, or neither', async () => {
      const [old, made] = [await createIncident(store()), await createIncident(store())];
      await store().documents.load(roomName(old));
      const names = [roomName(newId()), roomName(old), journalName(made), 'nonsense', roomName(made)];
      const found = await Promise.all(names.map((one) => store().documents.load(one)));
      const expected = [null, roomName(old), journalName(made), null, roomName(made)];
      expect(found.map((document) => document?.name ?? null)).toEqual(expected);
    });

    it('shows a load all that was acknowledged before it', async () => {
      const document = draftName(BERT);
      const before = (await store().documents.load(document))?.headSeq ?? -1;
      for (const [index, update] of typed('draft:new', 30, 8).entries()) {
        await store().documents.append({
          name: document,
          person: BERT,
          session: 's',
          clientIds: [8],
          update,
        });
        expect((await store().documents.load(document))?.headSeq).toBe(before + index + 1);
      }
    });

    it('gives updates gapless sequences in the order they were sent', async () => {
      const document = draftName(ANNE);
      const before = (await store().documents.load(document))?.headSeq ?? -1;
      const updates = typed('draft:new', 400, 7);
      const outcomes = await Promise.all(updates.map((update) => append(store(), document, 7, update)));
      expect(outcomes).toEqual(outcomes.map((_, index) => ({ ok: true, seq: before + index + 1 })));
      expect((await store().documents.load(document))?.tail).toEqual(updates);
    });

    it('binds client ids to the person who used them first, and keeps what it rejects', async () => {
      const document = roomName(await createIncident(store()));
      await store().documents.load(document);
      expect(await append(store(), document, 42, Uint8Array.of(0, 0))).toMatchObject({ ok: true });
      const stranger = {
        name: document,
        person: BERT,
        session: 's',
        clientIds: [42],
        update: Uint8Array.of(9, 9),
      };
      expect(await store().documents.append(stranger)).toEqual({ ok: false, code: 'client-id-bound' });
      const kept = await store()
        .reader.selectFrom('rejected_update')
        .select(['person', 'bin', 'code'])
        .where('name', '=', document)
        .execute();
      expect(kept).toEqual([{ person: BERT, bin: Uint8Array.of(9, 9), code: 'client-id-bound' }]);
    });

    it('keeps the newest of what it rejects, so that a client that goes on and on fills no disk', async () => {
      const document = roomName(await createIncident(store()));
      for (let index = 0; index < 30; index += 1)
        await store().documents.keepRejected(document, BERT, Uint8Array.of(index), 'malformed');
      const kept = await store()
        .reader.selectFrom('rejected_update')
        .select('bin')
        .where('name', '=', document)
        .orderBy('id')
        .execute();
      expect(kept.map(({ bin }) => bin[0])).toEqual(Array.from({ length: 20 }, (_, index) => index + 10));
    });

    it('refuses an update to a document that is not there', async () => {
      const outcome = await append(store(), roomName(newId()), 1, Uint8Array.of(0, 0));
      expect(outcome).toEqual({ ok: false, code: 'no-such-document' });
    });

    it('announces what the server writes in the order of sequence, before the answer', async () => {
      const seen: CommittedUpdate[] = [];
      const stop = store().documents.onCommitted((updates) => seen.push(...updates));
      const id = await createIncident(store());
      await runOne(store(), command('incident.claim', id, {}, 1), actor(ANNE));
      stop();
      const board = seen.filter((update) => update.name.startsWith('board/incident@'));
      expect(board.length).toBe(2);
      expect(board[1]?.seq).toBe((board[0]?.seq ?? 0) + 1);
    });

    it('shows each live record on the board of its audience', async () => {
      const open = await createIncident(store());
      const restricted = await createIncident(
        store(),
        { restrictedTo: NETWORK },
        actor(ANNE, 'agent', [NETWORK]),
      );
      const main = await ticketsOn(store(), boardName('incident', 1));
      const team = await ticketsOn(store(), boardName('incident', 1, NETWORK));
      expect([main.has(open), main.has(restricted)]).toEqual([true, false]);
      expect([team.has(open), team.has(restricted)]).toEqual([false, true]);
      expect(await store().documents.currentNames()).toContainEqual({
        name: boardName('incident', 1, NETWORK),
        restrictedTo: NETWORK,
      });
    });

    it('folds a long log into a snapshot that says the same, and keeps two snapshots with what follows', async () => {
      const document = boardName('desk', 1);
      const tickets = await Promise.all(
        Array.from({ length: 30 }, async () => {
          const id = newId();
          await runOne(store(), command('desk.create', id, deskRequest()), actor(ANNE));
          return id;
        }),
      );
      const before = contentOf(await store().documents.load(document));
      await store().documents.compact(document);
      const folded = await store().documents.load(document);
      expect(folded?.tail).toEqual([]);
      expect(contentOf(folded)).toEqual(before);
      for (const id of tickets.slice(0, 2)) {
        await runOne(store(), command('desk.comment', id, { text: 'seen' }, 1), actor(BERT));
        await store().documents.compact(document);
      }
      const snapshots = await store()
        .reader.selectFrom('document_snapshot')
        .select('seq')
        .where('name', '=', document)
        .execute();
      expect(snapshots.length).toBe(2);
      expect((await store().verify()).findings).toEqual([]);
    });

    it('begins the next epoch from SQL, without the records that are over, and says so', async () => {
      const open = await createIncident(store());
      const over = await createIncident(store());
      const cancel = command('incident.transition', over, { to: 'cancelled', reason: 'a mistake' }, 1);
      expect(await runOne(store(), cancel, actor(ANNE))).toMatchObject({ outcome: 'applied' });
      const old = (await current(store(), 'board/incident@')) ?? '';
      expect((await ticketsOn(store(), old)).has(over)).toBe(true);
      const changes: unknown[] = [];
      const stop = store().documents.onEpoch((change) => changes.push(change));
      const next = await store().documents.rotate(old, 'by hand');
      stop();
      expect(changes).toEqual([{ old, next, reason: 'by hand' }]);
      const shown = await ticketsOn(store(), next);
      expect([shown.has(open), shown.has(over)]).toEqual([true, false]);
      expect(await store().documents.load(old)).not.toBeNull();
      const ids = await store()
        .reader.selectFrom('document')
        .select('server_client_id')
        .where('base', '=', 'board/incident')
        .execute();
      expect(new Set(ids.map((row) => row.server_client_id)).size).toBe(ids.length);
    });

    it('[INC-132] moves the row of a record to the boards of those who may read it, and leaves no byte of it behind', async () => {
      const id = await createIncident(store(), { title: 'Glockenspiel' });
      const first = (await current(store(), 'board/incident@')) ?? '';
      const main = await store().documents.rotate(first, 'compaction');
      const [own = ''] = await store().documents.ownBoards(ANNE, ['incident']);
      const [others = ''] = await store().documents.ownBoards(BERT, ['incident']);
      const changes: AudienceChange[] = [];
      const stop = store().documents.onAudience((change) => changes.push(change));
      const restrict = (team: unknown, people: readonly unknown[], basis: number) =>
        runOne(
          store(),
          command('incident.restrict', id, { team, people, reason: 'A leak.' }, basis),
          actor(ANNE, 'agent', [NETWORK]),
        );
      const showing = async (): Promise<readonly boolean[]> => [
        (await ticketsOn(store(), main)).has(id),
        (await ticketsOn(store(), own)).has(id),
        (await ticketsOn(store(), others)).has(id),
        (await ticketsOn(store(), boardName('incident', 1, NETWORK))).has(id),
      ];
      expect(await showing()).toEqual([true, false, false, false]);
      await restrict(null, [ANNE], 1);
      expect(await showing()).toEqual([false, true, false, false]);
      expect(changes).toMatchObject([{ record: id, shown: [own], left: [main] }]);
      expect(changes[0]?.ended).toContain(first);
      expect(bytesOf(await store().documents.load(main))).not.toContain('Glockenspiel');
      expect(await store().documents.load(first)).toBeNull();
      await restrict(NETWORK, [BERT], 2);
      expect(await showing()).toEqual([false, false, true, true]);
      expect(bytesOf(await store().documents.load(own))).not.toContain('Glockenspiel');
      await restrict(null, [], 3);
      expect(await showing()).toEqual([true, false, false, false]);
      stop();
      expect(changes.at(-1)).toMatchObject({
        shown: [main],
        left: [boardName('incident', 1, NETWORK), others],
      });
      expect((await store().verify()).findings).toEqual([]);
    });

    it('[INC-132] takes what is over off all the boards that show it', async () => {
      const id = await createIncident(store(), { readers: [ANNE, BERT] });
      const [annes = ''] = await store().documents.ownBoards(ANNE, ['incident']);
      const [berts = ''] = await store().documents.ownBoards(BERT, ['incident']);
      await runOne(
        store(),
        command('incident.transition', id, { to: 'cancelled', reason: 'x' }, 1),
        actor(ANNE),
      );
      expect((await ticketsOn(store(), berts)).has(id)).toBe(true);
      const next = await store().documents.rotate(annes, 'compaction');
      expect([(await ticketsOn(store(), next)).has(id), (await ticketsOn(store(), berts)).has(id)]).toEqual([
        false,
        false,
      ]);
      expect((await store().verify()).findings).toEqual([]);
    });
  });
}

function append(store: Store, name: string, clientId: number, update: Uint8Array) {
  return store.documents.append({ name, person: ANNE, session: 's', clientIds: [clientId], update });
}

/** The updates of somebody typing so many characters. */
function typed(root: string, characters: number, clientId: number): readonly Uint8Array[] {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const updates: Uint8Array[] = [];
  doc.on('update', (update) => updates.push(update));
  for (let index = 0; index < characters; index += 1) doc.getText(root).insert(index, 'x');
  return updates;
}

function deskRequest(): object {
  return {
    kind: 'request',
    title: 'A new chair',
    description: '',
    impact: 3,
    urgency: 3,
    requester: ANNE,
    service: null,
    category: null,
    team: null,
    channel: 'portal',
  };
}

function docOf(loaded: LoadedDocument | null): Y.Doc {
  const doc = new Y.Doc();
  if (loaded?.snapshot) Y.applyUpdate(doc, loaded.snapshot);
  for (const update of loaded?.tail ?? []) Y.applyUpdate(doc, update);
  return doc;
}

/** Everything that a client which has nothing would get, as text. */
function bytesOf(loaded: LoadedDocument | null): string {
  const parts = [...(loaded?.snapshot ? [loaded.snapshot] : []), ...(loaded?.tail ?? [])];
  return parts.map((part) => Buffer.from(part).toString('latin1')).join(' ');
}

function contentOf(loaded: LoadedDocument | null): unknown {
  return docOf(loaded).getMap('rows').toJSON();
}

async function ticketsOn(store: Store, board: string): Promise<ReadonlySet<string>> {
  const { tickets } = readRows(docOf(await store.documents.load(board)));
  return new Set(tickets.map((ticket) => ticket.id));
}

async function current(store: Store, prefix: string): Promise<string | undefined> {
  return (await store.documents.currentNames()).find(({ name }) => name.startsWith(prefix))?.name;
}

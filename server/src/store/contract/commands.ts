import { inboxName, readInbox } from '@muster/documents';
import { commandId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readRecord } from '../query/index.ts';
import type { Store } from '../store.ts';
import {
  ANNE,
  BERT,
  CREATE,
  NETWORK,
  RITA,
  actor,
  command,
  createIncident,
  newId,
  runOne,
} from '../test-store.ts';
import { withStore } from './with-store.ts';
import type { OpenStore } from './with-store.ts';

export function commandContract(name: string, open: OpenStore): void {
  describe(`${name}: commands`, () => {
    const store = withStore(open);

    it('answers the same id with the same outcome, and does nothing the second time', async () => {
      const id = newId();
      const create = command('incident.create', id, CREATE);
      const first = await runOne(store(), create, actor(ANNE));
      expect(first).toMatchObject({ id: create.id, outcome: 'applied', version: 1 });
      expect(await runOne(store(), create, actor(ANNE))).toEqual(first);
      const refusedClaim = command('incident.transition', id, { to: 'closed' }, 1);
      const refusal = await runOne(store(), refusedClaim, actor(ANNE));
      expect(refusal.outcome).toBe('refused');
      expect(await runOne(store(), refusedClaim, actor(ANNE))).toEqual(refusal);
      expect((await eventsOf(store(), id)).length).toBe(1);
    });

    it('refuses an id that is another person’s or another act’s', async () => {
      const id = await createIncident(store());
      const claim = command('incident.claim', id, {}, 1);
      await runOne(store(), claim, actor(ANNE));
      for (const [again, by] of [
        [claim, BERT],
        [{ ...claim, type: 'incident.co-own' }, ANNE],
      ] as const) {
        const outcome = await runOne(store(), again, actor(by));
        expect(outcome).toMatchObject({ outcome: 'refused', refusal: { code: 'command/id-reused' } });
      }
    });

    it('gives numbers without gap or double, also to many at once', async () => {
      const numbers = await Promise.all(
        Array.from({ length: 120 }, async (_, index) => {
          const good = index % 3 !== 0;
          const create = command('incident.create', newId(), good ? CREATE : { ...CREATE, title: ' ' });
          const outcome = await runOne(store(), create, actor(ANNE));
          return outcome.outcome === 'applied' ? (outcome.number ?? '') : null;
        }),
      );
      const given = numbers.filter((number) => number !== null).map((number) => Number(number.slice(-5)));
      expect(given.length).toBe(80);
      expect(given).toEqual(given.map((_, index) => (given[0] ?? 0) + index));
    });

    it('gives one answer for what is not there and what is not theirs to see', async () => {
      const restricted = await createIncident(
        store(),
        { restrictedTo: NETWORK },
        actor(ANNE, 'agent', [NETWORK]),
      );
      for (const target of [restricted, newId()]) {
        const outcome = await runOne(store(), command('incident.claim', target, {}, 1), actor(BERT));
        const refusal = { code: 'incident/no-such-record', record: target };
        expect(outcome).toMatchObject({ outcome: 'refused', refusal });
      }
      const again = await runOne(store(), command('incident.create', restricted, CREATE), actor(BERT));
      expect(again).toMatchObject({ refusal: { code: 'incident/no-such-record' } });
    });

    it('names what is malformed and changes nothing', async () => {
      const id = await createIncident(store());
      const cases: readonly (readonly [ReturnType<typeof command>, object])[] = [
        [
          command('incident.edit', id, { fields: { title: 3 } }, 1),
          { code: 'command/malformed', path: 'fields.title' },
        ],
        [command('incident.claim', id, { extra: 1 }, 1), { code: 'command/malformed', path: '' }],
        [command('incident.claim', id, null, 1), { code: 'command/malformed', path: '' }],
        [command('incident.explode', id, {}, 1), { code: 'command/unknown-type' }],
        [command('nonsense', id, {}, 1), { code: 'command/unknown-type' }],
        [
          { ...command('incident.claim', id), basis: -1 },
          { code: 'command/malformed', path: 'basis' },
        ],
        [
          { ...command('incident.claim', id), id: commandId('x') },
          { code: 'command/malformed', path: 'id' },
        ],
      ];
      for (const [malformed, refusal] of cases) {
        expect(await runOne(store(), malformed, actor(ANNE))).toMatchObject({ outcome: 'refused', refusal });
      }
      expect((await eventsOf(store(), id)).length).toBe(1);
    });

    it('runs the commands of one call in order; a refused one changes nothing, those after it still run', async () => {
      const id = newId();
      const outcomes = await store().commands.run(
        [
          command('incident.create', id, CREATE),
          command('incident.transition', id, { to: 'closed' }, 1),
          command('incident.claim', id, {}, 1),
        ],
        actor(ANNE),
      );
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['applied', 'refused', 'applied']);
    });

    it('lets one of two claims win and tells the other who did', async () => {
      const id = await createIncident(store());
      const [first, second] = await Promise.all(
        [ANNE, BERT].map((person) => runOne(store(), command('incident.claim', id, {}, 1), actor(person))),
      );
      expect(first).toMatchObject({ outcome: 'applied', version: 2 });
      const refusal = { code: 'incident/already-claimed', owner: ANNE };
      expect(second).toMatchObject({ outcome: 'refused', refusal });
    });

    it('writes both ends of a merge in one transaction', async () => {
      const [from, into] = [await createIncident(store()), await createIncident(store())];
      const merge = command('incident.merge', from, { into }, 1);
      expect(await runOne(store(), merge, actor(ANNE))).toMatchObject({ outcome: 'applied' });
      expect((await eventsOf(store(), into)).map(({ event }) => event.type)).toContain('absorbed');
      expect((await readRecord(store().reader, actor(ANNE), from))?.ticket.mergedInto).toBe(into);
    });

    it('puts refused acts into their author’s inbox with what was tried, and marks items read', async () => {
      await store().documents.load(inboxName(BERT));
      const id = await createIncident(store());
      await runOne(store(), command('incident.claim', id, {}, 1), actor(ANNE));
      const late = command('incident.claim', id, {}, 1);
      await runOne(store(), late, actor(BERT));
      const item = (await inboxOf(store())).items.find((each) => each.id === late.id);
      expect(item).toMatchObject({
        kind: 'refused',
        record: id,
        read: false,
        detail: { type: 'incident.claim', refusal: { code: 'incident/already-claimed' } },
      });
      await runOne(store(), command('inbox.read', newId(), { items: [late.id] }), actor(BERT));
      expect((await inboxOf(store())).items.find((each) => each.id === late.id)?.read).toBe(true);
    });

    it('shows a requester their own tickets in their inbox, made before or after it was opened', async () => {
      const before = await createIncident(store());
      const inbox = async () => (await inboxOf(store(), RITA)).requests.map((ticket) => ticket.id);
      expect(await inbox()).toContain(before);
      const after = await createIncident(store());
      expect(await inbox()).toContain(after);
    });

    it('bounds the time that a device claims by the server’s own', async () => {
      const id = newId();
      const ahead = { ...command('incident.create', id, CREATE), clientAt: Date.now() + 1e9 };
      await runOne(store(), ahead, actor(ANNE));
      const [created] = await eventsOf(store(), id);
      expect(created?.clientAt).toBe(created?.at);
    });
  });
}

async function eventsOf(store: Store, id: RecordId) {
  return (await readRecord(store.reader, actor(ANNE), id))?.events ?? [];
}

async function inboxOf(store: Store, person = BERT) {
  const loaded = await store.documents.load(inboxName(person));
  const doc = new Y.Doc();
  for (const update of loaded?.tail ?? []) Y.applyUpdate(doc, update);
  return readInbox(doc);
}

import {
  appendEvents,
  appendInboxItem,
  draftName,
  inboxName,
  journalName,
  recordName,
  roomFragment,
  roomName,
} from '@muster/documents';
import { recordId } from '@muster/domain/shared';
import type { TicketEvent } from '@muster/domain/shared';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { until } from '../connection/test-support/until.ts';
import { ANA, BEN, incident, incidents, openDesk } from './test-support/desk.ts';
import { watch } from './test-support/watch.svelte.ts';

let desk: ReturnType<typeof openDesk>;
const R1 = recordId('R00001');

beforeEach(() => {
  desk = openDesk();
  desk.put(...incidents(2));
});

afterEach(async () => {
  await desk.close();
});

async function signedIn() {
  const muster = desk.signIn();
  await until(() => muster.tickets.loaded && muster.saving.connection === 'live', 'live');
  return muster;
}

describe('drafts', () => {
  it('run the effect of the one draft that is typed', async () => {
    const { drafts } = await signedIn();
    const reply = watch(() => drafts.get('reply:R00001').text);
    const note = watch(() => drafts.get('note:R00001').text);
    const all = watch(() => drafts.all.map((draft) => draft.id));
    drafts.write('reply:R00001', 'Dear');
    flushSync();
    expect([reply.value, reply.runs, note.runs]).toEqual(['Dear', 2, 1]);
    expect(all.value).toEqual(['reply:R00001']);
    drafts.clear('reply:R00001');
    flushSync();
    expect(all.value).toEqual([]);
    for (const each of [reply, note, all]) each.stop();
  });

  it('take in what another device types elsewhere in the text', async () => {
    const { drafts } = await signedIn();
    drafts.write('reply:R00001', 'one three');
    const shared = desk.wire.document(draftName(ANA.id)).getText('draft:reply:R00001');
    await until(() => shared.length > 0, 'at the server');
    shared.insert(4, 'two ');
    drafts.write('reply:R00001', 'one two three four');
    await until(() => shared.toString() === 'one two three four', 'merged');
    expect(drafts.get('reply:R00001').text).toBe('one two three four');
  });

  it('are not touched by anything that happens to their record', async () => {
    const { drafts } = await signedIn();
    drafts.write('reply:R00001', 'half a sen');
    desk.put(
      incident('R00001', { owner: BEN.id, state: 'merged', mergedInto: recordId('R00002'), version: 9 }),
    );
    desk.board.getMap('rows').delete('R00001');
    expect(drafts.get('reply:R00001').text).toBe('half a sen');
  });
});

describe('the inbox and what asks for attention', () => {
  const told = (id: string, kind: 'replaced' | 'assigned') => ({
    id,
    at: 5,
    kind,
    process: 'incident' as const,
    record: R1,
    detail: { field: 'title', value: 'mine', by: BEN.id },
  });

  it('show what others did to mine until it is dismissed, and say so to the server', async () => {
    const { attention, inbox } = await signedIn();
    const items = watch(() => attention.items.map((item) => [item.id, item.kind, item.kept]));
    const unread = watch(() => inbox.unread);
    const document = desk.wire.document(inboxName(ANA.id));
    appendInboxItem(document, told('I1', 'replaced'));
    appendInboxItem(document, told('I2', 'assigned'));
    flushSync();
    expect(items.value).toEqual([['I1', 'replaced', 'mine']]);
    expect(unread.value).toBe(2);
    attention.dismiss('I1');
    flushSync();
    expect(items.value).toEqual([]);
    expect(unread.value).toBe(1);
    await until(() => desk.sent.length === 1, 'sent');
    expect(desk.sent[0]).toMatchObject({ type: 'inbox.read', args: { items: ['I1'] } });
    items.stop();
    unread.stop();
  });

  it('keep a refused reply with its words over a reload, and do it again on the present state', async () => {
    const first = await signedIn();
    desk.answer(({ id }) => ({
      id,
      outcome: 'refused',
      refusal: { code: 'incident/not-open', state: 'closed', mergedInto: null },
    }));
    await first.commands.run('incident', R1, { verb: 'reply', text: 'we found it' }).settled;
    await until(() => first.attention.items.length === 1, 'attention');
    await first.close();
    const second = await signedIn();
    await until(() => second.attention.items.length === 1, 'attention after the reload');
    const [item] = second.attention.items;
    expect(item).toMatchObject({ kind: 'refused', record: R1, kept: 'we found it', act: { verb: 'reply' } });
    desk.answer(({ id }) => ({ id, outcome: 'applied', version: 2 }));
    desk.sent.length = 0;
    const again = second.attention.again(item?.id ?? '');
    expect(await again?.settled).toEqual({ outcome: 'applied', version: 2 });
    expect(desk.sent).toMatchObject([{ type: 'incident.reply', args: { text: 'we found it' }, basis: 1 }]);
    expect(desk.sent[0]?.id).not.toBe(item?.id);
    await until(() => second.attention.items.length === 0, 'dealt with');
  });

  it('[DSK-137] keep the names that were written in a form of a schedule', async () => {
    const { attention } = await signedIn();
    const form = { name: 'Nights', team: null, zone: 'UTC', cover: null, layers: [{ name: 'By week' }] };
    appendInboxItem(desk.wire.document(inboxName(ANA.id)), {
      id: 'I1',
      at: 6,
      kind: 'refused',
      process: null,
      record: R1,
      detail: {
        ...{ command: 'c1', type: 'schedule.change', args: { form } },
        refusal: { code: 'desk/schedule-changed', by: BEN.id, at: 5 },
      },
    });
    await until(() => attention.items.length === 1, 'attention');
    expect(attention.items).toMatchObject([{ kind: 'refused', kept: 'Nights\n\nBy week' }]);
  });

  it('show an act refused on another device once, though inbox and device both know', async () => {
    const muster = await signedIn();
    const refusal = { code: 'incident/already-claimed', owner: BEN.id, at: 5 };
    desk.answer(({ id, type, args, target }) => {
      appendInboxItem(desk.wire.document(inboxName(ANA.id)), {
        id,
        at: 6,
        kind: 'refused',
        process: 'incident',
        record: target,
        detail: { command: id, type, args, refusal },
      });
      return { id, outcome: 'refused', refusal };
    });
    await muster.commands.run('incident', R1, { verb: 'claim' }).settled;
    await until(() => muster.attention.items.length > 0, 'attention');
    expect(muster.attention.items).toMatchObject([
      { kind: 'refused', act: { verb: 'claim' }, detail: refusal },
    ]);
    // another device, which has never seen the act
    await muster.forget();
    const other = desk.signIn();
    await until(() => other.attention.items.length === 1, 'attention elsewhere');
    expect(other.attention.items).toMatchObject([{ act: { verb: 'claim' }, detail: refusal }]);
  });
});

describe('the state of saving', () => {
  it('goes from on this device to saved, and says since when it is offline and what waits', async () => {
    const { saving, drafts } = await signedIn();
    expect([saving.state, saving.connection, saving.offlineSince, saving.waiting]).toEqual([
      'saved',
      'live',
      null,
      0,
    ]);
    const state = watch(() => saving.state);
    desk.wire.unplug();
    drafts.write('reply:R00001', 'x');
    flushSync();
    expect(state.value).toBe('keeping');
    await until(() => saving.state === 'on-this-device', 'on the disk');
    expect(saving).toMatchObject({
      connection: 'offline',
      waiting: 1,
      problem: 'The server cannot be reached.',
    });
    expect(saving.offlineSince).not.toBeNull();
    expect(saving.lastSyncedAt).not.toBeNull();
    saving.retry();
    await until(() => saving.state === 'saved', 'saved');
    flushSync();
    expect(state.value).toBe('saved');
    expect(state.seen).not.toContain('not-saved');
    expect(saving).toMatchObject({ connection: 'live', offlineSince: null, waiting: 0, problem: null });
    state.stop();
  });

  it('is not called saved before the server has acknowledged', async () => {
    const { saving, drafts } = await signedIn();
    desk.wire.acknowledge(false);
    drafts.write('reply:R00001', 'x');
    await until(() => saving.state === 'on-this-device', 'on the disk');
    desk.wire.acknowledge(true);
    await until(() => saving.state === 'saved', 'saved');
    expect(saving.waiting).toBe(0);
  });
});

describe('a history', () => {
  const R9 = recordId('R00009');
  const recorded = (version: number, event: TicketEvent) => ({
    seq: version,
    version,
    event,
    actor: BEN.id,
    at: version,
    clientAt: version,
  });

  it('shows a record that has left the boards, also at the next visit without a network', async () => {
    const first = await signedIn();
    const { id: _id, ...made } = incident('R00009', { title: 'Long ago' });
    const created = {
      type: 'created',
      process: 'incident',
      number: 'INC-2025-00009',
      ticket: made,
      description: '',
    } as const;
    appendEvents(desk.wire.document(recordName(R9)), [recorded(1, created)]);
    appendEvents(desk.wire.document(journalName(R9)), [
      recorded(2, {
        type: 'edited',
        fields: { title: 'Longer ago' },
        before: {},
        priority: null,
        matrixVersion: null,
      }),
    ]);
    const history = first.openHistory(R9);
    const title = watch(() => first.tickets.get(R9)?.title);
    await until(() => history.events.length === 2, 'both parts');
    flushSync();
    expect(title.value).toBe('Longer ago');
    expect(first.tickets.ids).not.toContain(R9);
    title.stop();
    history.close();
    expect(first.tickets.get(R9)).toBeUndefined();
    await first.close();
    desk.wire.unplug();
    const second = desk.signIn();
    const again = second.openHistory(R9);
    await until(() => again.events.length === 2, 'the local copy');
    expect(again.events.map(({ event }) => event.type)).toEqual(['created', 'edited']);
    expect(second.tickets.get(R9)).toMatchObject({ title: 'Longer ago', version: 2 });
    again.close();
  });

  it('runs its reader once for a transaction, and takes its observers away when closed', async () => {
    const muster = await signedIn();
    const history = muster.openHistory(R1);
    await until(() => history.loaded, 'loaded');
    const types = watch(() => history.events.map(({ event }) => event.type));
    const note: TicketEvent = { type: 'commented', text: 'x', draft: null };
    desk.wire.document(journalName(R1)).transact(() => {
      appendEvents(desk.wire.document(journalName(R1)), [recorded(2, note), recorded(3, note)]);
    });
    flushSync();
    expect([types.value, types.runs]).toEqual([['commented', 'commented'], 2]);
    history.close();
    appendEvents(desk.wire.document(journalName(R1)), [recorded(4, note)]);
    flushSync();
    expect(types.runs).toBe(2);
    types.stop();
  });
});

describe('a room', () => {
  it('gives the editor the shared text, and another object after a refused update, with the words kept', async () => {
    const muster = await signedIn();
    const room = muster.openRoom(R1);
    const fragment = watch(() => room.fragment);
    await until(() => room.loaded, 'the room');
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText('too long by far')]);
    desk.wire.unplug();
    (room.fragment as Y.XmlFragment).insert(0, [paragraph]);
    await until(() => room.state === 'on-this-device', 'on the disk');
    const before = room.fragment;
    desk.wire.closeDocument(roomName(R1), 'update-rejected');
    desk.wire.plugIn();
    await until(() => room.fragment !== before && room.loaded, 'read anew');
    flushSync();
    expect(fragment.value).toBe(room.fragment);
    expect((room.fragment as Y.XmlFragment).length).toBe(0);
    await until(() => muster.attention.items.length === 1, 'attention');
    expect(muster.attention.items).toMatchObject([
      { kind: 'rejected-text', record: R1, kept: 'too long by far' },
    ]);
    expect(roomFragment(desk.wire.document(roomName(R1)), 'description').length).toBe(0);
    fragment.stop();
    room.close();
  });
});

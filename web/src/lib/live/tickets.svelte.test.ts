import { boardName, writeRow } from '@muster/documents';
import { recordId } from '@muster/domain/shared';
import { flushSync } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../connection/test-support/until.ts';
import type { OpenMuster } from './open-muster.ts';
import { ANA, BEN, BOARD, incident, incidents, openDesk } from './test-support/desk.ts';
import { watch } from './test-support/watch.svelte.ts';

let desk: ReturnType<typeof openDesk>;

afterEach(async () => {
  await desk.close();
});

async function openWith(count: number): Promise<OpenMuster> {
  desk = openDesk();
  desk.put(...incidents(count));
  const muster = desk.signIn();
  await until(() => muster.tickets.all().length === count, 'the board');
  await until(() => muster.saving.connection === 'live', 'live');
  return muster;
}

const id = (number: number) => recordId(`R${String(number).padStart(5, '0')}`);

describe('live tickets', () => {
  it('run the one effect that reads a row when the row changes, and no other', async () => {
    const muster = await openWith(50);
    const rows = incidents(50).map((ticket) => watch(() => muster.tickets.get(ticket.id)?.title));
    const list = watch(() => muster.tickets.ids.length);
    desk.put(incident('R00007', { title: 'The pump is hot', version: 2 }));
    flushSync();
    expect(rows[6]?.value).toBe('The pump is hot');
    expect(rows.map((row) => row.runs).filter((runs) => runs > 1)).toEqual([2]);
    expect(list.runs).toBe(1);
    for (const each of [...rows, list]) each.stop();
  });

  it('run the list when a row comes or goes, once for a transaction', async () => {
    const muster = await openWith(3);
    const list = watch(() => muster.tickets.ids.length);
    const first = watch(() => muster.tickets.get(id(1))?.title);
    desk.put(incident('R00004'), incident('R00005'));
    flushSync();
    expect([list.value, list.runs]).toEqual([5, 2]);
    desk.board.getMap('rows').delete('R00002');
    flushSync();
    expect([list.value, list.runs]).toEqual([4, 3]);
    expect(first.runs).toBe(1);
    list.stop();
    first.stop();
  });

  it('run each of fifty readers once when one transaction touches five hundred rows', async () => {
    const muster = await openWith(500);
    const rows = incidents(50).map((ticket) => watch(() => muster.tickets.get(ticket.id)?.version));
    desk.put(...incidents(500).map((ticket) => ({ ...ticket, version: 2 })));
    flushSync();
    expect(new Set(rows.map((row) => row.runs))).toEqual(new Set([2]));
    for (const row of rows) row.stop();
  });

  it('tell a filter once a frame that something changed, and what', async () => {
    const muster = await openWith(10);
    await until(() => muster.tickets.changedSince(muster.tickets.revision)?.size === 0, 'a quiet board');
    const revision = watch(() => muster.tickets.revision);
    const before = revision.value;
    desk.put(incident('R00001', { version: 2 }));
    desk.put(incident('R00002', { version: 2 }));
    await until(() => revision.value !== before, 'the next frame');
    expect(revision.runs).toBe(2);
    expect([...(muster.tickets.changedSince(before ?? 0) ?? [])].toSorted()).toEqual([id(1), id(2)]);
    expect(muster.tickets.changedSince(muster.tickets.revision)).toEqual(new Set());
    expect(muster.tickets.changedSince(-1)).toBeNull();
    revision.stop();
  });

  it('set aside and count a row of another shape, and show the others', async () => {
    const muster = await openWith(2);
    desk.board.getMap('rows').set('R00009', ['of another version']);
    expect(muster.tickets.get(recordId('R00009'))).toBeUndefined();
    expect(muster.tickets.all()).toHaveLength(2);
    expect(muster.tickets.nonconforming).toBe(1);
    writeRow(desk.board, incident('R00009'));
    expect(muster.tickets.all()).toHaveLength(3);
    expect(muster.tickets.nonconforming).toBe(0);
  });

  it('tell a list when another board opens, and not when its rows change', async () => {
    const muster = await openWith(2);
    const openings = watch(() => muster.tickets.openings);
    const before = openings.value ?? 0;
    desk.openBoard(boardName('desk', 1), [incident('R00011'), incident('R00012')]);
    desk.wire.unplug();
    desk.wire.plugIn();
    await until(() => muster.tickets.openings > before, 'the other board');
    expect(muster.tickets.all()).toHaveLength(4);
    desk.put(incident('R00003'));
    flushSync();
    expect(muster.tickets.all()).toHaveLength(5);
    expect(openings.value).toBe(before + 1);
    openings.stop();
  });

  it('tell a list when another epoch shows other rows, and not when it shows the same', async () => {
    const muster = await openWith(2);
    const openings = muster.tickets.openings;
    const [second, third] = [boardName('incident', 2), boardName('incident', 3)];
    desk.openBoard(second, incidents(2));
    desk.openBoard(third, incidents(4));
    desk.wire.move(BOARD, second);
    await until(
      () => desk.wire.opened().includes(second) && !desk.wire.opened().includes(BOARD),
      'the second',
    );
    expect(muster.tickets.openings).toBe(openings);
    desk.wire.move(second, third);
    await until(() => muster.tickets.all().length === 4, 'the third');
    expect(muster.tickets.openings).toBe(openings + 1);
  });

  it('find a record by number, its last digits, its token or its id', async () => {
    const muster = await openWith(12);
    const row = muster.tickets.all()[11];
    expect(muster.tickets.find('inc-2026-00012')).toBe(id(12));
    expect(muster.tickets.find('12')).toBe(id(12));
    expect(muster.tickets.find('#12')).toBe(id(12));
    expect(muster.tickets.find(row?.token ?? '')).toBe(id(12));
    expect(muster.tickets.find('R00012')).toBe(id(12));
    expect(muster.tickets.find('99999')).toBeUndefined();
  });
});

describe('what this device did and the server has not answered', () => {
  it('shows at once, marked as pending, and stays without flicker until the board shows it', async () => {
    const muster = await openWith(2);
    desk.reach(false);
    const row = watch(() => {
      const ticket = muster.tickets.get(id(1));
      return [ticket?.owner, ticket?.pending];
    });
    const sent = muster.commands.run('incident', id(1), { verb: 'claim' });
    flushSync();
    expect(row.value).toEqual([ANA.id, 1]);
    expect(await sent.kept).toBe('kept');
    desk.reach(true);
    muster.saving.retry();
    expect(await sent.settled).toEqual({ outcome: 'applied', version: 2 });
    flushSync();
    // answered, and the board has not come yet
    expect(row.value).toEqual([ANA.id, 0]);
    desk.put(incident('R00001', { owner: ANA.id, version: 2 }));
    flushSync();
    expect(row.value).toEqual([ANA.id, 0]);
    expect(row.seen.every(([owner], index) => index === 0 || owner === ANA.id)).toBe(true);
    row.stop();
  });

  it('gives way to what the board says when the server says no', async () => {
    const muster = await openWith(1);
    desk.answer(({ id: command }) => ({
      id: command,
      outcome: 'refused',
      refusal: { code: 'incident/already-claimed', owner: BEN.id, at: 5 },
    }));
    const sent = muster.commands.run('incident', id(1), { verb: 'claim' });
    expect(muster.tickets.get(id(1))?.owner).toBe(ANA.id);
    expect(await sent.settled).toMatchObject({ outcome: 'refused' });
    expect(muster.tickets.get(id(1))?.owner).toBeNull();
    await until(() => muster.attention.items.length === 1, 'attention');
    expect(muster.attention.items[0]).toMatchObject({
      kind: 'refused',
      record: id(1),
      act: { verb: 'claim' },
      detail: { code: 'incident/already-claimed', owner: BEN.id },
    });
  });

  it('is refused at once, and not sent, when the rules say no here already', async () => {
    const muster = await openWith(1);
    desk.put(incident('R00001', { owner: BEN.id, version: 2 }));
    const sent = muster.commands.run('incident', id(1), { verb: 'claim' });
    expect(await sent.kept).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'incident/already-claimed' },
    });
    expect(await sent.settled).toMatchObject({ outcome: 'refused' });
    expect(desk.sent).toEqual([]);
  });

  it('carries the version that the server was known to have, whatever waits on top of it', async () => {
    const muster = await openWith(1);
    desk.put(incident('R00001', { version: 7 }));
    desk.reach(false);
    await muster.commands.run('incident', id(1), { verb: 'claim' }).kept;
    await muster.commands.run('incident', id(1), { verb: 'watch' }).kept;
    desk.reach(true);
    muster.saving.retry();
    await until(() => desk.sent.length === 2, 'sent');
    expect(desk.sent.map((command) => [command.type, command.basis])).toEqual([
      ['incident.claim', 7],
      ['incident.watch', 7],
    ]);
  });

  it('survives a reload, a record made offline included', async () => {
    const muster = await openWith(1);
    desk.reach(false);
    const made = muster.commands.create('incident', {
      verb: 'create',
      kind: 'incident',
      title: 'Made in the tunnel',
      description: 'no signal',
      impact: 1,
      urgency: 1,
      requester: BEN.id,
      service: null,
      category: null,
      team: null,
      channel: 'desk',
    });
    expect(await made.kept).toBe('kept');
    expect(muster.tickets.ids).toContain(made.target);
    await muster.close();
    const again = desk.signIn();
    await until(() => again.tickets.get(made.target) !== undefined, 'the made record');
    expect(again.tickets.get(made.target)).toMatchObject({
      title: 'Made in the tunnel',
      number: null,
      pending: 1,
      priority: 1,
      token: `INC-~${made.target.slice(-4)}`,
    });
  });

  it('can be taken back by the acts that undo it', async () => {
    const muster = await openWith(1);
    const sent = muster.commands.run('incident', id(1), { verb: 'edit', fields: { title: 'New title' } });
    await sent.settled;
    expect(muster.commands.undoOf(sent.id)).toEqual([
      { process: 'incident', target: id(1), act: { verb: 'edit', fields: { title: 'Incident R00001' } } },
    ]);
    expect(muster.commands.undoOf('unknown')).toBeNull();
  });
});

describe('letting go', () => {
  it('leaves no observer on any document', async () => {
    const muster = await openWith(5);
    const row = watch(() => muster.tickets.get(id(1))?.title);
    row.stop();
    await muster.close();
    expect(desk.wire.opened()).toEqual([]);
    // the board goes on without anybody hearing it
    desk.put(incident('R00001', { title: 'unheard', version: 2 }));
    flushSync();
    expect(row.runs).toBe(1);
    expect(BOARD).toContain('incident');
  });
});

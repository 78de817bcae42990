import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLocalDatabase } from '../connection/database.ts';
import { openNotes } from '../connection/notes.ts';
import { until } from '../connection/test-support/until.ts';
import type { OpenMuster } from './open-muster.ts';
import { ANA, BEN, incident, incidents, openDesk } from './test-support/desk.ts';
import { watch } from './test-support/watch.svelte.ts';

const R1 = recordId('R00001');
const R2 = recordId('R00002');

let desk: ReturnType<typeof openDesk>;

beforeEach(() => {
  desk = openDesk();
  desk.put(...incidents(20));
});

afterEach(async () => {
  await desk.close();
});

/** A visit that looks at a list until its first rows are on the disk. */
async function visit(list: string, ids: readonly RecordId[]): Promise<OpenMuster> {
  const muster = desk.signIn();
  await until(() => muster.saving.connection === 'live', 'live');
  muster.tickets.seeFirst(list, ids);
  await noted(list);
  return muster;
}

/** Waits until the note on the disk holds `text`. */
async function noted(text: string): Promise<void> {
  const database = openLocalDatabase(ANA.id);
  await expect.poll(async () => JSON.stringify(await openNotes(database).read('first-rows'))).toContain(text);
  database.close();
}

describe('the first rows of a list', () => {
  it('stand in for the boards at the next visit, as they were last, and give way to them', async () => {
    const first = await visit('open', [R2, R1]);
    desk.put(incident('R00001', { title: 'The pump is hot', version: 2 }));
    await noted('The pump is hot');
    await first.close();
    desk.wire.unplug();

    const { tickets, directory } = desk.signIn();
    const row = watch(() => tickets.get(R1)?.title);
    const list = watch(() => ({
      loaded: tickets.loaded,
      titles: tickets.firstOf('open').map(({ title }) => title),
      name: directory.personName(BEN.id),
    }));
    await until(() => tickets.loaded, 'the boards');
    flushSync();
    const titles = ['Incident R00002', 'The pump is hot'];
    expect(list.seen).toContainEqual({ loaded: false, titles, name: BEN.name });
    expect(list.value).toEqual({ loaded: true, titles: [], name: BEN.name });
    expect(row.seen.slice(0, 2)).toEqual([undefined, 'The pump is hot']);
    expect(tickets.ids).toHaveLength(20);
    row.stop();
    list.stop();
  });

  it('are those of the list that was looked at last, and of no other', async () => {
    const first = await visit('open', [R1]);
    first.tickets.seeFirst('mine', [R2]);
    await noted('mine');
    await first.close();

    const { tickets } = desk.signIn();
    const mine = watch(() => tickets.firstOf('mine').length);
    const open = watch(() => tickets.firstOf('open').length);
    await until(() => tickets.loaded, 'the boards');
    expect(Math.max(...mine.seen)).toBe(1);
    expect(Math.max(...open.seen)).toBe(0);
    mine.stop();
    open.stop();
  });

  it('show the acts that wait on this device', async () => {
    const first = await visit('open', [R1]);
    desk.reach(false);
    await first.commands.run('incident', R1, { verb: 'claim' }).kept;
    await first.close();

    const { tickets } = desk.signIn();
    const owners = watch(() => tickets.firstOf('open').map(({ owner }) => owner));
    await until(() => tickets.loaded, 'the boards');
    expect(owners.seen).toContainEqual([ANA.id]);
    owners.stop();
  });
});

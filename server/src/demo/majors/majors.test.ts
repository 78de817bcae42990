import type { Ticket } from '@muster/domain/shared';
import { readTasks, readTimeline, roomFragment, roomName, textOf } from '@muster/documents';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as Y from 'yjs';
import { openSqliteStore } from '../../store/sqlite/open.ts';
import { temporaryFolder } from '../../store/test-store.ts';
import { castPeople } from '../people.ts';
import { fillDemo } from '../fill.ts';
import { stageMajors } from './histories.ts';

/** The store reads its own clock when work is announced. */
const NOW = Date.now();

describe('the major incidents of the demonstration', { timeout: 60_000 }, () => {
  it('are one that goes on and three that are over, with what was written in their rooms, and work is announced', async () => {
    const { folder, remove } = temporaryFolder();
    onTestFinished(remove);
    const store = await openSqliteStore({ file: join(folder, 'muster.db') });
    onTestFinished(() => store.close());
    await fillDemo({ store, setPassword: () => Promise.resolve() }, NOW);
    const majors = await store.reader
      .selectFrom('record')
      .select(['id', 'major', 'state', 'data'])
      .where('major', 'is not', null)
      .orderBy('created_at')
      .execute();
    expect(majors.map(({ major, state }) => [major, state])).toEqual([
      ['closed', 'closed'],
      ['closed', 'closed'],
      ['accepted', 'resolved'],
      ['accepted', 'in_progress'],
    ]);
    const [call] = (JSON.parse(majors.at(-1)?.data ?? '{}') as Ticket).calls;
    expect(call).toMatchObject({ state: 'acknowledged', cause: 'major', taken: [{ step: 0 }] });
    for (const { scene, id } of stageMajors(castPeople(), NOW)) {
      const loaded = await store.documents.load(roomName(id));
      const doc = new Y.Doc();
      for (const update of [loaded?.snapshot ?? null, ...(loaded?.tail ?? [])])
        if (update !== null) Y.applyUpdate(doc, update);
      expect(readTimeline(doc).entries.map(({ text }) => text)).toEqual(
        scene.entries.map(([, , , text]) => text),
      );
      const review = textOf(roomFragment(doc, 'review'));
      for (const [heading, words] of Object.entries(scene.review))
        expect(review).toContain(`${heading}\n${words}`);
      expect(
        readTasks(doc)
          .tasks.map(({ done }) => done)
          .toSorted(),
      ).toEqual(scene.tasks.map(({ evidence }) => evidence !== null).toSorted());
    }
    const announced = await store.reader
      .selectFrom('announcement')
      .select('state')
      .orderBy('state')
      .execute();
    expect(announced.map(({ state }) => state)).toEqual(['in_progress', 'scheduled', 'scheduled']);
    expect((await store.verify()).findings).toEqual([]);
  });
});

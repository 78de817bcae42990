import type { Change } from '@muster/domain/change';
import { deploymentMatrix, isDone } from '@muster/domain/release';
import type { Ticket } from '@muster/domain/shared';
import { readTasks, readTimeline, roomFragment, roomName, textOf } from '@muster/documents';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { changeOf, readChangeRules } from '../store/changes.ts';
import { loadDirectory } from '../store/directory.ts';
import { deploymentsOfMatrix } from '../store/query/index.ts';
import { releaseOf } from '../store/releases.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import { temporaryFolder } from '../store/test-store.ts';
import type { Store } from '../store/store.ts';
import { fillDemo } from './fill.ts';
import { stageMajors } from './majors/histories.ts';
import { castPeople } from './people.ts';

/** The store reads its own clock when work is announced. */
const NOW = Date.now();

describe('the demonstration, filled', { timeout: 60_000 }, () => {
  let store: Store;
  beforeAll(async () => {
    const { folder, remove } = temporaryFolder();
    store = await openSqliteStore({ file: join(folder, 'muster.db') });
    await fillDemo({ store, setPassword: () => Promise.resolve() }, NOW);
    return async () => {
      await store.close();
      remove();
    };
  }, 120_000);

  it('has a quarter of changes by the rules, some of which wait for votes or lie ahead', async () => {
    const rows = await store.reader
      .selectFrom('change')
      .select(['state', 'model', 'result', 'data'])
      .execute();
    const changes = rows.map(changeOf);
    expect(changes.length).toBeGreaterThan(150);
    const of = (state: Change['state']) => changes.filter((each) => each.state === state).length;
    expect(of('closed')).toBeGreaterThan(100);
    expect(of('authorize')).toBeGreaterThan(4);
    expect(of('scheduled')).toBeGreaterThan(4);
    expect(new Set(changes.map(({ model }) => model))).toEqual(
      new Set(['normal', 'standard', 'emergency', 'unauthorised']),
    );
    const ahead = changes.filter(({ begins }) => begins !== null && begins > NOW);
    expect(ahead.length).toBeGreaterThan(20);
    for (const { model, plans, template } of changes)
      if (model === 'normal') expect(plans.implementation).not.toBe('');
      else if (model === 'standard') expect(template).not.toBeNull();
    const { templates, windows, policies } = await readChangeRules(
      store.reader,
      await loadDirectory(store.reader),
    );
    expect([...templates.values()].every(({ state, uses }) => state === 'active' && uses > 3)).toBe(true);
    expect(windows.map(({ kind }) => kind)).toContain('freeze');
    expect(policies.map(({ id }) => id)).toEqual(['board', 'emergency', 'manager', 'technical']);
  });

  it('has releases: one that is over, one in its night, one that is planned, and half a year of deployments', async () => {
    const rows = await store.reader.selectFrom('release').select('data').orderBy('made_at').execute();
    const releases = rows.map(releaseOf);
    expect(releases.map(({ state }) => state)).toEqual(['completed', 'deploying', 'planning']);
    expect(releases.map(({ members }) => members.length > 0)).toEqual([true, true, true]);
    expect(releases[1]?.steps.filter(isDone).length).toBe(7);
    const { environments, rows: lines } = deploymentMatrix(await deploymentsOfMatrix(store.reader, NOW));
    expect(environments.toSorted()).toEqual(['production', 'staging', 'test']);
    expect(lines.map(({ release }) => release)).toContain(releases[0]?.id);
    expect((await store.verify()).findings).toEqual([]);
  });

  it('has major incidents: one that goes on and three that are over, with what was written in their rooms, and work is announced', async () => {
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

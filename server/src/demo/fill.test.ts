import type { Change } from '@muster/domain/change';
import {
  DEFAULT_RELATION_TYPES,
  DependencyMap,
  SERVICE_CLASS,
  impactOf,
  itemAt,
} from '@muster/domain/configuration';
import type { MappedItem } from '@muster/domain/configuration';
import { deploymentMatrix, isDone } from '@muster/domain/release';
import { readThoughts, treesOf } from '@muster/documents/problem';
import { isDue } from '@muster/domain/problem';
import { SYSTEM_ACTOR, recordId } from '@muster/domain/shared';
import type { ItemId, Ticket } from '@muster/domain/shared';
import { readTasks, readTimeline, roomFragment, roomName, textOf } from '@muster/documents';
import { sql } from 'kysely';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { changesOf } from '../commands/releases/release-facts.ts';
import { changeOf, readChangeRules } from '../store/changes.ts';
import { listBaselines } from '../store/configuration-baselines.ts';
import { itemOf, relationOf } from '../store/configuration.ts';
import { loadDirectory, loadServices } from '../store/directory.ts';
import { meetingOf, readBoards } from '../store/meetings.ts';
import { findService } from '../store/gate.ts';
import { knownErrorOf } from '../store/known-errors.ts';
import { deploymentsOfMatrix, listHelp, readItem } from '../store/query/index.ts';
import { problemOf } from '../store/problems.ts';
import { releaseOf } from '../store/releases.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import { temporaryFolder } from '../store/test-store.ts';
import type { Store } from '../store/store.ts';
import { DemoUnfinished, fillDemo, isDemoUnfinished } from './fill.ts';
import { stageMajors } from './majors/histories.ts';
import { castPeople } from './people.ts';

const serviceNode = (id: ItemId): MappedItem => ({
  ...{ id, class: SERVICE_CLASS, state: 'in_service', redundancy: [] },
});

/** The store reads its own clock when work is announced. */
const NOW = Date.now();
/** Then a hard freeze of the demonstration stands, and nothing is carried out. */
const IS_YEAR_END = /-12-(?:2[1-9]|3)|-01-0[1-4]/.test(new Date(NOW).toISOString());

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
  }, 400_000);

  it('is whole, and says so', async () => {
    expect(await isDemoUnfinished(store)).toBe(false);
  });

  it('knows errors and answers, from a first draft to what is past its time', async () => {
    const rows = await store.reader.selectFrom('known_error').select('data').execute();
    const known = rows.map(knownErrorOf);
    const states = new Set(known.map(({ state }) => state));
    expect(states).toEqual(new Set(['draft', 'review', 'published', 'superseded', 'retired']));
    expect(known.some((it) => isDue(it, NOW))).toBe(true);
    expect(known.some(({ state, draft }) => state === 'published' && draft === 'draft')).toBe(true);
    const [vpn] = known.filter(({ title }) => title.startsWith('VPN'));
    expect(vpn).toMatchObject({ helped: 9, notHelped: 1, published: { content: { audience: 'everybody' } } });
    expect(vpn?.used).toBeGreaterThan(0);
    const { items } = await listHelp(store.reader, 'out-of-office', null, 10);
    expect(JSON.stringify(items.map(({ record }) => record.body))).toContain('Automatic answers');
  });

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

  it('has a change board: a quarter of meetings with decisions, and the next one in the next days', async () => {
    const boards = await readBoards(store.reader);
    expect([...boards.values()].map(({ name }) => name)).toEqual(['Change advisory board']);
    const rows = await store.reader
      .selectFrom('change_meeting')
      .select('data')
      .orderBy('begins_at')
      .execute();
    const meetings = rows.map(meetingOf);
    const held = meetings.slice(0, -1);
    expect(held.length).toBeGreaterThan(10);
    expect(held.every(({ state, endsAt }) => state === 'closed' && endsAt < NOW)).toBe(true);
    const items = held.flatMap(({ agenda }) => agenda);
    const decided = items.flatMap(({ takenOver, decision }) =>
      decision === null ? [] : [{ takenOver, ...decision }],
    );
    expect(decided.length).toBeGreaterThan(20);
    // as the changes were then, whatever became of them since
    expect(decided.every(({ takenOver, state }) => takenOver || state === 'authorize')).toBe(true);
    const verdicts = new Set(decided.map(({ verdict }) => verdict));
    for (const verdict of ['approved', 'deferred'] as const) expect(verdicts).toContain(verdict);
    expect(items.some(({ takenOver }) => takenOver)).toBe(true);
    const next = meetings.at(-1);
    expect(next).toMatchObject({ state: 'planned', adHoc: false });
    expect((next?.beginsAt ?? 0) - NOW).toBeGreaterThan(0);
    expect((next?.beginsAt ?? 0) - NOW).toBeLessThan(3 * 86_400_000);
  });

  it('has a map of what its services hang on, which incidents name', async () => {
    const items = (await store.reader.selectFrom('configuration_item').select('data').execute()).map(itemOf);
    const relations = (await store.reader.selectFrom('configuration_relation').selectAll().execute()).map(
      relationOf,
    );
    expect(items.length).toBeGreaterThan(350);
    expect(items.length).toBeLessThan(450);
    expect(relations.length).toBeGreaterThan(600);
    expect(items.every(({ team }) => team !== null)).toBe(true);
    // some nobody owns, some are gone, and of some their owners were asked
    expect(items.filter(({ owner }) => owner === null).length).toBe(2);
    expect(items.filter(({ state }) => state === 'retired').length).toBe(2);
    expect(items.filter(({ care }) => care?.askedAt != null).length).toBeGreaterThan(2);
    for (const kind of ['location', 'rack', 'power_feed', 'server', 'virtual_machine', 'cluster', 'database'])
      expect(items.map((item) => item.class)).toContain(kind);
    const services = [...(await loadServices(store.reader)).values()];
    const map = new DependencyMap(
      DEFAULT_RELATION_TYPES,
      [...items, ...services.map(({ id }) => serviceNode(id))],
      relations,
    );
    for (const { id, name } of services)
      expect([name, [...map.carriersOf(id)].length > 0]).toEqual([name, true]);
    const names = [...items, ...services].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const idOf = (name: string) => [...items, ...services].find((each) => each.name === name)?.id as ItemId;
    const falls = (...down: readonly string[]) => impactOf(map, { down: down.map(idOf) }).down;
    // one feed is made up for by the other; both take a data centre's racks with them
    expect([...falls('Feed N-A').keys()]).toEqual([idOf('Feed N-A')]);
    expect(falls('Feed N-A', 'Feed N-B').has(idOf('esx-01'))).toBe(true);
    expect(falls('Orders primary').has(idOf('Orders'))).toBe(false);
    expect(falls('Orders primary', 'Orders standby').has(idOf('Web shop'))).toBe(true);
    expect(falls('Directory').has(idOf('Payroll'))).toBe(true);
    const named = await store.reader.selectFrom('record_item').select('item').distinct().execute();
    expect(named.length).toBeGreaterThan(40);
    expect(named.every(({ item }) => items.some(({ id }) => id === item))).toBe(true);
  });

  it('has a change whose planned values were applied, one that waits for its time, and two moments to compare with', async () => {
    const rows = await store.reader.selectFrom('change').select('data').execute();
    const changes = rows.map(changeOf).filter(({ values }) => values.length > 0);
    expect(changes).toHaveLength(2);
    const open = changes.find(({ title }) => title.includes('db-02'));
    expect(open).toMatchObject({ state: 'authorize', valueOutcomes: [] });
    // what is planned for is touched
    expect(open?.items).toHaveLength(2);
    const done = changes.find(({ title }) => title.includes('db-01'));
    if (!IS_YEAR_END)
      expect(done).toMatchObject({ state: 'closed', valueOutcomes: [{ fate: 'applied', why: null }] });
    const baselines = await listBaselines(store.reader);
    expect(baselines.map(({ name }) => name)).toEqual([
      'Before the data warehouse grows',
      'Begin of the quarter',
    ]);
    const [value] = done?.values ?? [];
    if (value?.kind !== 'field' || baselines[0] === undefined) throw new Error('nothing was planned');
    const now = await store.reader
      .selectFrom('configuration_item')
      .select('data')
      .where('id', '=', value.item as never)
      .executeTakeFirstOrThrow();
    if (!IS_YEAR_END) expect(itemOf(now).attributes['memory_gb']).toBe(value.to);
    const host = await readItem(store.reader, SYSTEM_ACTOR, value.item);
    const then = itemAt(recordId(value.item), host?.history ?? [], baselines[0].at);
    expect(then?.attributes['memory_gb']).toBe(value.was);
  });

  it('has problems in several parts of their life, with incidents that are linked', async () => {
    const rows = await store.reader.selectFrom('problem').select('data').orderBy('made_at').execute();
    const problems = rows.map(problemOf);
    expect(problems.map(({ state }) => state)).toEqual(['fix_in_progress', 'rca', 'risk_accepted']);
    expect(problems.every(({ incidents }) => incidents.length > 0)).toBe(true);
    expect(problems[0]?.told).not.toBeNull();
    if (problems[0] === undefined) throw new Error('no problem');
    const room = await store.documents.load(roomName(problems[0].id));
    const drawn = new Y.Doc();
    for (const update of [...(room?.snapshot ? [room.snapshot] : []), ...(room?.tail ?? [])])
      Y.applyUpdate(drawn, update);
    const { thoughts } = readThoughts(drawn);
    const [tree] = treesOf(thoughts, 'why');
    expect(tree?.branches.map(({ branches }) => branches.length)).toEqual([1, 1]);
    expect(thoughts.filter(({ drawing }) => drawing === 'fishbone')).toHaveLength(5);
  });

  it('has releases: one that is over, one in its night, one that is planned, and half a year of deployments', async () => {
    const rows = await store.reader.selectFrom('release').select('data').orderBy('made_at').execute();
    const releases = rows.map(releaseOf);
    expect(releases.map(({ state }) => state)).toEqual(['completed', 'deploying', 'planning']);
    expect(releases.map(({ members }) => members.length > 0)).toEqual([true, true, true]);
    for (const { phases, services, members } of releases) {
      expect(phases.every(({ beginsAt, endsAt }) => beginsAt !== null && endsAt !== null)).toBe(true);
      const carried = await changesOf(store.reader, members);
      expect(new Set(services)).toEqual(new Set([...carried.values()].flatMap(({ items }) => items)));
    }
    const night = releases[1];
    expect(night?.steps.filter(isDone).length).toBe(7);
    const tonight = [...(await changesOf(store.reader, night?.members ?? [])).values()];
    expect(tonight.every(({ state }) => state !== 'cancelled')).toBe(true);
    const ahead = tonight.filter(({ begins }) => (begins ?? 0) > NOW);
    expect(ahead.every(({ state }) => state === 'scheduled')).toBe(true);
    if (!IS_YEAR_END) {
      expect(ahead.length).toBe(4);
      expect(tonight.some(({ state }) => state === 'implement')).toBe(true);
    }
    const { environments, rows: lines } = deploymentMatrix(await deploymentsOfMatrix(store.reader, NOW));
    expect(environments.toSorted()).toEqual(['production', 'staging', 'test']);
    expect(lines.map(({ release }) => release)).toContain(releases[0]?.id);
    expect((await store.verify()).findings).toEqual([]);
  });

  it('tells every story in its order: nothing happened before what came before it', async () => {
    const kindOf = new Map<string, string>();
    for (const table of ['record', 'change', 'change_template', 'problem', 'release', 'known_error'] as const)
      for (const { id } of await store.reader.selectFrom(table).select('id').execute()) kindOf.set(id, table);
    const { rows } = await sql<{ story: string; version: number; at: number; data: string }>`
      select record as story, version, at, data from event
      union all select announcement, version, at, data from announcement_event
      union all select schedule, version, at, data from schedule_event
      order by story, version
    `.execute(store.reader);
    const told = new Set(rows.map(({ story }) => kindOf.get(story)));
    expect([...new Set(kindOf.values())].filter((kind) => !told.has(kind))).toEqual([]);
    const back = rows.filter(({ story, at }, place) => {
      const before = rows[place - 1];
      return before?.story === story && at < before.at;
    });
    expect(back.map(({ story, ...event }) => ({ kind: kindOf.get(story), ...event }))).toEqual([]);
  });

  it('has nothing of releases and deployments that was done after now', async () => {
    const { rows } = await sql<{ last: number }>`
      select max(at) as last from event where record in (select id from release)
      union all select max(max(at, coalesce(finished_at, at))) from deployment
    `.execute(store.reader);
    expect(rows).toHaveLength(2);
    for (const { last } of rows) expect(last).toBeLessThanOrEqual(NOW);
  });

  it('lets the example of the README pass the gate', async () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const [, name = ''] = /call gate '\{"service": "([^"]+)"/.exec(readme) ?? [];
    const services = await loadServices(store.reader);
    const service = findService(services, name);
    if (service === null) throw new Error(`the demonstration has no service ${name}`);
    const answer = await store.map.mayDeploy({ service, environment: 'production' }, NOW);
    if (!IS_YEAR_END) expect(answer).toMatchObject({ allow: true });
    else expect(answer.reasons.every(({ code }) => code.startsWith('release/'))).toBe(true);
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

describe('a demonstration that is broken off', () => {
  it('is not taken for one that stands: nobody could sign in to it', async () => {
    const { folder, remove } = temporaryFolder();
    const store = await openSqliteStore({ file: join(folder, 'muster.db') });
    const setPassword = () => Promise.resolve();
    const broken: Store = Object.create(store, {
      refreshDirectory: { value: () => Promise.reject(new Error('the power went')) },
    }) as Store;
    await expect(fillDemo({ store: broken, setPassword }, NOW)).rejects.toThrow('the power went');
    expect(await isDemoUnfinished(store)).toBe(true);
    await expect(fillDemo({ store, setPassword }, NOW)).rejects.toThrow(DemoUnfinished);
    await store.close();
    remove();
  });
});

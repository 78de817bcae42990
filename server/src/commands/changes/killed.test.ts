import { contentOf } from '@muster/domain/change';
import type { ContentDigests } from '@muster/domain/change';
import { personId } from '@muster/domain/shared';
import type { PersonId, RecordId } from '@muster/domain/shared';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { changeOf } from '../../store/changes.ts';
import { openSqliteStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import { ANNE, actor, admitPeople, command, newId, runOne, temporaryFolder } from '../../store/test-store.ts';

const CHILD = fileURLToPath(new URL('./killed-child.ts', import.meta.url));
const LEADS = ['ONE', 'TWO', 'THR'].map((tail) => personId(`01J00000000000000000000${tail}`));
const SERVICE = '01J00000000000000000000SRV';

/** Three who manage changes: all of them approve for the board. */
async function admitBoard(store: Store): Promise<void> {
  const policy = {
    ...{ id: 'board', version: 1, name: 'Board', stage: 'board', when: {}, rule: { kind: 'all' } },
    approvers: LEADS.map((person) => ({ kind: 'person', person, weight: 1 })),
    ...{ delegates: null, withinMs: null, ownMayVote: false },
  };
  await store.together([
    ...LEADS.map((id, index) =>
      store.writer.insertInto('person').values({
        ...{ id, name: `Lead ${index}`, email: `lead${index}@desk.test` },
        ...{ roles: '["team-lead"]', active: 1, vip: 0, made_at: 0 },
      }),
    ),
    store.writer.insertInto('service').values({ id: SERVICE, name: 'Mail', team: null, criticality: 3 }),
    store.writer
      .insertInto('setting')
      .values({ key: 'change.policy:board', value: JSON.stringify(policy), updated_at: 0 }),
  ]);
  await store.refreshDirectory();
}

/** Lets the child write until it said both its lines, then kills it; answers what the voters had read. */
async function runAndKill(file: string, id: RecordId): Promise<ContentDigests> {
  const child = spawn(process.execPath, [CHILD, file, id, SERVICE, ...LEADS.slice(0, 2)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let read: ContentDigests | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { read?: ContentDigests; written?: true };
    read = said.read ?? read;
    if (said.written === true) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  if (read === null) throw new Error('the child did not come to its votes');
  return read;
}

it('[CHG-26] [CHG-27] a plan that moved just before the process was killed voids what was approved before', async () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = join(folder, 'muster.db');
  const first = await openSqliteStore({ file });
  await admitPeople(first);
  await admitBoard(first);
  await first.close();
  const id = newId();
  const read = await runAndKill(file, id);

  const store = await openSqliteStore({ file });
  onTestFinished(() => store.close());
  const present = async () => {
    const row = await store.reader
      .selectFrom('change')
      .select('data')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return changeOf(row);
  };
  const act = async (verb: string, args: object, by: PersonId) => {
    const role = by === ANNE ? 'agent' : 'team-lead';
    return runOne(store, command(`change.${verb}`, id, args, (await present()).version), actor(by, role));
  };
  const [one, two, three] = LEADS as [PersonId, PersonId, PersonId];
  const stale = await act('vote', { vote: 'approved', read }, three);
  expect(stale).toMatchObject({
    outcome: 'refused',
    refusal: { code: 'change/content-moved', differs: ['plan:implementation'] },
  });
  expect(await act('step', { to: 'scheduled' }, ANNE)).toMatchObject({
    refusal: { code: 'change/approvals-missing' },
  });
  for (const voter of [one, two, three]) {
    const now = contentOf(await present());
    expect(await act('vote', { vote: 'approved', read: now }, voter)).toMatchObject({ outcome: 'applied' });
  }
  expect(await act('step', { to: 'scheduled' }, ANNE)).toMatchObject({ outcome: 'applied' });
  expect((await present()).state).toBe('scheduled');
  expect((await store.verify()).findings).toEqual([]);
});

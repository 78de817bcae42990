import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { announcementOf } from '../../../commands/announcements.ts';
import { ANNE, actor, admitPeople, command, newId, runOne, temporaryFolder } from '../../test-store.ts';
import { openSqliteStore } from '../open.ts';
import { putBackAudiences } from './test-before.ts';

describe('0021-audiences', () => {
  it('leaves the announcements of before to everybody, as they were told', async () => {
    const { folder, remove } = temporaryFolder();
    onTestFinished(remove);
    const file = join(folder, 'muster.db');
    const first = await openSqliteStore({ file });
    await admitPeople(first);
    const fields = {
      ...{ kind: 'outage', title: 'Mail is down', message: '', services: [] },
      ...{ beginsAt: null, endsAt: null, public: false, audience: [] },
    };
    const id = newId();
    const lead = actor(ANNE, 'team-lead');
    await runOne(first, command('announcement.create', id, { fields }), lead);
    await runOne(first, command('announcement.step', id, { to: 'in_progress' }, 1), lead);
    const row = (store: typeof first) =>
      store.reader.selectFrom('announcement').selectAll().executeTakeFirstOrThrow();
    const before = announcementOf(await row(first));
    expect(before.told).toHaveLength(1);
    await first.close();
    const raw = new Sqlite(file);
    putBackAudiences(raw);
    raw.close();

    const store = await openSqliteStore({ file });
    onTestFinished(() => store.close());
    const after = await row(store);
    expect(after.audience).toBeNull();
    expect(announcementOf(after)).toEqual(before);
    expect((await store.verify()).findings).toEqual([]);
  });
});

import type { CompiledQuery } from 'kysely';
import { sql } from 'kysely';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meetingsIn } from '../calendar/change-calendar.ts';
import { meetingsEnded } from './meetings.ts';
import { openSqliteStore } from './sqlite/open.ts';
import type { Store } from './store.ts';
import { temporaryFolder } from './test-store.ts';

let store: Store;
const { folder, remove } = temporaryFolder();

beforeAll(async () => {
  store = await openSqliteStore({ file: join(folder, 'muster.db') });
});
afterAll(async () => {
  await store.close();
  remove();
});

describe('meetings of boards are found by an index', () => {
  it.each(['planned', 'live'] as const)(
    '[CHG-103] for the clock, those that are %s and ended',
    async (state) => {
      expect(await planOf(meetingsEnded(store.reader, state, 1).compile())).toMatch(
        /^SEARCH change_meeting USING INDEX change_meeting_by_state \(state=\? AND ends_at<\?\)/,
      );
    },
  );

  it('[CHG-106] for the calendar, those of its span', async () => {
    const span = { from: 1, to: 2 };
    expect(await planOf(meetingsIn(store.reader, span).compile())).toMatch(
      /^SEARCH change_meeting USING INDEX change_meeting_by_end \(ends_at>\?\)/,
    );
  });
});

/** How the store would answer the query that is really asked. */
async function planOf({ sql: text, parameters }: CompiledQuery): Promise<string> {
  const [first = '', ...rest] = text.split('?');
  const query = rest.reduce(
    (so, part, index) => sql`${so}${parameters[index]}${sql.raw(part)}`,
    sql`explain query plan ${sql.raw(first)}`,
  );
  const { rows } = await sql<{ detail: string }>`${query}`.execute(store.reader);
  return rows.map(({ detail }) => detail).join('\n');
}

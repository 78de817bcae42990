import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { Statements } from '../statements.ts';
import { RejectedUpdates } from './rejected-updates.ts';

async function open(ofAPerson: { readonly rows: number; readonly bytes: number }) {
  const statements = new Statements(new Sqlite(':memory:'));
  await migrate(statements);
  const rejected = new RejectedUpdates(statements, ofAPerson);
  const keep = (person: string, name: string, bytes: number) =>
    rejected.keep(name, person, new Uint8Array(bytes), 'pending', 1);
  const kept = (person: string) =>
    statements.prepare('select name from rejected_update where person = ? order by id').pluck().all(person);
  return { keep, kept };
}

describe('what was refused of a person', () => {
  it('[SYN-48] is kept up to a number over all documents, and the oldest goes', async () => {
    const { keep, kept } = await open({ rows: 3, bytes: 1_000 });
    keep('BERT', 'room/0', 1);
    for (const name of ['room/1', 'room/2', 'room/3', 'room/4']) keep('ANNE', name, 1);
    expect(kept('ANNE')).toEqual(['room/2', 'room/3', 'room/4']);
    expect(kept('BERT')).toEqual(['room/0']);
  });

  it('[SYN-48] is kept up to a size over all documents, but the newest always', async () => {
    const { keep, kept } = await open({ rows: 100, bytes: 1_000 });
    for (const name of ['room/1', 'room/2', 'room/3']) keep('ANNE', name, 400);
    expect(kept('ANNE')).toEqual(['room/2', 'room/3']);
    keep('ANNE', 'room/4', 5_000);
    expect(kept('ANNE')).toEqual(['room/4']);
    keep('ANNE', 'room/5', 5);
    expect(kept('ANNE')).toEqual(['room/5']);
  });
});

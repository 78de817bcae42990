import { draftName } from '@muster/documents';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ANNE, admitPeople, temporaryFolder } from '../test-store.ts';
import { openSqliteStore } from './open.ts';

const CHILD = fileURLToPath(new URL('./crash-child.ts', import.meta.url));

interface Acknowledged {
  readonly seq?: number;
  readonly command?: string;
  readonly record?: string;
  readonly number?: string;
}

/** Lets a child write until it has acknowledged so much, then kills it. */
async function writeAndKill(file: string, lines: number): Promise<readonly Acknowledged[]> {
  const child = spawn(process.execPath, [CHILD, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged: Acknowledged[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(JSON.parse(line) as Acknowledged);
    if (acknowledged.length === lines) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return acknowledged;
}

it('loses nothing that was acknowledged when the process is killed', async () => {
  const { folder, remove } = temporaryFolder();
  const file = join(folder, 'muster.db');
  const first = await openSqliteStore({ file });
  await admitPeople(first);
  await first.close();
  const acknowledged: Acknowledged[] = [];
  for (const lines of [37, 150, 311]) {
    acknowledged.push(...(await writeAndKill(file, lines)));
    const store = await openSqliteStore({ file });
    const commands = await store.reader.selectFrom('command').select(['id', 'outcome']).execute();
    const outcomes = new Map(commands.map((row) => [row.id, row.outcome]));
    for (const { command, number } of acknowledged) {
      if (command !== undefined) expect(outcomes.get(command)).toContain(String(number));
    }
    const head = (await store.documents.load(draftName(ANNE)))?.headSeq ?? 0;
    expect(head).toBeGreaterThanOrEqual(Math.max(...acknowledged.map(({ seq }) => seq ?? 0)));
    expect((await store.documents.currentNames()).map(({ name }) => name)).toContain('directory@1');
    expect((await store.verify()).findings).toEqual([]);
    await store.close();
  }
  remove();
});

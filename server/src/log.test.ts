import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLog } from './log.ts';
import { BoundaryError } from './store/boundary-error.ts';
import { startTestServer } from './testing.ts';

function logFile(): { readonly file: string; read(): string } {
  const folder = mkdtempSync(join(tmpdir(), 'muster-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'server.log');
  return { file, read: () => readFileSync(file, 'utf8') };
}

/** What is logged of an error. */
function logged(error: unknown): Record<string, unknown> {
  const { file, read } = logFile();
  openLog('debug', file).error({ error }, 'it broke');
  return (JSON.parse(read()) as { error: Record<string, unknown> }).error;
}

describe('the log', () => {
  it('tells nothing of a ticket whose row is damaged and cannot be read', async () => {
    const { file, read } = logFile();
    const server = await startTestServer({ logFile: file });
    onTestFinished(() => server.stop());
    const agent = await server.signIn('agent@desk.test');
    const { id } = await agent.createTicket('desk', { title: 'Quietly dismissed' });
    const { data } = await server.store.reader
      .selectFrom('record')
      .select('data')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const broken = data.replace('"title":"', '"title":');
    expect(() => JSON.parse(broken) as unknown).toThrow('Quiet');
    await server.store.writer.updateTable('record').set({ data: broken }).where('id', '=', id).execute();
    expect((await agent.call('GET', `/api/records/${id}`)).status).toBe(500);
    await expect.poll(read).toContain('a request failed');
    expect(read()).toContain('SyntaxError');
    expect(read()).not.toContain('Quiet');
  });

  it('tells our own words, and of other errors which they are and where', () => {
    expect(logged(new BoundaryError('store/disk-full'))).toMatchObject({
      kind: 'BoundaryError',
      code: 'store/disk-full',
      message: 'The disk is full. Nothing was written.',
    });
    const other = logged(new TypeError('Rita wrote\n    at home it burns\n    at a:1:1'));
    expect(other).toMatchObject({ kind: 'TypeError', stack: expect.arrayContaining([]) as unknown });
    expect(other['stack']).not.toEqual([]);
    expect(JSON.stringify(other)).toContain('log.test.ts');
    expect(JSON.stringify(other)).not.toMatch(/Rita|home|a:1:1/);
  });

  it('tells where an error of another thread came from, without its message', () => {
    const cause = 'Error: Rita wrote this\n    at read (file:///store/reader.ts:1:2)';
    const told = logged(new Error('Rita', { cause }));
    expect(told['cause']).toEqual({ stack: ['    at read (file:///store/reader.ts:1:2)'] });
  });
});

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

let dataFolder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'muster-main-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(dataFolder, { recursive: true, force: true });
});

/** Runs the process that listens, its threads from their sources as a desk runs them. `said` grows as it speaks; `ended` resolves with its exit code. */
function start(env: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    env: { ...process.env, MUSTER_THREADS: undefined, MUSTER_DATA: dataFolder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const output = { said: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output.said += chunk.toString()));
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { output, ended, signal: (name: NodeJS.Signals) => child.kill(name) };
}

describe('the process', () => {
  it('says where it listens and how to set up, and stops when told', async () => {
    const { output, ended, signal } = start({ PORT: '0' });
    await expect.poll(() => output.said, { timeout: 60_000 }).toMatch(/set-up#\S+/);
    const address = /listens on (\S+)/.exec(output.said)?.[1] ?? '';
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    signal('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('says plainly that a port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    const { output, ended } = start({ PORT: String(port) });
    expect(await ended).toBe(1);
    expect(output.said).toBe(
      `Port ${port} is taken by another program. Stop it, or set PORT to another port.\n`,
    );
    taken.close();
  });

  it('names bad settings and touches nothing', async () => {
    const { output, ended } = start({ PORT: 'many' });
    expect(await ended).toBe(1);
    expect(output.said).toContain('PORT: must be a number');
    await expect(readFile(join(dataFolder, 'muster.db'))).rejects.toThrow('ENOENT');
  });
});

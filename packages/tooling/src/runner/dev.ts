/** `pnpm dev`: the server, restarted on change, beside vite with its hot reload. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';

/** Runs both until one ends or a signal comes, then ends the other; resolves to the exit code. */
export function runDev(args: readonly string[]): Promise<number> {
  const inherit = { stdio: 'inherit', shell: process.platform === 'win32' } as const;
  const vite = join(root, 'web', 'node_modules', '.bin', 'vite');
  const children: ChildProcess[] = [
    spawn('node', ['--watch', 'server/src/main.ts', '--demo', ...args], { cwd: root, ...inherit }),
    spawn(vite, ['dev'], { cwd: join(root, 'web'), ...inherit }),
  ];
  const endAll = () => children.forEach((child) => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, endAll);
    for (const child of children) {
      child.on('exit', (code) => {
        endAll();
        resolve(code ?? 0);
      });
    }
  });
}

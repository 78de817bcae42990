/** For tests: a server in a process of its own, to be killed at a bad moment. Nothing here is used when serving. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { onTestFinished } from 'vitest';

/** Ended with the test, however that ends: one that is left alone keeps the whole run from its end. */
export function startChild(file: string, ...args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [file, ...args], { stdio: 'inherit' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

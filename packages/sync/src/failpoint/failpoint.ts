import type { FailpointName } from './names.ts';

/** What a test does when the process comes to a place: kill it, throw, hold it up. */
export type FailpointHook = (name: FailpointName) => void;

let hook: FailpointHook | null = null;

/** A named place where a test may let this thread fail. Nothing but a look at one variable unless a test has armed it. */
export function failpoint(name: FailpointName): void {
  if (hook !== null) hook(name);
}

/** For tests, in this thread: from now on `next` is told of each place that is reached; null disarms. */
export function armFailpoints(next: FailpointHook | null): void {
  hook = next;
}

let turn: Promise<unknown> = Promise.resolve();

/**
 * Threads start and end one at a time in a process. Each strips the types of its modules through WebAssembly while
 * it starts, and V8 can end the whole process when two threads do so at once (it frees a shared import wrapper
 * twice; seen with V8 13.6).
 */
export function inTurn<T>(step: () => Promise<T>): Promise<T> {
  const mine = turn.then(step);
  turn = mine.catch(() => undefined);
  return mine;
}

/** What the bench has a page measure. Each function runs in the page, so that it may name nothing of this file. */

/** By how many steps are done: when the page had painted so, in epoch ms. */
export type Painted = Record<number, number>;

/** Notes from now on when the number of done steps in the head of the checklist is painted. */
export function watchDone(): Painted {
  const painted: Painted = {};
  const head = document.querySelector('section[aria-label="Checklist"] header');
  if (head === null) throw new Error('the checklist is not on the page');
  const look = () => {
    const done = Number(/(\d+) of \d+/.exec(head.textContent ?? '')?.[1] ?? -1);
    requestAnimationFrame(() => {
      const at = performance.timeOrigin + performance.now();
      painted[done] ??= at;
    });
  };
  new MutationObserver(look).observe(head, { subtree: true, childList: true, characterData: true });
  look();
  return painted;
}

/** Notes of each of these steps when its row is painted as done, in epoch ms. */
export function watchRows(steps: readonly string[]): Record<string, number> {
  const painted: Record<string, number> = {};
  const list = document.querySelector('[role="list"][aria-label="Steps of the checklist"]');
  if (list === null) throw new Error('the steps are not on the page');
  const wanted = new Set(steps);
  const look = () => {
    const done = [...list.querySelectorAll('[data-step].done')].flatMap((row) => {
      const step = row.getAttribute('data-step') ?? '';
      return wanted.has(step) && painted[step] === undefined ? [step] : [];
    });
    requestAnimationFrame(() => {
      const at = performance.timeOrigin + performance.now();
      for (const step of done) painted[step] ??= at;
    });
  };
  new MutationObserver(look).observe(list, { subtree: true, childList: true, attributeFilter: ['class'] });
  return painted;
}

/** What the bench has a page measure. Each function runs in the page, so that it may name nothing of this file. */

/** What a page noted of an entry that somebody else writes. Instants are epoch ms, at the paint that showed it. */
export interface Seen {
  /** By length of the text: when it was shown so long. */
  readonly text: Record<number, number>;
  /** Each new place of the other's caret, by the characters before it. */
  readonly carets: { readonly place: number; readonly at: number }[];
}

/** Notes from now on when the words and the caret of an entry are painted. */
export function watchEntry(id: string): Seen {
  const seen: Seen = { text: {}, carets: [] };
  const list = document.querySelector('[role="list"][aria-label^="Timeline"]');
  if (list === null) throw new Error('the timeline is not on the page');
  const look = () => {
    // a line that was out of sight for a moment is another element
    const words = list.querySelector(`[data-entry="${id}"] .text`);
    let length = 0;
    let place = -1;
    for (const part of words?.childNodes ?? []) {
      if (part instanceof Text) length += part.data.length;
      else if (part instanceof Element && part.matches('.caret')) place = length;
    }
    requestAnimationFrame(() => {
      const at = performance.timeOrigin + performance.now();
      seen.text[length] ??= at;
      if (place >= 0 && seen.carets.at(-1)?.place !== place) seen.carets.push({ place, at });
    });
  };
  new MutationObserver(look).observe(list, { subtree: true, childList: true, characterData: true });
  look();
  return seen;
}

/** Durations, in ms, of frames and of tasks over 50 ms from now on. */
export interface Pace {
  readonly frames: number[];
  readonly tasks: number[];
}

export function watchPace(): Pace {
  const pace: Pace = { frames: [], tasks: [] };
  new PerformanceObserver((list) =>
    pace.tasks.push(...list.getEntries().map(({ duration }) => duration)),
  ).observe({ type: 'longtask' });
  let last = performance.now();
  const step = (now: number) => {
    pace.frames.push(now - last);
    last = now;
    requestAnimationFrame(step);
  };
  requestAnimationFrame((now) => {
    last = now;
    requestAnimationFrame(step);
  });
  return pace;
}

/** Instants of keys, in epoch ms, and how long each took to its own paint. */
export interface Keys {
  readonly at: number[];
  readonly painted: number[];
}

export function watchKeys(): Keys {
  const keys: Keys = { at: [], painted: [] };
  addEventListener(
    'keydown',
    () => {
      const from = performance.now();
      keys.at.push(performance.timeOrigin + from);
      requestAnimationFrame(() => setTimeout(() => keys.painted.push(performance.now() - from)));
    },
    { capture: true },
  );
  return keys;
}

/** Moves the replay to each instant; how long, in ms, each took to be painted. */
export async function scrub(instants: readonly number[]): Promise<number[]> {
  const bar = document.querySelector<HTMLInputElement>('input[type="range"]');
  if (bar === null) throw new Error('there is no bar to move');
  const times: number[] = [];
  for (const at of instants) {
    const from = performance.now();
    bar.value = String(at);
    bar.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    times.push(performance.now() - from);
  }
  return times;
}

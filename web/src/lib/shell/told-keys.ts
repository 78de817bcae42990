import { ways } from './key-chords.ts';
import type { Act, ActGroup } from './shortcuts.svelte.ts';

export interface ToldGroup {
  readonly context: string;
  readonly lines: readonly { readonly act: Act; readonly keys: readonly string[] }[];
}

/**
 * What the key sheet tells, the innermost screen first. A key that an inner screen takes is not told again for an
 * outer one, which does not get it there (DSK-211).
 */
export function toldKeys(groups: readonly ActGroup[]): readonly ToldGroup[] {
  const taken = new Set<string>();
  return groups
    .map(({ context, acts }) => {
      const lines = acts.map((act) => ({ act, keys: ways(act).filter((keys) => !taken.has(keys)) }));
      for (const { keys } of lines) for (const each of keys) taken.add(each);
      return { context, lines: lines.filter(({ keys }) => keys.length > 0) };
    })
    .filter(({ lines }) => lines.length > 0);
}

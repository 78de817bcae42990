/** Words for a whole call chain: one plain sentence. */
import type { Chain, ChainFault } from '@muster/domain/shared';
import { sentence } from './say.ts';
import { minutesWords, whomWords } from './whom.ts';
import type { ChainNames } from './whom.ts';

/**
 * `Calls Ana Lind; after 5 minutes everybody in Network; nobody answers within 10 minutes: begins anew twice, then
 * tells the managers of major incidents.`
 */
export function chainWords({ steps, repeats }: Pick<Chain, 'steps' | 'repeats'>, names: ChainNames): string {
  if (steps.length === 0) return 'Calls nobody yet.';
  const parts: string[] = [];
  let waited = 0;
  for (const step of steps) {
    if (step.kind === 'wait') waited += step.minutes;
    else {
      const when = waited > 0 ? `after ${minutesWords(waited)} ` : parts.length > 0 ? 'and at once ' : '';
      parts.push(`${when}${parts.length === 0 ? 'calls ' : ''}${whomWords(step, names)}`);
      waited = 0;
    }
  }
  if (parts.length === 0) return 'Calls nobody yet.';
  const again =
    repeats === 0 ? '' : `begins anew ${repeats === 1 ? 'once' : `up to ${repeats} times`}, then `;
  const end = waited === 0 ? 'Then' : `If nobody answers within ${minutesWords(waited)}, it`;
  return `${sentence(parts.join('; '))}. ${end} ${again}tells the managers of major incidents.`;
}

export const CHAIN_FAULTS: Readonly<Record<ChainFault, string>> = {
  'calls-nobody': 'A chain needs at least one step that calls somebody.',
  'ends-without-wait': 'End with a wait, so that whoever is called last has time to answer.',
};

import type { Muster, SentCommand } from '#lib/live/muster.ts';
import { showToast } from '#lib/ui/toast.ts';
import { callDoneWords, callWaitsWords } from '#lib/wording/calls.ts';
import { sentence } from '#lib/wording/say.ts';
import { sayOf } from '../acts/say.ts';

/**
 * Says what became of "I have it". Others are called until the server has it, so that it alone lets one say that nobody
 * is; what it answers otherwise stands in the attention tray. For what was kept here, after it was.
 */
export function sayAnswered(muster: Muster, { target, settled }: SentCommand): void {
  const say = sayOf(muster);
  const tell = (words: string) => showToast(sentence(`${say.record(target)}: ${words}`));
  if (muster.saving.connection !== 'live') tell(callWaitsWords());
  void settled.then(({ outcome }) => {
    if (outcome === 'applied') tell(callDoneWords({ verb: 'acknowledge-call', team: null }, say));
  });
}

import type { AppendOutcome, AppendRequest } from '../store.ts';
import { reviveError } from './errors.ts';
import { GROUP_LIMITS } from './group-commit.ts';
import { packAppends, unpackOutcome } from './packed-appends.ts';
import type { AppendAnswer } from './protocol.ts';
import type { Thread } from './thread.ts';

interface Call {
  readonly requests: readonly AppendRequest[];
  readonly resolve: (outcomes: readonly AppendOutcome[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Hands appends to the writer's thread: what documents ask for at once, and all that is asked for while a message is
 * with the writer, goes in the next one. So messages and commits grow with the load, and a lone append goes at once.
 */
export class AppendSender {
  readonly #thread: Pick<Thread, 'call'>;
  #calls: Call[] = [];
  #state: 'idle' | 'scheduled' | 'sent' = 'idle';

  constructor(thread: Pick<Thread, 'call'>) {
    this.#thread = thread;
  }

  append(requests: readonly AppendRequest[]): Promise<readonly AppendOutcome[]> {
    return new Promise((resolve, reject) => {
      this.#calls.push({ requests, resolve, reject });
      if (this.#state !== 'idle') return;
      this.#state = 'scheduled';
      queueMicrotask(() => void this.#send());
    });
  }

  async #send(): Promise<void> {
    const calls = this.#take();
    this.#state = calls.length === 0 ? 'idle' : 'sent';
    if (calls.length === 0) return;
    const packed = packAppends(calls.flatMap(({ requests }) => requests));
    const answer = this.#thread.call('appendAll', [packed], [packed.numbers.buffer, packed.bytes.buffer]);
    try {
      const answered = (await answer) as AppendAnswer;
      void this.#send();
      settle(calls, answered);
    } catch (error) {
      void this.#send();
      for (const { reject } of calls) reject(error);
    }
  }

  /** As many calls as go into one commit; a call is never taken apart. */
  #take(): readonly Call[] {
    let count = 0;
    let bytes = 0;
    let taken = 0;
    for (const { requests } of this.#calls) {
      const size = requests.reduce((sum, { update }) => sum + update.length, 0);
      const fits = count + requests.length <= GROUP_LIMITS.maxJobs && bytes + size <= GROUP_LIMITS.maxBytes;
      if (taken > 0 && !fits) break;
      count += requests.length;
      bytes += size;
      taken += 1;
    }
    return this.#calls.splice(0, taken);
  }
}

/** A call is about one document, so that what failed of its appends failed for all of them. */
function settle(calls: readonly Call[], { outcomes, failed }: AppendAnswer): void {
  let place = 0;
  for (const { requests, resolve, reject } of calls) {
    const own = outcomes.subarray(place, place + requests.length);
    const failure = failed.find(({ name }) => name === requests[0]?.name);
    place += requests.length;
    if (failure === undefined) resolve(Array.from(own, unpackOutcome));
    else reject(reviveError(failure.error));
  }
}

import type { CommandEnvelope, CommandOutcome } from '@muster/domain/shared';
import type { Line } from './line.ts';
import type { Random } from './random.ts';

/** Calls the server as one person; answers as `fetch` does. */
export type Call = (body: string, signal: AbortSignal) => Promise<Response>;

const BATCH_AT_MOST = 100;

/**
 * Sends somebody's commands the way a bad network does: kept while the line is down, in batches after it, now and
 * then twice at once, or again because nobody heard the answer. Remembers what was answered to each.
 */
export class Author {
  readonly sent: CommandEnvelope[] = [];
  /** The outcome of each command, by its id. */
  readonly outcomes = new Map<string, CommandOutcome>();
  /** Answers that differ from what was answered before to the same id; a good server gives none. */
  readonly contradictions: string[] = [];
  readonly #call: Call;
  readonly #line: Pick<Line, 'isUp'>;
  readonly #random: Random;
  #waiting: CommandEnvelope[] = [];

  constructor(call: Call, line: Pick<Line, 'isUp'>, random: Random) {
    this.#call = call;
    this.#line = line;
    this.#random = random;
  }

  /** Does something: now when there is a network, when it comes back otherwise. */
  async act(...commands: readonly CommandEnvelope[]): Promise<void> {
    this.#waiting.push(...commands);
    await this.flush();
  }

  /** Sends what waits, in order. */
  async flush(): Promise<void> {
    while (this.#line.isUp && this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH_AT_MOST);
      this.sent.push(...batch);
      await this.#deliver(batch);
    }
  }

  /** Sends everything once more from a place in `sent` on, as a device does that heard no answer. */
  async resend(from = 0): Promise<void> {
    for (let at = from; at < this.sent.length; at += BATCH_AT_MOST) {
      await this.#post(this.sent.slice(at, at + BATCH_AT_MOST));
    }
  }

  async #deliver(batch: readonly CommandEnvelope[]): Promise<void> {
    const luck = this.#random.below(100);
    if (luck < 10) await this.#postAndHearNothing(batch);
    await (luck > 85 ? Promise.all([this.#post(batch), this.#post(batch)]) : this.#post(batch));
  }

  async #post(batch: readonly CommandEnvelope[]): Promise<void> {
    const answer = await this.#call(JSON.stringify(batch), new AbortController().signal);
    if (!answer.ok) throw new Error(`commands answered ${answer.status}: ${await answer.text()}`);
    for (const outcome of (await answer.json()) as CommandOutcome[]) this.#note(outcome);
  }

  /** The request leaves, and the connection goes before the answer is read. */
  async #postAndHearNothing(batch: readonly CommandEnvelope[]): Promise<void> {
    const abort = new AbortController();
    const request = this.#call(JSON.stringify(batch), abort.signal);
    setImmediate(() => abort.abort());
    await request.then(
      (answer) => answer.body?.cancel(),
      () => undefined,
    );
  }

  #note(outcome: CommandOutcome): void {
    const before = this.outcomes.get(outcome.id);
    this.outcomes.set(outcome.id, before ?? outcome);
    const [told, tells] = [JSON.stringify(before ?? outcome), JSON.stringify(outcome)];
    if (told !== tells) this.contradictions.push(`${outcome.id}: ${told}, then ${tells}`);
  }
}

import type { Release, Step } from '@muster/domain/release';
import type { PendingCommand } from '../../connection/pending-command.ts';
import { Grains } from '../grains.ts';
import { releaseActOf } from './release-acts.ts';

/**
 * The checklist of one release as it is shown. Only what differs is told, so that a tick costs one row of the
 * checklist. Steps that did not change stay the same objects.
 */
export class HeldSteps {
  readonly #steps = new Grains<string>();
  readonly #order = new Grains<'order'>();
  #byId: ReadonlyMap<string, Step> = new Map();
  #pending: ReadonlySet<string> = new Set();

  /** In order. Subscribes to which there are. */
  get ids(): readonly string[] {
    this.#order.read('order');
    return [...this.#byId.keys()];
  }

  /** Subscribes to this one only. */
  get(id: string): Step | undefined {
    this.#steps.read(id);
    return this.#byId.get(id);
  }

  /** Whether an own act on it waits for the server. Subscribes to this one only. */
  isPending(id: string): boolean {
    this.#steps.read(id);
    return this.#pending.has(id);
  }

  /** The release is shown like this now, and these own acts wait. */
  take(release: Release | null, waiting: readonly PendingCommand[]): void {
    const [before, pendingBefore] = [this.#byId, this.#pending];
    const steps = new Map((release?.steps ?? []).map((step) => [step.id, step]));
    const pending = stepsOf(waiting);
    this.#byId = steps;
    this.#pending = pending;
    for (const id of new Set([...before.keys(), ...steps.keys()]))
      if (before.get(id) !== steps.get(id) || pendingBefore.has(id) !== pending.has(id)) this.#steps.tell(id);
    const [was, is] = [[...before.keys()], [...steps.keys()]];
    if (was.length !== is.length || was.some((id, index) => id !== is[index])) this.#order.tell('order');
  }
}

function stepsOf(waiting: readonly PendingCommand[]): ReadonlySet<string> {
  return new Set(
    waiting.flatMap(({ envelope }) => {
      const act = releaseActOf(envelope);
      return act !== null && 'step' in act ? [act.step] : [];
    }),
  );
}

/** What is done on the page of a change. */
import { getContext, setContext } from 'svelte';
import type { ChangeAct } from '@muster/domain/change';
import type { RecordId } from '@muster/domain/shared';
import type { LiveChanges, RunOptions } from '#lib/live/change/live-changes.ts';
import type { Muster, SentCommand } from '#lib/live/muster.ts';
import { sayWith } from '#lib/shell/say.svelte.ts';
import { showToast } from '#lib/ui/toast.ts';
import { changeRefusalWords } from '#lib/wording/change-refusals.ts';
import { sentence } from '#lib/wording/say.ts';

/** The acts of one page: done at once, with a word when the rules refuse. */
export class ChangeActs {
  readonly id: RecordId;
  readonly changes: LiveChanges;
  readonly #muster: Muster;

  constructor(id: RecordId, changes: LiveChanges, muster: Muster) {
    this.id = id;
    this.changes = changes;
    this.#muster = muster;
  }

  /** Whether it is on its way; why not is said. */
  async run(act: ChangeAct, options: RunOptions = {}): Promise<boolean> {
    const why = await this.refusal(act, options);
    if (why !== null) showToast('That was not done', { tone: 'warning', detail: why });
    return why === null;
  }

  /** Why an act was refused on this device already, in words; null when it is on its way. */
  refusal(act: ChangeAct, options: RunOptions = {}): Promise<string | null> {
    return this.whyNot(this.send(act, options));
  }

  send(act: ChangeAct, options: RunOptions = {}): SentCommand {
    return this.changes.run(this.id, act, options);
  }

  /** Why what was sent was refused on this device already; null when it is on its way. */
  async whyNot(sent: SentCommand): Promise<string | null> {
    const answer = await sent.kept;
    if (answer === 'kept' || answer.outcome === 'applied') return null;
    const say = sayWith(this.#muster);
    if (answer.outcome === 'refused') return changeRefusalWords(answer.refusal, say);
    return `${sentence(say.person(answer.by.person))} was faster, at ${say.time(answer.by.at)}: it is done already.`;
  }

  /** Why the rules would refuse it just now, in words; null when they would not. */
  wouldRefuse(act: ChangeAct): string | null {
    const refusal = this.changes.refusalOf(this.id, act);
    return refusal === null ? null : changeRefusalWords(refusal, sayWith(this.#muster));
  }
}

const KEY = Symbol('acts of a change');

export function setActs(acts: ChangeActs): void {
  setContext(KEY, acts);
}

export function getActs(): ChangeActs {
  return getContext<ChangeActs>(KEY);
}

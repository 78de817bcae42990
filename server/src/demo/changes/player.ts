import type { Change, ChangeAct, TemplateAct } from '@muster/domain/change';
import { commandId } from '@muster/domain/shared';
import type { Actor, Outcome, RecordId, RefusalContent } from '@muster/domain/shared';
import { stableId, stableRecordId } from '../../import/stable-id.ts';
import { changeOf } from '../../store/changes.ts';
import type { Store } from '../../store/store.ts';
import { DEMO_SOURCE } from '../tickets.ts';

/** Thrown where what a play counts on was refused. */
export class Refused extends Error {
  readonly refusal: RefusalContent;

  constructor(what: string, refusal: RefusalContent) {
    super(`demonstration: ${what} was refused with ${JSON.stringify(refusal)}`);
    this.refusal = refusal;
  }
}

/** Ends a play quietly: what would come next lies in the future. */
export class NotYet extends Error {}

/**
 * Acts out the life of one change, or of one template, by the commands that people use, each at its time: what the
 * rules refuse cannot be in the demonstration.
 */
export class Player {
  readonly id: RecordId;
  readonly #store: Store;
  readonly #key: string;
  readonly #now: number;
  readonly #until: (at: number) => Promise<void>;
  #count = 0;
  #change: Change | null = null;

  /** @param until Resolves when an act may happen; at once where nothing else looks on */
  constructor(store: Store, key: string, now: number, until = (_at: number) => Promise.resolve()) {
    this.#store = store;
    this.#key = key;
    this.#now = now;
    this.#until = until;
    this.id = stableRecordId(DEMO_SOURCE, key);
  }

  get change(): Change {
    if (this.#change === null) throw new Error(`demonstration: ${this.#key} is not made yet`);
    return this.#change;
  }

  /** @throws NotYet when the time has not come, Refused when the rules say no. */
  async act(actor: Actor, at: number, { verb, ...args }: ChangeAct): Promise<void> {
    const outcome = await this.#run(actor, at, `change.${verb}`, args, this.#change?.version ?? 0);
    if (outcome.outcome === 'refused') throw new Refused(`change.${verb} of ${this.#key}`, outcome.refusal);
    const row = await this.#store.reader
      .selectFrom('change')
      .select('data')
      .where('id', '=', this.id)
      .executeTakeFirstOrThrow();
    this.#change = changeOf(row);
  }

  async actOnTemplate(actor: Actor, at: number, { verb, ...args }: TemplateAct): Promise<void> {
    const outcome = await this.#run(actor, at, `change-template.${verb}`, args, this.#count);
    if (outcome.outcome === 'refused')
      throw new Refused(`change-template.${verb} of ${this.#key}`, outcome.refusal);
  }

  async #run(actor: Actor, at: number, type: string, args: unknown, basis: number): Promise<Outcome> {
    if (at > this.#now) throw new NotYet();
    await this.#until(at);
    const id = commandId(stableId(DEMO_SOURCE, 'command', `${this.#key}-${this.#count}`));
    this.#count += 1;
    const command = { id, type, target: this.id, args, basis, clientAt: at };
    const [outcome] = await this.#store.commands.actOut([{ command, actor, at }]);
    if (outcome === undefined) throw new Error('demonstration: a command without an outcome');
    return outcome;
  }
}

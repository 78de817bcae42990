import type { Release, ReleaseAct } from '@muster/domain/release';
import { commandId } from '@muster/domain/shared';
import type { Actor, RecordId } from '@muster/domain/shared';
import { stableId, stableRecordId } from '../../import/stable-id.ts';
import { releaseOf } from '../../store/releases.ts';
import type { Store } from '../../store/store.ts';
import { DEMO_SOURCE } from '../tickets.ts';

/**
 * Acts out the life of one release by the commands that people use, each at its time; a refusal is an error, and so is what
 * would come after now.
 */
export class ReleasePlayer {
  readonly id: RecordId;
  readonly key: string;
  readonly #store: Store;
  readonly #now: number;
  #count = 0;
  #release: Release | null = null;

  constructor(store: Store, key: string, now: number) {
    this.#store = store;
    this.#now = now;
    this.key = key;
    this.id = stableRecordId(DEMO_SOURCE, key);
  }

  get release(): Release {
    if (this.#release === null) throw new Error(`demonstration: ${this.key} is not made yet`);
    return this.#release;
  }

  async act(actor: Actor, at: number, { verb, ...args }: ReleaseAct): Promise<void> {
    if (at > this.#now) throw new Error(`demonstration: ${verb} of ${this.key} lies in the future`);
    const id = commandId(stableId(DEMO_SOURCE, 'command', `${this.key}-${this.#count}`));
    this.#count += 1;
    const type = `release.${verb}`;
    const basis = this.#release?.version ?? 0;
    const command = { id, type, target: this.id, args, basis, clientAt: at };
    const [outcome] = await this.#store.commands.actOut([{ command, actor, at }]);
    if (outcome?.outcome !== 'applied')
      throw new Error(`demonstration: ${type} of ${this.key}: ${JSON.stringify(outcome)}`);
    const row = await this.#store.reader
      .selectFrom('release')
      .select('data')
      .where('id', '=', this.id)
      .executeTakeFirstOrThrow();
    this.#release = releaseOf(row);
  }
}

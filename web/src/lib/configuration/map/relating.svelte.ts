import type { Relation, RelationAct } from '@muster/domain/configuration';
import type { ItemId, RecordId } from '@muster/domain/shared';
import type { LiveConfiguration } from '#lib/live/configuration/live-configuration.ts';
import { showToast } from '#lib/ui/toast.ts';

/** For whoever may work on the configuration. */
export interface MapWork {
  readonly live: LiveConfiguration;
  /** Why it was not done, in words; null when it is on its way. */
  readonly run: (id: RecordId, act: RelationAct) => Promise<string | null>;
}

/** Relating one item of the map to the one that is chosen next. */
export class Relating {
  readonly #work: () => MapWork | null;
  #from = $state<ItemId | null>(null);
  #other = $state<ItemId | null>(null);

  constructor(work: () => MapWork | null) {
    this.#work = work;
  }

  get live(): LiveConfiguration | null {
    return this.#work()?.live ?? null;
  }

  /** The item that is related, while that is being done. */
  get item() {
    const { live } = this;
    void live?.revision;
    return this.#from === null ? undefined : live?.itemOf(this.#from);
  }

  /** The other end, once it is chosen; null while there is none. */
  get other(): ItemId | null {
    return this.item === undefined ? null : this.#other;
  }

  /** Whether the next that is chosen is the other end. */
  get isChoosing(): boolean {
    return this.item !== undefined && this.#other === null;
  }

  /** Services are the directory's: they are related from the other end. */
  mayBegin(id: ItemId): boolean {
    void this.live?.revision;
    return this.live?.itemOf(id) !== undefined;
  }

  begin(id: ItemId): void {
    [this.#from, this.#other] = [id, null];
  }

  /** The same item once more is no other end. */
  choose(id: ItemId): void {
    if (this.isChoosing && id !== this.#from) this.#other = id;
  }

  end(): void {
    [this.#from, this.#other] = [null, null];
  }

  /** Why it was not done, in words; null when it is on its way, which may be taken back. */
  async add(relation: Omit<Relation, 'id'>): Promise<string | null> {
    const work = this.#work();
    if (work === null) return 'You may not work on the configuration any more.';
    const id = work.live.newId();
    const problem = await work.run(id, { verb: 'add', ...relation });
    if (problem === null)
      showToast(saidOf(work.live, relation), { tone: 'success', undo: () => void takeBack(work, id) });
    return problem;
  }
}

async function takeBack({ run }: MapWork, id: RecordId): Promise<void> {
  const problem = await run(id, { verb: 'remove' });
  if (problem !== null) showToast('The relation stays', { detail: problem, tone: 'danger' });
}

/** 'Shop runs on host-1' */
function saidOf(live: LiveConfiguration, { type, from, to }: Omit<Relation, 'id'>): string {
  const words = live.types.get(type)?.name.toLowerCase() ?? 'is related to';
  return `${live.nameOf(from)} ${words} ${live.nameOf(to)}`;
}

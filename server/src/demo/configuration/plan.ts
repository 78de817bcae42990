/** What the map of the demonstration is to hold, gathered before it is written: items by key, relations by their ends. */
import type { AttributeValues, Criticality, ItemState, Redundancy } from '@muster/domain/configuration';
import type { ItemId, PersonId, RecordId } from '@muster/domain/shared';
import { stableRecordId } from '../../import/stable-id.ts';
import type { DemoTeamName } from '../organisation.ts';
import { Random } from '../random.ts';
import { DEMO_SOURCE } from '../tickets.ts';

export interface PlannedItem {
  readonly id: RecordId;
  readonly class: string;
  readonly name: string;
  readonly team: DemoTeamName;
  /** Somebody of the team when nobody is said. */
  readonly owner: PersonId | null;
  readonly state: ItemState;
  readonly criticality: Criticality | null;
  readonly attributes: AttributeValues;
  readonly redundancy: readonly Redundancy[];
  /** When it was made, and never looked at since; all others were confirmed lately. */
  readonly forgotten: boolean;
  /** Nobody owns it. */
  readonly unowned: boolean;
}

export interface PlannedRelation {
  readonly id: RecordId;
  readonly type: string;
  readonly from: ItemId;
  readonly to: ItemId;
}

type Details = Partial<Omit<PlannedItem, 'id' | 'class' | 'name' | 'team'>>;

const SEED = 400;

export class MapPlan {
  readonly items: PlannedItem[] = [];
  readonly relations: PlannedRelation[] = [];
  readonly random = new Random(SEED);
  readonly #serials = new Random(SEED + 1);

  item(itemClass: string, name: string, team: DemoTeamName, details: Details = {}): RecordId {
    const id = stableRecordId(DEMO_SOURCE, `item-${this.items.length + 1}`);
    const nothing = {
      ...{ owner: null, criticality: null, attributes: {}, redundancy: [] },
      ...{ forgotten: false, unowned: false },
    };
    this.items.push({ id, class: itemClass, name, team, state: 'in_service', ...nothing, ...details });
    return id;
  }

  relate(from: ItemId, type: string, ...ends: readonly ItemId[]): void {
    for (const to of ends) {
      const id = stableRecordId(DEMO_SOURCE, `relation-${this.relations.length + 1}`);
      this.relations.push({ id, type, from, to });
    }
  }

  /** Something of a series, in turn. */
  turn<Each>(each: readonly Each[], at: number): Each {
    const one = each[at % each.length];
    if (one === undefined) throw new Error('demonstration: nothing to take a turn of');
    return one;
  }

  serial(): string {
    return this.#serials.between(60_466_176, 2_176_782_335).toString(36).toUpperCase();
  }

  /** Of what was bought so many years ago or less, and has five years of warranty. */
  warranty(): string {
    const year = 2026 + this.random.between(0, 4);
    return `${year}-${String(this.random.between(1, 12)).padStart(2, '0')}-15`;
  }
}

/** So many of them must stand. */
export function needs(relation: string, minimum: number): readonly Redundancy[] {
  return [{ relation, by: 'count', minimum }];
}

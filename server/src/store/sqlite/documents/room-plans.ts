import { planDigests } from '@muster/documents/change';
import type { PlanDigests } from '@muster/domain/change';
import type { WriteUnit } from '../write-unit.ts';
import { docOf } from './fold.ts';
import type { DocumentLogTables } from './log.ts';

const KEPT_ROOMS = 1_000;

/** Digests of the plans in rooms, read once for each state of a room: every command on a change asks for them. */
export class RoomPlans {
  readonly #log: DocumentLogTables;
  readonly #known = new Map<string, { readonly seq: number; readonly plans: PlanDigests }>();

  constructor(log: DocumentLogTables) {
    this.#log = log;
  }

  /** As the room is in this transaction; null for one that nobody opened, or that is damaged. */
  of(unit: WriteUnit, room: string): PlanDigests | null {
    const row = this.#log.find(room);
    if (row === undefined || row.damaged_at !== null) return null;
    const known = this.#known.get(room);
    if (known?.seq === row.head_seq) return known.plans;
    const { snapshot, tail, damage } = this.#log.read(row);
    if (damage !== null) return null;
    const doc = docOf(snapshot, tail);
    const plans = planDigests(doc);
    doc.destroy();
    // what is taken back leaves its sequence to something else
    unit.onUndo(() => this.#known.clear());
    if (this.#known.size >= KEPT_ROOMS) this.#known.clear();
    this.#known.set(room, { seq: row.head_seq, plans });
    return plans;
  }
}

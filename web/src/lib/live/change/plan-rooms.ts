import { planDigest } from '@muster/documents/change';
import { PLANS } from '@muster/domain/change';
import type { PlanDigests, PlanName } from '@muster/domain/change';
import type { RecordId } from '@muster/domain/shared';
import type { LiveRoom, Muster } from '../muster.ts';
import type * as Y from 'yjs';

/** The four plans of a change in its room, open as long as its page is. */
export class PlanRooms {
  readonly rooms: ReadonlyMap<PlanName, LiveRoom>;

  constructor(id: RecordId, muster: Pick<Muster, 'openRoom'>) {
    this.rooms = new Map(PLANS.map((plan) => [plan, muster.openRoom(id, plan)]));
  }

  /** What this device's room says, as the rules know it; undefined while the room is not here. */
  digests(): PlanDigests | undefined {
    const fragment = this.rooms.get('implementation')?.fragment as Y.XmlFragment | null | undefined;
    const doc = fragment?.doc;
    if (doc === null || doc === undefined || this.rooms.get('implementation')?.loaded !== true)
      return undefined;
    return Object.fromEntries(PLANS.map((plan) => [plan, planDigest(doc, plan)]));
  }

  close(): void {
    for (const room of this.rooms.values()) room.close();
  }
}

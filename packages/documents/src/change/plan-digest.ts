import { PLANS } from '@muster/domain/change';
import type { PlanDigests, PlanName } from '@muster/domain/change';
import type * as Y from 'yjs';
import { proseDigest } from '../prose-digest.ts';
import { roomFragment } from '../room.ts';

/** What a plan says, as one digest. */
export function planDigest(room: Y.Doc, plan: PlanName): string {
  return proseDigest(roomFragment(room, plan));
}

/** All plans of a room. */
export function planDigests(room: Y.Doc): Required<PlanDigests> {
  return Object.fromEntries(PLANS.map((plan) => [plan, planDigest(room, plan)])) as Required<PlanDigests>;
}

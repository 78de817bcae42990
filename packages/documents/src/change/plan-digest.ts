import { contentHash } from '@muster/domain/shared';
import { PLANS } from '@muster/domain/change';
import type { PlanDigests, PlanName } from '@muster/domain/change';
import * as Y from 'yjs';
import { roomFragment, textOf } from '../room.ts';

/**
 * What a plan says, as one digest: words, marks and blocks, the same for every copy of the room with the same content.
 * Empty for a text without words.
 */
export function planDigest(room: Y.Doc, plan: PlanName): string {
  const fragment = roomFragment(room, plan);
  return textOf(fragment).trim() === '' ? '' : contentHash(contentOf(fragment));
}

/** All plans of a room. */
export function planDigests(room: Y.Doc): Required<PlanDigests> {
  return Object.fromEntries(PLANS.map((plan) => [plan, planDigest(room, plan)])) as Required<PlanDigests>;
}

/** Nested lists, with what is a set in Yjs in the order of its names. */
function contentOf(node: Y.XmlFragment | Y.XmlElement): readonly unknown[] {
  return node.toArray().map((child): unknown => {
    if (child instanceof Y.XmlText) return runsOf(child);
    if (child instanceof Y.XmlElement)
      return [child.nodeName, sorted(child.getAttributes() as Record<string, unknown>), contentOf(child)];
    return null;
  });
}

function runsOf(text: Y.XmlText): unknown {
  const delta = text.toDelta() as readonly {
    readonly insert: unknown;
    readonly attributes?: Readonly<Record<string, unknown>>;
  }[];
  return delta.map(({ insert, attributes = {} }) => [
    typeof insert === 'string' ? insert : null,
    sorted(attributes),
  ]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, each]) => [key, sorted(each)]);
}

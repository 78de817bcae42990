import { appendPlainEvents, seedConfigurationBoard, writeItemRow } from '@muster/documents/configuration';
import type { ConfigurationItem, HistoryEvent } from '@muster/domain/configuration';
import type { Actor, Directory, ItemId, Recorded } from '@muster/domain/shared';
import * as Y from 'yjs';
import { Configuration } from '../configuration/configuration.ts';
import { heldHere } from './held-here.ts';
import { KeptActs } from './kept-acts.ts';

export const NOW = 1_780_000_000_000;

export const anItem = (
  id: ItemId,
  name: string,
  itemClass: string,
  more: Partial<ConfigurationItem> = {},
): ConfigurationItem => ({
  ...{ id, version: 1, number: 'CI-2026-00001', class: itemClass, name, state: 'in_service', owner: null },
  ...{ team: null, criticality: null, attributes: {}, redundancy: [], suspended: null, updatedAt: NOW },
  ...more,
});

/** The configuration of a device that has the board, with an outbox that sends nothing. */
export function heldConfiguration(
  actor: Actor,
  directory: Directory,
  items: readonly ConfigurationItem[],
  history: readonly Recorded<HistoryEvent>[] = [],
) {
  const doc = new Y.Doc();
  seedConfigurationBoard(doc);
  for (const [place, item] of items.entries()) writeItemRow(doc, place + 1, item);
  const journal = new Y.Doc();
  appendPlainEvents(journal, history);
  const outbox = new KeptActs();
  const live = new Configuration({
    ...{
      actor,
      outbox,
      knowsOrganisation: () => true,
      now: () => NOW,
      deviceNow: () => NOW,
      isLive: () => true,
    },
    shelf: { open: () => heldHere(journal), retryForbidden: () => undefined },
    directory: () => directory,
  });
  const rules = new Y.Doc();
  live.follow(heldHere(doc), heldHere(rules));
  return { doc, rules, outbox, live };
}

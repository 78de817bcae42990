/** What a server still has of what others had been shown before it died. */
import * as Y from 'yjs';
import type { Started } from '../servers/server.ts';
import { connectorTo } from './connector.ts';
import type { Member } from './member.ts';
import { visit } from './visit.ts';

export interface Shown {
  readonly document: string;
  readonly client: number;
  /** Updates of this client that another client has received. */
  readonly shown: number;
  /** Those that the server had called durable. */
  readonly acknowledged: number;
}

export interface Kept {
  readonly shown: number;
  readonly lostOfShown: number;
  readonly acknowledged: number;
  readonly lostOfAcknowledged: number;
}

export function shownBy(members: readonly Member[]): readonly Shown[] {
  return members.map(({ room, client, shown, acknowledged }) => ({
    document: room.name,
    client,
    shown,
    acknowledged: Math.max(0, acknowledged),
  }));
}

export async function compareWith(
  all: readonly Shown[],
  { cookies, ...server }: Started & { readonly cookies: readonly string[] },
): Promise<Kept> {
  const kept = { shown: 0, lostOfShown: 0, acknowledged: 0, lostOfAcknowledged: 0 };
  const connect = connectorTo(server, cookies, all.length);
  for (const [index, document] of [...new Set(all.map((one) => one.document))].entries()) {
    const { doc } = await visit(document, server.dialect, connect(index));
    const clocks = Y.decodeStateVector(Y.encodeStateVector(doc));
    for (const { client, shown, acknowledged } of all.filter((one) => one.document === document)) {
      const clock = clocks.get(client) ?? 0;
      kept.shown += shown;
      kept.lostOfShown += Math.max(0, shown - clock);
      kept.acknowledged += acknowledged;
      kept.lostOfAcknowledged += Math.max(0, acknowledged - clock);
    }
    doc.destroy();
  }
  return kept;
}

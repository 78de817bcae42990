/** How the n-th member of a crowd reaches the server. */
import { unreachable } from '@muster/domain/shared';
import type { Started } from '../servers/server.ts';
import type { Connect } from './member.ts';
import { RawSocket } from './raw-socket.ts';
import { Trunk } from './trunk.ts';

/** Documents that one tab of ours has open. */
const CHANNELS_EACH = 20;

export function connectorTo(
  { address, dialect }: Started,
  cookies: readonly string[],
  members: number,
): (index: number) => Connect {
  const cookieOf = (index: number): string | undefined => cookies[index % cookies.length];
  const direct =
    (more: string) =>
    (index: number): Connect =>
    (document, events) =>
      RawSocket.open(`${address}${document}${more}`, cookieOf(index), events);
  switch (dialect) {
    case 'acknowledged':
      return direct('?ext=1');
    case 'stock':
    case 'hocuspocus':
    case 'relay':
      return direct('');
    case 'channels': {
      const count = Math.ceil(members / CHANNELS_EACH);
      const trunks: Promise<Trunk>[] = [];
      return (index) => async (document, events) => {
        const trunk = await (trunks[index % count] ??= Trunk.open(address, cookieOf(index % count)));
        return trunk.channel(document, events);
      };
    }
    default:
      return unreachable(dialect);
  }
}

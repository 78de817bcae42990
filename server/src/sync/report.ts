import { unreachable } from '@muster/domain/shared';
import type { HostEvent } from '@muster/sync/server';
import type { Logger } from '../log.ts';

/** Writes what the sync machine tells into the log: faults of ours loudly, misuse and endings for who looks closer. */
export function reportTo(log: Logger): (event: HostEvent) => void {
  return (event) => {
    switch (event.type) {
      case 'rejected':
        return log.warn(
          { document: event.name, person: event.person, code: event.code },
          'an update was refused',
        );
      case 'malformed':
        return log.info({ session: event.session }, 'a malformed message');
      case 'closed':
        return log.debug(
          { session: event.session, document: event.name, code: event.code },
          'a socket closed',
        );
      case 'load-failed':
        return log.error({ document: event.name, error: event.cause }, 'a document could not be loaded');
      case 'append-failed':
        return log.error({ document: event.name, error: event.cause }, 'an update could not be kept');
      case 'fault':
        return log.error({ document: event.name, error: event.cause }, 'a fault in the sync machine');
      default:
        return unreachable(event);
    }
  };
}

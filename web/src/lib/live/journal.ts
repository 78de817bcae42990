import { journalName } from '@muster/documents';
import { readPlainEvents } from '@muster/documents/change';
import type { RecordId, Recorded } from '@muster/domain/shared';
import type { Shelf } from '../connection/shelf.ts';
import type { LiveJournal } from './change/live-changes.ts';
import { Grains } from './grains.ts';
import { WatchedDocument } from './watched-document.ts';

/** The journal of a record whose events are kept whole: a change's or a release's. Held until it is closed. */
export function openJournal<Event extends { readonly type: string }>(
  shelf: Pick<Shelf, 'open'>,
  id: RecordId,
): LiveJournal<Event> {
  const grains = new Grains<'events' | 'loaded'>();
  const handle = shelf.open(journalName(id));
  let read: readonly Recorded<Event>[] | null = null;
  const document = new WatchedDocument(() => {
    read = null;
    grains.tell('events');
  });
  const stop = handle.onChange(() => grains.tell('loaded'));
  document.follow(handle);
  return {
    get loaded() {
      grains.read('loaded');
      return handle.current === null || handle.current.loaded;
    },
    get events() {
      grains.read('events');
      return (read ??= document.doc === null ? [] : readPlainEvents<Event>(document.doc).events);
    },
    close() {
      stop();
      document.follow(undefined);
      handle.release();
    },
  };
}

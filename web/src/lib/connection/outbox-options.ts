import type { Api } from './api.ts';
import type { BackOffOptions } from './back-off.ts';
import type { StoredAttention } from './local-schema.ts';
import type { OutboxStore } from './outbox-store.ts';
import type { Exclusive, TabChannel } from './tabs.ts';

/** What an outbox needs of its tab, its device and the server. */
export interface OutboxOptions {
  readonly store: OutboxStore;
  readonly api: Pick<Api, 'commands'>;
  readonly tabs: TabChannel;
  /** Runs one at a time over all tabs. */
  readonly exclusive: Exclusive;
  readonly now: () => number;
  readonly onSignedOut: () => void;
  /** The server takes nothing from a page of this version any more. */
  readonly onTooOld?: () => void;
  /** The era that this device lives in. */
  readonly era?: () => Promise<string | null>;
  /** The server lives in another era: moves the device there; true when it has. */
  readonly onRestored?: () => Promise<boolean>;
  /** Server's clock minus this device's, in ms. */
  readonly clockOffsetMs?: () => number | null;
  /** Keeps a refused act that the disk could not move from the outbox. */
  readonly setAside?: (act: StoredAttention) => void;
  /** Milliseconds that pass evenly; the page's own by default. */
  readonly elapsed?: () => number;
  readonly backOff?: BackOffOptions;
}

import type { PersonId } from '@muster/domain/shared';
import type { Api } from './api.ts';
import type { Exclusive, TabChannel } from './tabs.ts';
import type { Transport } from './transport.ts';

/** What a connection is made of; the clock and what tabs share are the browser's unless a test brings its own. */
export interface ConnectionOptions {
  readonly person: PersonId;
  readonly api: Pick<Api, 'commands' | 'documents'> & Partial<Pick<Api, 'store'>>;
  readonly transport: Transport;
  readonly now?: () => number;
  /** What to show from the local copy before its boards are read. */
  readonly beforeBoards?: () => Promise<void>;
  readonly openTabs?: (name: string) => TabChannel;
  readonly exclusive?: (name: string) => Exclusive;
}

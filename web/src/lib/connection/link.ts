import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';

/** What ties one document to the server. The real one is `channel-link.ts`; tests of the parts above bring their own. */
export interface DocumentLink {
  readonly awareness: Awareness;
  /** True between the server's whole answer and the next loss of the connection. */
  readonly synced: boolean;
  /** True when the server has durably committed all that was made here, since the last connection. */
  readonly acknowledged: boolean;
  /** True for the origin of transactions that came over this link. */
  isOrigin(origin: unknown): boolean;
  /** Asks again after a close that would otherwise be final. */
  reconnect(): void;
  destroy(): void;
}

export interface LinkEvents {
  /** `synced` or `acknowledged` changed. */
  readonly changed: () => void;
  /** The server will not serve this document to this client again, or not as it is. */
  readonly closed: (reason: LinkClosed) => void;
  /** The document goes on under another name; this one is served a little longer. */
  readonly moved: (next: string) => void;
}

export type LinkClosed =
  /** 4401 */
  | 'session-ended'
  /** 4403 */
  | 'forbidden'
  /** 4404 */
  | 'gone'
  /** 4409: an update was refused; the document here and there are no longer the same. */
  | 'update-rejected'
  /** 4410: another epoch took its place. */
  | 'epoch-gone'
  /** 4426 */
  | 'client-too-old'
  /** Any other permanent close. */
  | 'refused';

export type OpenLink = (name: string, doc: Y.Doc, events: LinkEvents) => DocumentLink;

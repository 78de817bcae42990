import type { OpenLink } from './link.ts';

/** The one connection of this tab to the server, under all links. */
export interface Transport {
  readonly openLink: OpenLink;
  readonly state: 'open' | 'connecting' | 'closed';
  /** Server's clock minus this device's in ms, as last heard; null before the first word. */
  readonly clockOffsetMs: number | null;
  /** Told when `state` or the clock changes. */
  onChange(listener: () => void): () => void;
  /** Told when the server ended the session (4401) or will not speak with this version (4426). */
  onRefused(listener: (reason: 'session-ended' | 'client-too-old') => void): () => void;
  /** The device says that it has no network: lets go at once instead of waiting for a silent socket. */
  suspend(): void;
  /** Tries now: the network is back, somebody pressed retry, or the session is valid again. */
  resume(): void;
  close(): void;
}

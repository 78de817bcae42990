const KB = 1024;
const MB = 1024 * KB;
const SECOND = 1000;

/** Every bound of the sync server, all configurable and told in HELLO. Bytes and milliseconds. */
export const LIMITS = {
  frameBytes: MB,
  updateBytes: 256 * KB,
  /** The first step 2 of a connection brings what was done offline. */
  firstStepTwoBytes: MB,
  updateStructs: 5_000,
  firstStepTwoStructs: 50_000,
  deleteRanges: 50_000,
  /** Depth of shared types in one another; lists in lists of prose need their own. */
  nesting: 6,
  proseNesting: 24,
  documentBytes: 2 * MB,
  messagesPerSecond: 50,
  messageBurst: 200,
  bytesPerSecond: 512 * KB,
  byteBurst: 2 * MB,
  awarenessBytes: 2 * KB,
  awarenessEveryMs: 200,
  stockDocuments: 64,
  /** Sockets of many channels, of one session: one a tab. */
  channelSockets: 256,
  channels: 2_000,
  /** Above this a socket gets no deltas until it has drained. */
  bufferedSoftBytes: MB,
  bufferedHardBytes: 8 * MB,
  stalledMs: 30 * SECOND,
  keepAliveMs: 20 * SECOND,
  unloadMs: 30 * SECOND,
  oldEpochMs: 600 * SECOND,
} as const;

export type Limits = { readonly [Name in keyof typeof LIMITS]: number };

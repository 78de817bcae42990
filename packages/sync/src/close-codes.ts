/**
 * Why a socket or a channel closes (SYN-2). 4400-4499 are permanent: the client stops and says why.
 * Everything else is retried with back-off.
 */
export const CLOSE = {
  normal: 1000,
  goingAway: 1001,
  /** No close frame came: the network went. */
  abnormal: 1006,
  tooBig: 1009,
  /** A fault of ours; worth another try. */
  internal: 1011,
  overloaded: 1013,
  malformed: 4400,
  sessionEnded: 4401,
  forbidden: 4403,
  gone: 4404,
  updateRejected: 4409,
  epochGone: 4410,
  clientTooOld: 4426,
  abusive: 4429,
  permissionsChanged: 4501,
  shuttingDown: 4503,
} as const;

export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

/** Whether to try again is pointless. */
export function isPermanent(code: number): boolean {
  return code >= 4400 && code < 4500;
}

/** The protocol's limit for the reason of a close frame. */
const MAX_REASON_BYTES = 123;

const encoder = new TextEncoder();

/** Cuts a reason to 123 bytes of UTF-8 without splitting a character; a longer one makes sockets throw. */
export function closeReason(text: string): string {
  const whole = text.toWellFormed();
  if (encoder.encode(whole).length <= MAX_REASON_BYTES) return whole;
  let kept = '';
  let bytes = 0;
  for (const character of whole) {
    bytes += encoder.encode(character).length;
    if (bytes > MAX_REASON_BYTES) break;
    kept += character;
  }
  return kept;
}

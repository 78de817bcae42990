import { createHmac } from 'node:crypto';

/** Names of the headers in which a message says what it is. */
const ID_HEADER = 'muster-webhook-id';
const TIMESTAMP_HEADER = 'muster-webhook-timestamp';
const SIGNATURE_HEADER = 'muster-webhook-signature';

/** HMAC-SHA256 over `timestamp.body`; the timestamp is in seconds and of this attempt, so that none can be replayed. */
export function signedHeaders(
  message: string,
  body: string,
  secret: string,
  now: number,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1_000));
  const mac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { [ID_HEADER]: message, [TIMESTAMP_HEADER]: timestamp, [SIGNATURE_HEADER]: `v1=${mac}` };
}

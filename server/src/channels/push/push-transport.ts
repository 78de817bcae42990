/** Talks to push services (RFC 8030), each message encrypted for its device alone (RFC 8291). */
import { buildPushPayload } from '@block65/webcrypto-web-push';
import { createHash } from 'node:crypto';
import { post } from '../outgoing/post.ts';
import type { Subscription } from './devices.ts';
import type { PushKeys } from './push-keys.ts';
import type { PushMessage } from './push-message.ts';

/**
 * `gone`: the device is subscribed no more. `refused`: never again, the push service will not have this message.
 * `deferred`: not now, or nothing was heard.
 */
export type PushOutcome = 'taken' | 'gone' | 'refused' | 'deferred';

export interface PushAnswer {
  readonly outcome: PushOutcome;
  /** What the push service said, or why nothing was heard of it. */
  readonly text: string;
  /** Whether nothing was heard. */
  readonly isSilent: boolean;
}

export interface PushSettings {
  readonly keys: PushKeys;
  /** Whom push services may ask about what is sent: an https or mailto address. */
  readonly subject: string;
  readonly allowPrivate: boolean;
}

export interface PushTiming {
  /** How long the push service keeps it for a device that is away; seconds. */
  readonly ttlSeconds: number;
  readonly isUrgent: boolean;
}

const TIMEOUT_MS = 10_000;

/** Never rejects. */
export async function sendPush(
  { keys, subject, allowPrivate }: PushSettings,
  { endpoint, keys: clientKeys }: Subscription,
  message: PushMessage,
  { ttlSeconds, isUrgent }: PushTiming,
): Promise<PushAnswer> {
  try {
    const { headers, body } = await buildPushPayload(
      {
        data: JSON.stringify(message),
        options: { ttl: ttlSeconds, urgency: isUrgent ? 'high' : 'normal', topic: topicOf(message) },
      },
      { endpoint, expirationTime: null, keys: clientKeys },
      { subject, ...keys },
    );
    const answer = await post({ url: endpoint, headers, body, allowPrivate, timeoutMs: TIMEOUT_MS });
    const text = answer.status === null ? answer.text : `${answer.status} ${answer.text}`.trim();
    return { outcome: outcomeOf(answer.status), text, isSilent: answer.status === null };
  } catch {
    return { outcome: 'refused', text: 'the device gave keys that cannot be used', isSilent: false };
  }
}

/** What waits for a device under the same topic is replaced: a message that comes twice is there once. */
function topicOf({ tag }: PushMessage): string {
  return createHash('sha256').update(tag).digest('base64url').slice(0, 32);
}

function outcomeOf(status: number | null): PushAnswer['outcome'] {
  if (status === null || status === 429 || status >= 500) return 'deferred';
  if (status === 404 || status === 410) return 'gone';
  return status >= 200 && status < 300 ? 'taken' : 'refused';
}

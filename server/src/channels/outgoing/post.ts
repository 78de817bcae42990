/** One request to somebody else's server: short, followed nowhere, and never into the own network. */
import { request as requestHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { PrivateAddressError, isPrivateLiteral, publicLookup } from './address.ts';

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** Whether addresses of the own network may be reached. */
  readonly allowPrivate: boolean;
  readonly timeoutMs: number;
}

export interface PostAnswer {
  /** Null when nothing was answered. */
  readonly status: number | null;
  /** How the answer began, in one line; or why there is none. */
  readonly text: string;
}

/** What is read of an answer; the rest is cut off. */
const MAX_ANSWER_BYTES = 16 * 1024;
const MAX_TEXT = 500;

/** Never rejects. A status that was heard counts, whatever becomes of the answer's body. */
export async function post(asked: Post): Promise<PostAnswer> {
  const signal = AbortSignal.timeout(asked.timeoutMs);
  try {
    const answer = await send(asked, signal);
    return { status: answer.statusCode ?? null, text: oneLine(await beginningOf(answer)) };
  } catch (error) {
    const text = signal.aborted ? `no answer within ${asked.timeoutMs / 1_000} seconds` : wordsOf(error);
    return { status: null, text: oneLine(text) };
  }
}

function send({ url, headers, body, allowPrivate }: Post, signal: AbortSignal): Promise<IncomingMessage> {
  const target = new URL(url);
  if (!allowPrivate && isPrivateLiteral(target)) return Promise.reject(new PrivateAddressError());
  const request = target.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sending = request(target, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      // a connection for each: nothing of one can disturb another, and each is looked at anew
      agent: false,
      signal,
      ...(!allowPrivate && { lookup: publicLookup }),
    });
    sending.once('response', resolve);
    sending.once('error', reject);
    sending.end(body);
  });
}

async function beginningOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      parts.push(part);
      bytes += part.length;
      if (bytes >= MAX_ANSWER_BYTES) break;
    }
  } catch {
    // what came before it broke off is told
  }
  answer.destroy();
  return Buffer.concat(parts).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
}

/** Errors of several addresses hold one of each. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(wordsOf).join('; ');
  return error instanceof Error ? error.message : 'nothing was sent';
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, MAX_TEXT);
}

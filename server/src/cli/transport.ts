import { request } from 'node:http';
import { Readable } from 'node:stream';
import type { Hono } from 'hono';

export interface ControlRequest {
  readonly path: string;
  readonly body?: Readable | string;
}

/** Sends one request to the control app and hands on its answer line by line (NDJSON) or whole (JSON). */
export type Transport = (request: ControlRequest) => Promise<{ ok: boolean; lines: AsyncIterable<string> }>;

/** Over the socket file of the running server. */
export function socketTransport(socketPath: string): Transport {
  return ({ path, body }) =>
    new Promise((answered, failed) => {
      const outgoing = request(
        { socketPath, path, method: 'POST', headers: headersFor(body) },
        (incoming) => {
          incoming.setEncoding('utf8');
          answered({ ok: incoming.statusCode === 200, lines: linesOf(incoming) });
        },
      );
      outgoing.once('error', failed);
      if (body instanceof Readable) body.once('error', failed).pipe(outgoing);
      else outgoing.end(body);
    });
}

/** In this process, on a store that this process opened. Node's streams are the browser's, under types of their own. */
export function localTransport(app: Hono): Transport {
  return async ({ path, body }) => {
    const payload = body instanceof Readable ? (Readable.toWeb(body) as unknown as ReadableStream) : body;
    const response = await app.request(path, {
      method: 'POST',
      headers: headersFor(body),
      ...(payload === undefined ? {} : { body: payload, duplex: 'half' }),
    } as RequestInit);
    const text = response.body === null ? [] : response.body.pipeThrough(new TextDecoderStream());
    return { ok: response.ok, lines: linesOf(text as unknown as AsyncIterable<string>) };
  };
}

function headersFor(body: ControlRequest['body']): Record<string, string> {
  return { 'content-type': body instanceof Readable ? 'application/octet-stream' : 'application/json' };
}

async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
  if (rest !== '') yield rest;
}

/** The whole answer as JSON; an error of the control app is thrown with its own words. */
export async function readJson<Answer>(answer: Awaited<ReturnType<Transport>>): Promise<Answer> {
  let text = '';
  for await (const line of answer.lines) text += line;
  const parsed = JSON.parse(text) as Answer | { error: string };
  if (!answer.ok) throw new Error((parsed as { error: string }).error);
  return parsed as Answer;
}

/** A receiver of webhooks for tests, real over HTTP, which keeps what it got. Nothing here is used when serving. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly headers: IncomingHttpHeaders;
  /** As it came. */
  readonly body: string;
  readonly json: {
    readonly id: string;
    readonly type: string;
    readonly createdAt: number;
    readonly data: { readonly record: Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>>;
    readonly previous: Readonly<Record<string, unknown>> | null;
  };
}

export interface TestReceiver {
  readonly url: string;
  readonly port: number;
  readonly received: readonly ReceivedRequest[];
  /** What it answers: a status, or nothing at all. */
  answer: (request: ReceivedRequest) => number | 'silence';
  /** What stands in its answers. */
  words: string;
  /** Holds back its answer until it is called. */
  hold: Promise<void> | null;
  close(): Promise<void>;
}

export async function startTestReceiver(port = 0): Promise<TestReceiver> {
  const received: ReceivedRequest[] = [];
  const http = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      const got = { headers: request.headers, body, json: JSON.parse(body) as ReceivedRequest['json'] };
      received.push(got);
      const status = receiver.answer(got);
      if (status === 'silence') return;
      void (receiver.hold ?? Promise.resolve()).then(() => {
        response.writeHead(status, status === 302 ? { location: `${receiver.url}elsewhere` } : {});
        response.end(receiver.words);
      });
    });
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const taken = (http.address() as AddressInfo).port;
  const receiver: TestReceiver = {
    url: `http://127.0.0.1:${taken}/`,
    port: taken,
    received,
    answer: () => 200,
    words: 'thank you',
    hold: null,
    close: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
  return receiver;
}

/** A mail server for tests, real over SMTP, which keeps what it took. Nothing here is used when serving. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { MailSettings } from './settings.ts';

export interface ReceivedMail {
  readonly to: readonly string[];
  /** As it came, lines ended by CR LF. */
  readonly raw: string;
  /** Each header's value, folded lines joined; small letters. */
  readonly headers: ReadonlyMap<string, string>;
}

export interface TestMailServer {
  readonly settings: MailSettings;
  /** For a configuration. */
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  /** Answers a recipient with a code; null takes it. */
  refuse: (address: string) => number | null;
  /** Holds back its answer to a mail that it has taken until it is called. */
  hold: Promise<void> | null;
  close(): Promise<void>;
}

export async function startTestMailServer(port = 0): Promise<TestMailServer> {
  const received: ReceivedMail[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    // takes mail from anybody, and no sign-in from whoever tries one: its refusal repeats their password
    onAuth({ password }, _session, callback) {
      callback(withCode(535, `not with ${password ?? ''}`));
    },
    onRcptTo({ address }, _session, callback) {
      const code = server.refuse(address);
      callback(code === null ? null : withCode(code, `5 or 4 for ${address}`));
    },
    onData(stream, session, callback) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString('utf8');
        received.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw,
          headers: headersOf(raw),
        });
        void (server.hold ?? Promise.resolve()).then(() => callback(null, `kept as ${received.length}`));
      });
    },
  });
  // a client that was killed leaves its connection broken
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    smtp.listen(port, '127.0.0.1', () => resolve());
  });
  const taken = (smtp.server.address() as AddressInfo).port;
  const server: TestMailServer = {
    settings: {
      host: '127.0.0.1',
      port: taken,
      secure: false,
      credentials: null,
      from: { name: 'Service desk', address: 'desk@muster.test' },
    },
    url: `smtp://127.0.0.1:${taken}`,
    received,
    refuse: () => null,
    hold: null,
    close: () =>
      new Promise((resolve) => {
        smtp.close(() => resolve());
      }),
  };
  return server;
}

function withCode(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code });
}

function headersOf(raw: string): ReadonlyMap<string, string> {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return new Map(
    head.split('\r\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

/** The words of a mail's parts, with their transfer encodings undone. */
export function wordsOf(raw: string): string {
  const unfolded = raw.replace(/=\r\n/g, '');
  const bytes = unfolded.replace(/=([0-9A-F]{2})/g, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

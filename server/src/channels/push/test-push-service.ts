/**
 * A push service for tests, real over HTTPS: it checks who sends (RFC 8292) and holds the keys of a device, with which
 * it decrypts what it gets (RFC 8291). Nothing here is used when serving.
 */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Subscription } from './devices.ts';
import { TEST_CERTIFICATE, TEST_PRIVATE_KEY } from './test-certificate.ts';

interface PushedMessage {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** What its device reads. */
  readonly message: {
    readonly title: string;
    readonly body: string;
    readonly path: string;
    readonly tag: string;
  };
  /** What the sender says of itself, once its signature was checked. */
  readonly claims: { readonly aud: string; readonly exp: number; readonly sub: string };
  /** The sender's public key. */
  readonly key: string;
}

export interface TestPushService {
  readonly origin: string;
  readonly received: readonly PushedMessage[];
  /** What it answers for the path of a subscription. */
  answer: (path: string) => number | 'silence';
  /** What a browser would say after subscribing; each has keys of its own. */
  subscribe(): Subscription;
  close(): Promise<void>;
}

interface Device {
  readonly decrypt: (body: Buffer) => string;
}

export async function startTestPushService(): Promise<TestPushService> {
  trustTestCertificate();
  const received: PushedMessage[] = [];
  const devices = new Map<string, Device>();
  const https = createServer({ cert: TEST_CERTIFICATE, key: TEST_PRIVATE_KEY }, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const path = request.url ?? '';
      const status = service.answer(path);
      if (status === 'silence') return;
      if (status === 201) {
        const device = devices.get(path);
        if (device === undefined) throw new Error(`nobody subscribed at ${path}`);
        const text = device.decrypt(Buffer.concat(parts));
        received.push({
          path,
          headers: request.headers,
          message: JSON.parse(text) as PushedMessage['message'],
          ...readVapid(request.headers.authorization ?? ''),
        });
      }
      response.writeHead(status).end(status === 201 ? '' : 'not this one');
    });
  });
  https.listen(0, '127.0.0.1');
  await once(https, 'listening');
  const origin = `https://127.0.0.1:${(https.address() as AddressInfo).port}`;
  const service: TestPushService = {
    origin,
    received,
    answer: () => 201,
    subscribe() {
      const path = `/push/${randomBytes(8).toString('hex')}`;
      const pair = createECDH('prime256v1');
      const publicKey = pair.generateKeys();
      const auth = randomBytes(16);
      devices.set(path, { decrypt: (body) => decrypted(body, pair, auth) });
      const keys = { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') };
      return { endpoint: `${origin}${path}`, keys };
    },
    close: async () => {
      https.closeAllConnections();
      https.close();
      await once(https, 'close');
    },
  };
  return service;
}

/** RFC 8188 and 8291, with the keys of the receiver. */
function decrypted(body: Buffer, device: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const idLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + idLength);
  const sealed = body.subarray(21 + idLength);
  const shared = device.computeSecret(sender);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), device.getPublicKey(), sender]);
  const ikm = Buffer.from(hkdfSync('sha256', shared, auth, info, 32));
  const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12));
  const opening = createDecipheriv('aes-128-gcm', key, nonce);
  opening.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([opening.update(sealed.subarray(0, -16)), opening.final()]);
  const end = padded.lastIndexOf(2);
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('the padding is wrong');
  return padded.subarray(0, end).toString('utf8');
}

/** RFC 8292: throws when the token is not signed with the key that stands beside it. */
function readVapid(authorization: string): Pick<PushedMessage, 'claims' | 'key'> {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    {
      key: createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' }),
      dsaEncoding: 'ieee-p1363',
    },
    Buffer.from(signature, 'base64url'),
  );
  if (!isSigned) throw new Error('the token is not signed with the key beside it');
  return {
    claims: JSON.parse(Buffer.from(claims, 'base64url').toString()) as PushedMessage['claims'],
    key,
  };
}

function trustTestCertificate(): void {
  const trusted = getCACertificates('default');
  if (!trusted.includes(TEST_CERTIFICATE)) setDefaultCACertificates([...trusted, TEST_CERTIFICATE]);
}

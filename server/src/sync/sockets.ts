/**
 * WebSockets from the upgrade to the sync machine: whose they are is settled before the first byte is read,
 * which document they name is read from the raw path.
 *
 * The upgrade is ours and not the HTTP framework's: its helper decodes the path and copies every message, and a
 * turn's frames can only be written together on the connection itself.
 */
import { MAX_NAME_LENGTH, parseName } from '@muster/documents';
import { CLOSE, LIMITS, OLDEST_PAGE, closeReason } from '@muster/sync';
import type { DocumentHost, Session } from '@muster/sync/server';
import { STATUS_CODES } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Access } from '../access/access.ts';
import { sessionName } from '../access/identity.ts';
import type { Identity } from '../access/identity.ts';
import type { Logger } from '../log.ts';
import { isOwnOrigin } from '../routes/security.ts';
import { colourOf } from './colours.ts';
import { rightToDocument, whatIsWrongWith } from './document-access.ts';
import type { LiveSockets } from './live-sockets.ts';
import { Paced } from './paced.ts';
import { attach, closeSocket, transportOf } from './raw-socket.ts';
import type { FindAudience } from './record-audience.ts';

/** A frame may come inside a channel: its number and a little to spare. The machine itself holds frames to the limit. */
const MAX_MESSAGE_BYTES = LIMITS.frameBytes + 1024;
const ROOT = '/sync';
/** Of a turn of the event loop, for opening sockets. */
const OPENING_MS = 5;

export interface SocketParts {
  readonly http: Server;
  readonly host: DocumentHost;
  readonly access: Access;
  readonly live: LiveSockets;
  readonly origin: string | null;
  readonly findAudience: FindAudience;
  readonly log: Logger;
  /** Older pages are told to reload; the usual one by default. */
  readonly oldestPage?: number | undefined;
}

/** Takes WebSocket upgrades under `/sync`; the answer stops taking them. */
export function listenForSockets(parts: SocketParts): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  });
  let stopped = false;
  const noteBreak = (error: Error): void => parts.log.debug({ error }, 'a socket broke');
  const sessions = new Sessions(parts.findAudience);
  const paced = new Paced(OPENING_MS);
  // What outlives the upgrade is made here and not inside it, where it would keep the request for the socket's life.
  const admit = (socket: WebSocket, stream: Duplex, target: Target, identity: Identity | null): void => {
    stream.off('error', ignore);
    socket.on('error', noteBreak);
    welcome(parts, sessions, socket, stream, target, identity);
  };
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    stream.on('error', ignore);
    const target = targetOf(request.url ?? '');
    if (stopped) return refuseUpgrade(stream, 503);
    if (target === null) return refuseUpgrade(stream, 404);
    if (!isOwnOrigin(request.headers.origin, request.headers.host, parts.origin))
      return refuseUpgrade(stream, 403);
    const fail = (error: unknown): void => {
      parts.log.warn({ error }, 'could not tell who opens a socket');
      refuseUpgrade(stream, 503);
    };
    const upgrade = (identity: Identity | null): void => {
      try {
        if (stream.destroyed) return;
        sockets.handleUpgrade(request, stream, head, (socket) => admit(socket, stream, target, identity));
      } catch (error) {
        fail(error);
      }
    };
    const identified = parts.access.identify(proofHeaders(request));
    identified.then((identity) => paced.run(() => upgrade(identity)), fail);
  };
  parts.http.on('upgrade', onUpgrade);
  return () => {
    stopped = true;
  };
}

/** What an upgrade asks for: one document for a stock client, or a socket of many channels. */
interface Target {
  readonly document: string | null;
  readonly extended: boolean;
  /** Takes states packed. */
  readonly unpacks: boolean;
  /** Version of the page on our own socket; 0 for one that does not say. */
  readonly page: number;
}

function targetOf(url: string): Target | null {
  const [path = '', query = ''] = splitOnce(url, '?');
  const parameters = new URLSearchParams(query);
  const extension = parameters.get('ext');
  const page = Number(parameters.get('page') ?? 0) || 0;
  const asked = { extended: extension === '1' || extension === '2', unpacks: extension === '2', page };
  if (path === ROOT) return { document: null, ...asked };
  return path.startsWith(`${ROOT}/`) ? { document: path.slice(ROOT.length + 1), ...asked } : null;
}

function splitOnce(text: string, at: string): readonly string[] {
  const place = text.indexOf(at);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)];
}

function welcome(
  parts: SocketParts,
  sessions: Sessions,
  socket: WebSocket,
  stream: Duplex,
  { document, extended, unpacks, page }: Target,
  identity: Identity | null,
): void {
  if (document === null && page < (parts.oldestPage ?? OLDEST_PAGE))
    return closeSocket(socket, CLOSE.clientTooOld, 'this page is of an older version: reload it');
  if (identity === null) return closeSocket(socket, CLOSE.sessionEnded, 'sign in first');
  const name = document === null ? null : parseName(document);
  if (document !== null && name === null) {
    const shown = document.slice(0, MAX_NAME_LENGTH);
    return closeSocket(socket, CLOSE.gone, closeReason(whatIsWrongWith(shown)));
  }
  const session = sessions.of(identity);
  const transport = transportOf(socket, stream);
  const connection =
    document === null
      ? parts.host.openChannels(session, transport, { unpacks })
      : parts.host.openStock(session, document, transport, { extended, unpacks });
  socket.once('close', parts.live.add(identity));
  attach(socket, connection, () =>
    closeSocket(socket, CLOSE.malformed, 'text frames are not understood, send binary'),
  );
}

/** Sockets of one sign-in share what is known of it. */
class Sessions {
  readonly #findAudience: FindAudience;
  readonly #known = new WeakMap<Identity, Session>();

  constructor(findAudience: FindAudience) {
    this.#findAudience = findAudience;
  }

  of(identity: Identity): Session {
    let session = this.#known.get(identity);
    if (session === undefined) {
      const { actor, credential } = identity;
      session = {
        id: sessionName(credential),
        person: actor.id,
        name: actor.name,
        colour: colourOf(actor.id),
        access: { rightTo: (name) => rightToDocument(actor, name, this.#findAudience) },
      };
      this.#known.set(identity, session);
    }
    return session;
  }
}

function proofHeaders({ headers }: IncomingMessage): Headers {
  const proof = new Headers();
  if (headers.cookie !== undefined) proof.set('cookie', headers.cookie);
  if (headers.authorization !== undefined) proof.set('authorization', headers.authorization);
  return proof;
}

function refuseUpgrade(stream: Duplex, status: number): void {
  if (stream.destroyed) return;
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

function ignore(): void {
  // a connection that breaks before it is a socket has nobody to tell
}

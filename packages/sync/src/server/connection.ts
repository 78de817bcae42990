/** What both kinds of connection have in common: a socket, its caps, and an end that comes once. */
import { CLOSE } from '../close-codes.ts';
import { failpoint } from '../failpoint/index.ts';
import type { HostInternals } from './attachment.ts';
import { Gate } from './gate.ts';
import type { Connection, Session, Transport } from './ports.ts';
import { SocketOutlet } from './socket-outlet.ts';

export interface ConnectionHost extends HostInternals {
  /** The connection has ended; it is no longer counted. */
  ended(connection: SocketConnection): void;
}

export abstract class SocketConnection implements Connection {
  readonly session: Session;
  protected readonly host: ConnectionHost;
  protected readonly outlet: SocketOutlet;
  protected readonly gate: Gate;
  #ended = false;

  constructor(host: ConnectionHost, session: Session, transport: Transport) {
    this.host = host;
    this.session = session;
    this.outlet = new SocketOutlet(transport, host.turn, host.clock);
    this.gate = new Gate(host.limits, host.clock.now());
  }

  abstract readonly kind: 'stock' | 'channels';
  /** The one document of a stock connection; null on our own client's. */
  abstract readonly documentName: string | null;

  receive(bytes: Uint8Array): void {
    if (this.#ended) return;
    failpoint('sync.frame.received');
    const barred = this.gate.admit(bytes, this.host.clock.now());
    if (barred !== null) return this.close(barred.code, barred.reason);
    try {
      this.take(bytes);
    } catch (cause) {
      this.host.report({ type: 'fault', name: this.documentName, cause });
      this.close(CLOSE.internal, 'a fault of the server');
    }
  }

  closed(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.outlet.gone();
    this.release();
    this.host.ended(this);
  }

  /** Ends the socket from this side. What was queued goes out first. */
  close(code: number, reason: string): void {
    if (this.#ended) return;
    this.host.report({ type: 'closed', session: this.session.id, name: this.documentName, code, reason });
    this.outlet.close(code, reason);
    this.closed();
  }

  /** Breaks a silence of the server's that stock clients would take for a dead socket. */
  keepAlive(now: number): void {
    if (now - this.outlet.lastSentAt >= this.host.limits.keepAliveMs) this.sayAlive();
  }

  protected abstract take(bytes: Uint8Array): void;
  protected abstract release(): void;
  protected abstract sayAlive(): void;
}

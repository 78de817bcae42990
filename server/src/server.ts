/** One running server: store, access, HTTP and sockets on one port, opened and closed together. */
import { getRequestListener } from '@hono/node-server';
import type { Limits } from '@muster/sync';
import { DocumentHost } from '@muster/sync/server';
import type { Hono } from 'hono';
import type { Registry } from 'prom-client';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Access } from './access/access.ts';
import { readSecret } from './access/secret.ts';
import { SetUp } from './access/set-up.ts';
import { createApp } from './app.ts';
import { startAnnouncementClock } from './automation/announcement-clock.ts';
import { startCallClock } from './automation/call-clock.ts';
import { startChangeClock } from './automation/change-clock.ts';
import { Clocks } from './automation/clocks.ts';
import { startHousekeeping } from './automation/housekeeping.ts';
import { startEscalationClock } from './automation/escalation-clock.ts';
import { startKnowledgeClock } from './automation/knowledge-clock.ts';
import { startMeetingClock } from './automation/meeting-clock.ts';
import { startItemClock } from './automation/item-clock.ts';
import { startProblemClock } from './automation/problem-clock.ts';
import { startReleaseClock } from './automation/release-clock.ts';
import { startReportClock } from './automation/report-clock.ts';
import { startTicketClock } from './automation/ticket-clock.ts';
import { AlertIntake } from './alerts/intake.ts';
import { startNoticePages } from './channels/announcement/notice-pages.ts';
import { MailSender } from './channels/mail-sender.ts';
import { forgetDeviceOf } from './channels/push/devices.ts';
import { PushSender } from './channels/push/push-sender.ts';
import { WebhookSender } from './channels/webhook/webhook-sender.ts';
import type { Config } from './config.ts';
import { controlApp } from './control/app.ts';
import { controlPort } from './control/port.ts';
import { assertUnowned, listenControl } from './control/socket.ts';
import type { Logger } from './log.ts';
import { Operation, counted } from './operation/operation.ts';
import { openStoreIn } from './store/open.ts';
import type { Store } from './store/store.ts';
import { LiveSockets } from './sync/live-sockets.ts';
import { audiencesIn } from './sync/record-audience.ts';
import { reportTo } from './sync/report.ts';
import { listenForSockets } from './sync/sockets.ts';
import { ThreadPacker } from './sync/state-packer.ts';

const LAST_REQUESTS_MS = 5_000;

export interface RunningServer {
  /** Where it listens, for this machine. */
  readonly url: string;
  readonly store: Store;
  readonly access: Access;
  readonly setUp: SetUp;
  readonly app: Hono;
  readonly clocks: Clocks;
  readonly alerts: AlertIntake;
  /** Sends mail; null when it is not set up. */
  readonly mail: MailSender | null;
  /** Tells devices. */
  readonly push: PushSender;
  /** Tells other systems what happens. */
  readonly webhooks: WebhookSender;
  /** Lets requests end, closes sockets one after the other, then the store. May be called again. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly clientFolder?: string;
  /** Upper bound of the database in pages of 4 KB; for tests of a full disk. */
  readonly maxPages?: number;
  /** Bounds of the sync server that differ from the usual ones; clients are told in HELLO. */
  readonly limits?: Partial<Limits>;
  /** Version of the oldest page that is served; for tests of pages to come. */
  readonly oldestPage?: number;
  /** How many commands a person may run in a minute; for one that stands for many, as in benches. */
  readonly commandsPerMinute?: number;
  /** Lets push services be reached in the own network, where those of tests stand; anybody may name one. */
  readonly pushPrivate?: boolean;
  /** Holds measures of the whole process; those of the server are added. */
  readonly registry?: Registry;
}

/** Rejects with the error of `listen` (EADDRINUSE …) or of the store. */
export async function startServer(
  config: Config,
  log: Logger,
  options: ServerOptions = {},
): Promise<RunningServer> {
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  await assertUnowned(config.dataFolder);
  const opened = await openStoreIn(config.dataFolder, {
    maxPages: options.maxPages,
    mail: config.mail !== null,
  });
  try {
    const operation: Operation = new Operation({
      store: opened,
      sockets: () => live.size,
      host: () => host.status(),
      registry: options.registry,
    });
    const store = counted(opened, operation.measures);
    const secret = readSecret(config.dataFolder);
    const access = new Access({ ...config, secret, store, log });
    const setUp = new SetUp(access);
    const { limits = {} } = options;
    const report = reportTo(log);
    const packer = new ThreadPacker();
    const host: DocumentHost = new DocumentHost({
      packer,
      documents: store.documents,
      limits,
      report: (event) => {
        operation.heed(event);
        report(event);
      },
    });
    const live: LiveSockets = new LiveSockets({ host, db: store.reader, log });
    access.onChange((change) => live.heed(change));
    const { measures } = operation;
    const alerts = new AlertIntake({
      store,
      log,
      onPiece: ({ episodes, folded }) => {
        measures.alerts('episodes', episodes);
        measures.alerts('folded', folded);
      },
    });
    const mail =
      config.mail === null
        ? null
        : new MailSender({ store, settings: config.mail, secret, origin: config.origin, log });
    const webhooks = new WebhookSender({ store, allowPrivate: config.webhookPrivate, log });
    const noticePages = mail === null ? null : startNoticePages(store, log);
    const push = new PushSender({
      ...{ store, subject: pushSubject(config), allowPrivate: options.pushPrivate ?? false, log },
    });
    access.onChange((change) => {
      if (change.kind !== 'session-ended') return;
      forgetDeviceOf(store.writer, change.session).catch((error: unknown) =>
        log.warn(
          { error },
          'the device of a session that ended was not forgotten, and is told nothing all the same',
        ),
      );
    });
    const parts = { store, access, setUp, log, operation, alerts, mail, push, webhooks };
    const app = createApp({ ...options, config, ...parts });
    const http = createServer(getRequestListener(app.fetch));
    const findAudience = audiencesIn(store);
    const { oldestPage } = options;
    const sockets = { ...config, http, host, access, live, findAudience, log, oldestPage };
    const stopUpgrades = listenForSockets(sockets);
    const clocks = new Clocks(() => [
      startTicketClock(store, log),
      startEscalationClock(store, log),
      startAnnouncementClock(store, log),
      startReportClock(store, log),
      startCallClock(store, log),
      startChangeClock(store, log),
      startMeetingClock(store, log),
      startProblemClock(store, log),
      startItemClock(store, log),
      startKnowledgeClock(store, log),
      startReleaseClock(store, log),
    ]);
    const control = await listenControl(config.dataFolder, controlApp(controlPort(store, access, clocks)));
    await listen(http, config);
    void prepareBoards(host, store);
    clocks.start();
    const stopHousekeeping = startHousekeeping(store, config.rawRoomUpdatesMs, log);
    const { port } = http.address() as AddressInfo;

    let stopping: Promise<void> | undefined;
    const stop = async () => {
      // still answers while sockets close, so that who sends people here sees that it stops
      operation.readiness.stopping();
      clocks.stop();
      noticePages?.stop();
      stopHousekeeping();
      stopUpgrades();
      await live.shutDown();
      await packer.close();
      await close(http);
      operation.stop();
      await alerts.stop();
      await mail?.stop();
      await push.stop();
      await webhooks.stop();
      await control.close();
      await store.close();
    };
    return {
      url: `http://${hostForPeople(config.host)}:${port}`,
      store,
      access,
      setUp,
      app,
      clocks,
      alerts,
      mail,
      push,
      webhooks,
      stop: () => (stopping ??= stop()),
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Whoever comes first after a start finds the boards packed. */
async function prepareBoards(host: DocumentHost, store: Store): Promise<void> {
  const names = await store.documents.currentNames().catch(() => []);
  await host.prepare(names.map(({ name }) => name));
}

function listen(http: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve();
    });
  });
}

/** Whom push services may ask about what is sent: the desk itself, or whoever reads what comes to its mail. */
function pushSubject({ origin, mail }: Config): string {
  if (origin !== null && origin.startsWith('https:')) return origin;
  return mail === null ? 'https://muster.invalid' : `mailto:${mail.from.address}`;
}

/** Lets requests under way end, for a time. */
function close(http: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => http.closeAllConnections(), LAST_REQUESTS_MS);
    http.close(() => {
      clearTimeout(cut);
      resolve();
    });
    http.closeIdleConnections();
  });
}

/** Addresses that mean "here" or "everywhere" are reached as localhost. */
function hostForPeople(host: string): string {
  return ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host;
}

/** Everything that speaks HTTP, put together. Sockets are in `sync/`. */
import { Hono } from 'hono';
import type { Env } from 'hono';
import { compress } from 'hono/compress';
import { generateSpecs } from 'hono-openapi';
import { fileURLToPath } from 'node:url';
import type { Access } from './access/access.ts';
import type { SetUp } from './access/set-up.ts';
import type { AlertIntake } from './alerts/intake.ts';
import type { MailSender } from './channels/mail-sender.ts';
import type { PushSender } from './channels/push/push-sender.ts';
import type { WebhookSender } from './channels/webhook/webhook-sender.ts';
import type { Config } from './config.ts';
import type { Logger } from './log.ts';
import type { Operation } from './operation/operation.ts';
import { alertRoutes } from './routes/alerts.ts';
import { announcementRoutes } from './routes/announcements.ts';
import { MAX_JSON_BYTES, limitBody } from './routes/body.ts';
import { calendarRoutes } from './routes/calendars.ts';
import { channelRoutes } from './routes/channels.ts';
import { clientRoutes } from './routes/client.ts';
import { commandRoutes } from './routes/commands.ts';
import { deviceRoutes } from './routes/devices.ts';
import { docsRoutes } from './routes/docs.ts';
import { documentRoutes } from './routes/documents.ts';
import { answerErrors, answerNotFound } from './routes/errors.ts';
import { importRoutes } from './routes/imports.ts';
import { integrationRoutes } from './routes/integrations.ts';
import { keyRoutes } from './routes/keys.ts';
import { openApiOptions } from './routes/openapi.ts';
import { operationRoutes } from './routes/operation.ts';
import { organisationRoutes } from './routes/organisation.ts';
import { ownChannelRoutes } from './routes/own-channels.ts';
import { changeRuleRoutes } from './routes/change-rules.ts';
import { changeRoutes } from './routes/changes.ts';
import { configurationBaselineRoutes } from './routes/configuration-baselines.ts';
import { configurationRoutes } from './routes/configuration.ts';
import {
  CONFIGURATION_IMPORT,
  CONFIGURATION_IMPORTS,
  configurationImportRoutes,
} from './routes/configuration-imports.ts';
import { chainRoutes } from './routes/chains.ts';
import { runbookRoutes } from './routes/runbooks.ts';
import { invitationRoutes, peopleRoutes } from './routes/people.ts';
import { ProblemError } from './routes/problem.ts';
import { receiptRoutes } from './routes/receipts.ts';
import { recordRoutes } from './routes/records.ts';
import { incidentMetricsRoutes } from './routes/incident-metrics.ts';
import { gateRoutes } from './routes/gate.ts';
import { knownErrorRoutes } from './routes/known-errors.ts';
import { problemRoutes } from './routes/problems.ts';
import { meetingRoutes } from './routes/meetings.ts';
import { releaseRoutes } from './routes/releases.ts';
import { rejectedRoutes } from './routes/rejected.ts';
import { roomRoutes } from './routes/rooms.ts';
import { requestLog } from './routes/request-log.ts';
import { commonHeaders, dataPolicy, ownOriginOnly } from './routes/security.ts';
import { scheduleRoutes } from './routes/schedules.ts';
import { sessionRoutes } from './routes/session.ts';
import { setUpRoutes } from './routes/set-up.ts';
import { mailLinkRoutes } from './routes/mail-links.ts';
import { notePeer } from './routes/peer-address.ts';
import { subscriberRoutes } from './routes/subscribers.ts';
import { statusRoutes } from './routes/status.ts';
import { trendRoutes } from './routes/trends.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import type { Store } from './store/store.ts';

export interface AppParts {
  readonly config: Config;
  readonly store: Store;
  readonly access: Access;
  readonly setUp: SetUp;
  readonly log: Logger;
  readonly operation: Operation;
  readonly alerts: AlertIntake;
  /** Sends mail; null when it is not set up. */
  readonly mail: MailSender | null;
  readonly push: PushSender;
  readonly webhooks: WebhookSender;
  /** Folder of the built web client; the project's own when not said. */
  readonly clientFolder?: string;
  /** Version of the oldest page that is served. */
  readonly oldestPage?: number;
  /** How many commands a person may run in a minute; the usual number when not said. */
  readonly commandsPerMinute?: number;
}

const clientBuild = fileURLToPath(new URL('../../web/build', import.meta.url));
/** Imports stream and keep their own limit. */
const STREAMING: ReadonlySet<string> = new Set([
  '/api/imports/servicenow',
  CONFIGURATION_IMPORT,
  CONFIGURATION_IMPORTS,
]);

export function createApp(parts: AppParts): Hono {
  const { config, store, access, setUp, log, operation } = parts;
  const app = new Hono({ strict: false });
  const limitJson = limitBody(MAX_JSON_BYTES);

  app.onError(answerErrors(log));
  app.notFound(answerNotFound(app));
  app.use(
    '*',
    requestLog(log, (request) => operation.measures.request(request)),
  );
  app.use('*', notePeer(config.trustedProxy));
  app.use('*', commonHeaders(config.origin));
  app.use('*', compress());
  app.use('*', ownOriginOnly(config.origin));
  app.use('/api/*', async (c, next) => {
    await next();
    if (!c.res.headers.has('content-security-policy')) c.header('content-security-policy', dataPolicy);
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
  });
  app.use('/api/*', (c, next) => (STREAMING.has(c.req.path) ? next() : limitJson(c, next)));

  const addressFor = (requestUrl: string, path: string) => new URL(path, config.origin ?? requestUrl).href;
  mount(app, sessionRoutes(access));
  mount(app, setUpRoutes(access, setUp));
  mount(app, invitationRoutes(access));
  mount(app, peopleRoutes(access, addressFor));
  mount(app, keyRoutes(access));
  mount(app, organisationRoutes(access));
  mount(app, runbookRoutes(access));
  mount(app, chainRoutes(access));
  mount(app, commandRoutes(access, store, parts));
  mount(app, documentRoutes(access, store));
  mount(app, recordRoutes(access, store));
  mount(app, receiptRoutes(access, store));
  mount(app, roomRoutes(access, store));
  mount(app, incidentMetricsRoutes(access, store));
  mount(app, announcementRoutes(access, store));
  mount(app, changeRoutes(access, store));
  mount(app, changeRuleRoutes(access));
  mount(app, meetingRoutes(access, store));
  mount(app, problemRoutes(access, store));
  mount(app, knownErrorRoutes(access, store));
  mount(app, configurationRoutes(access, store));
  mount(app, configurationBaselineRoutes(access, store));
  mount(app, configurationImportRoutes(access, store, log));
  mount(app, releaseRoutes(access, store));
  mount(app, gateRoutes(access, store));
  mount(app, trendRoutes(access, store));
  mount(app, scheduleRoutes(access, store));
  mount(app, calendarRoutes(access, store, config.origin));
  mount(app, rejectedRoutes(access, store));
  mount(app, alertRoutes(store, parts.alerts, operation.measures));
  mount(app, integrationRoutes(access, store));
  mount(app, importRoutes(access, store, log));
  mount(app, ownChannelRoutes(access, store, { mail: parts.mail !== null, push: parts.push }));
  mount(app, deviceRoutes(access, store, parts.push));
  mount(app, channelRoutes(access, store, parts.mail, config.origin));
  mount(app, webhookRoutes(access, store, parts.webhooks));
  const canFollow = config.statusPage && parts.mail?.links != null;
  mount(app, subscriberRoutes(access, store, canFollow));
  mount(app, operationRoutes(access, store, operation, config.dataFolder));

  // anybody may ask for it and it takes long to make: it is made once
  let description: ReturnType<typeof generateSpecs> | null = null;
  app.get('/api/openapi.json', async (c) =>
    c.json(await (description ??= generateSpecs(app, openApiOptions))),
  );
  app.route('/api/docs', docsRoutes());
  app.all('/api/*', (c) => answerNotFound(app)(c));
  app.all('/sync/*', () => {
    throw new ProblemError('not-found', 'this address takes WebSocket connections only');
  });
  app.route('/', mailLinkRoutes(store, { canFollow, links: parts.mail?.links ?? null }));
  app.route('/', statusRoutes(store, { isOn: config.statusPage, origin: config.origin, canFollow }));
  app.route('/', clientRoutes(parts.clientFolder ?? clientBuild));
  return app;
}

/** Mounts routes that name their whole path. */
function mount<Part extends Env>(app: Hono, part: Hono<Part>): void {
  app.route('/', part);
}

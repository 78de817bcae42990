import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readSender, readSmtpUrl } from './channels/mail/settings.ts';
import type { MailSettings } from './channels/mail/settings.ts';

/** How hard a password is to try: argon2id with memory in KiB. The defaults follow OWASP's password storage sheet. */
export interface PasswordCost {
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
}

/** Everything an operator can set, read once at the start. */
export interface Config {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataFolder: string;
  readonly demo: boolean;
  /** Public address without a trailing slash; null derives it from each request's Host. */
  readonly origin: string | null;
  readonly logLevel: LogLevel;
  /** How long single updates of rooms stay before they are packed into segments; ms. */
  readonly rawRoomUpdatesMs: number;
  /** Whether anybody may read the status page. */
  readonly statusPage: boolean;
  readonly passwordCost: PasswordCost;
  /** How news goes out by mail; null sends none. Holds a password: not for logs. */
  readonly mail: MailSettings | null;
  /** Whether webhooks may reach into the network of the server. */
  readonly webhookPrivate: boolean;
  /** Whether a proxy stands in front, whose `X-Forwarded-For` says who asks. */
  readonly trustedProxy: boolean;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const DAY_MS = 24 * 60 * 60 * 1000;

const DEFAULT_PASSWORD_COST: PasswordCost = { memoryKib: 19_456, passes: 2, lanes: 1 };

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

const flag = z
  .enum(['0', '1', 'false', 'true', 'no', 'yes'], { error: 'must be 1 or 0' })
  .transform((value) => value === '1' || value === 'true' || value === 'yes');

const httpAddress = z
  .string()
  .refine(isOrigin, { error: 'must be an address such as https://desk.example.org, without a path' })
  .transform((value) => new URL(value).origin);

/** Says nothing of what was given: it may hold a password. */
const smtpUrl = z.string().transform((value, context) => {
  const server = readSmtpUrl(value);
  if (server !== null) return server;
  context.addIssue('must be an address such as smtp://user:password@mail.example.org:587, or smtps://…');
  return z.NEVER;
});

const sender = z.string().transform((value, context) => {
  const from = readSender(value);
  if (from !== null) return from;
  context.addIssue('must be an address such as Service desk <desk@example.org>');
  return z.NEVER;
});

const environment = z.object({
  PORT: z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(0, 'must be 0 to 65535')
    .max(65_535, 'must be 0 to 65535')
    .default(4400),
  HOST: z.string().min(1, 'must not be empty').default('127.0.0.1'),
  MUSTER_DATA: z.string().min(1, 'must not be empty').default('data'),
  MUSTER_DEMO: flag.default(false),
  MUSTER_ORIGIN: httpAddress.optional(),
  MUSTER_ROOM_HISTORY_DAYS: z.coerce
    .number({ error: 'must be a number of days' })
    .min(1, 'must be at least 1 day')
    .max(36_500, 'must be at most 36500 days')
    .default(90),
  MUSTER_STATUS_PAGE: flag.default(true),
  MUSTER_SMTP_URL: smtpUrl.optional(),
  MUSTER_MAIL_FROM: sender.optional(),
  MUSTER_WEBHOOK_PRIVATE: flag.default(false),
  MUSTER_TRUSTED_PROXY: flag.default(false),
  MUSTER_LOG: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
});

/** The configuration cannot be used; `message` lists every setting that is wrong and why. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the configuration from the environment and the command line.
 * A relative `MUSTER_DATA` counts from the project's root, so that every command meets the same data.
 * Throws `ConfigError` naming each bad setting.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): Config {
  const unknown = argv.filter((argument) => argument !== '--demo');
  const parsed = environment.safeParse(withoutEmpty(env));
  const faults = unknown.map((argument) => `${argument}: unknown argument (only --demo is known)`);
  if (!parsed.success)
    faults.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  faults.push(...faultsOfMail(env));
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults.join('\n'));
  const { PORT, HOST, MUSTER_DATA, MUSTER_DEMO, MUSTER_ORIGIN, MUSTER_LOG } = parsed.data;
  const { MUSTER_ROOM_HISTORY_DAYS, MUSTER_STATUS_PAGE } = parsed.data;
  const { MUSTER_SMTP_URL: server, MUSTER_MAIL_FROM: from } = parsed.data;
  return {
    port: PORT,
    host: HOST,
    dataFolder: resolve(projectRoot, MUSTER_DATA),
    demo: MUSTER_DEMO || argv.includes('--demo'),
    origin: MUSTER_ORIGIN ?? null,
    logLevel: MUSTER_LOG,
    rawRoomUpdatesMs: MUSTER_ROOM_HISTORY_DAYS * DAY_MS,
    statusPage: MUSTER_STATUS_PAGE,
    passwordCost: DEFAULT_PASSWORD_COST,
    mail: server === undefined || from === undefined ? null : { ...server, from },
    webhookPrivate: parsed.data.MUSTER_WEBHOOK_PRIVATE,
    trustedProxy: parsed.data.MUSTER_TRUSTED_PROXY,
  };
}

/** Half of what mail needs is a mistake, not a wish for silence. */
function faultsOfMail(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const { MUSTER_SMTP_URL: url, MUSTER_MAIL_FROM: from } = withoutEmpty(env);
  if ((url === undefined) === (from === undefined)) return [];
  return url === undefined
    ? ['MUSTER_SMTP_URL: must be set too, as MUSTER_MAIL_FROM is']
    : ['MUSTER_MAIL_FROM: must be set too, as MUSTER_SMTP_URL is'];
}

/** An empty setting, as compose files and service managers leave it, means the default. */
function withoutEmpty(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.pathname === '/' && url.search === '';
}

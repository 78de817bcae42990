/** Talks to the mail server, and says of each mail what became of it. */
import { createTransport } from 'nodemailer';
import type { SendMailOptions } from 'nodemailer';
import type { MailMessage } from './message.ts';
import type { MailSettings } from './settings.ts';

export type MailAnswer =
  | { readonly outcome: 'taken'; readonly text: string }
  /** Never again: the server will not have this mail. */
  | { readonly outcome: 'refused'; readonly text: string }
  /** The server will not have this mail now. */
  | { readonly outcome: 'deferred'; readonly text: string }
  /** Nothing is known of the mail: no connection, no sign-in, or the server does not take us as a sender. */
  | { readonly outcome: 'unreachable'; readonly text: string };

export interface MailTransport {
  /** Never rejects. */
  send(message: MailMessage): Promise<MailAnswer>;
}

const TIMEOUTS = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 30_000,
} as const;
const MAX_TEXT = 500;

/** A connection for each mail: nothing of one can disturb another, and none is left open. */
export function openMailTransport(settings: MailSettings): MailTransport {
  const { host, port, secure, credentials } = settings;
  const here = isThisMachine(host);
  const transport = createTransport({
    host,
    port,
    secure,
    // a server on this machine is spoken to in the clear; a password leaves it encrypted or not at all
    ignoreTLS: here && !secure,
    requireTLS: !here && credentials !== null,
    ...(credentials !== null && { auth: credentials }),
    ...TIMEOUTS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(message) {
      try {
        const { response } = await transport.sendMail(mutable(message));
        return { outcome: 'taken', text: told(response, settings) };
      } catch (error) {
        return { outcome: outcomeOf(error), text: told(describe(error), settings) };
      }
    },
  };
}

/** The library's types want to write into what it is given. */
function mutable({ headers, icalEvent, ...message }: MailMessage): SendMailOptions {
  return {
    ...message,
    headers: { ...headers },
    ...(icalEvent !== undefined && { icalEvent: { ...icalEvent } }),
  };
}

/** Which part of the talk failed decides whether it was about this mail, or about us. */
function outcomeOf(error: unknown): 'refused' | 'deferred' | 'unreachable' {
  const { code, command, responseCode } = factsOf(error);
  if (code === 'EENVELOPE' && command === 'API') return 'refused';
  const aboutTheMail = command === 'RCPT TO' || command === 'DATA' || code === 'EMESSAGE';
  if (!aboutTheMail || typeof responseCode !== 'number') return 'unreachable';
  return responseCode >= 500 ? 'refused' : 'deferred';
}

interface SmtpFacts {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
}

function factsOf(error: unknown): SmtpFacts {
  return error instanceof Error ? (error as SmtpFacts) : {};
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : 'the mail was not sent';
}

/** What may be told: short, in one line, and never the password, whatever the server repeats of it. */
function told(text: string, { credentials }: MailSettings): string {
  let clean = text;
  if (credentials !== null && credentials.pass !== '') {
    const { user, pass } = credentials;
    const secrets = [pass, encodeURIComponent(pass), base64(pass), base64(`\0${user}\0${pass}`)];
    for (const secret of secrets) clean = clean.replaceAll(secret, '…');
  }
  return clean
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, MAX_TEXT);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d+){3}$/.test(host);
}

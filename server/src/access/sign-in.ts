/**
 * Accounts and sessions, kept by the sign-in library over the store's writer. Of its own routes only signing in
 * and signing out are reachable; everything else goes through ours. People are not its to write (see the view
 * `sign_in_person`): it reads active people only.
 */
import { betterAuth } from 'better-auth';
import { personId } from '@muster/domain/shared';
import type { PersonId } from '@muster/domain/shared';
import type { Insertable, Kysely } from 'kysely';
import { ulid } from 'ulid';
import type { Logger } from '../log.ts';
import type { AccountTable } from '../store/schema-people.ts';
import type { Database } from '../store/schema.ts';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './password.ts';
import type { Passwords } from './password.ts';

const DAY_SECONDS = 24 * 60 * 60;
export const SESSION_COOKIE = 'muster.session_token';
/** What the library calls an account that has a password. */
const PASSWORD_PROVIDER = 'credential';

export interface SignInOptions {
  readonly db: Kysely<Database>;
  readonly secret: string;
  readonly origin: string | null;
  readonly passwords: Passwords;
  readonly log: Logger;
  /** A session is gone: its sockets must go too. */
  readonly onSessionEnded: (session: string) => void;
}

export interface SignedInSession {
  readonly id: string;
  readonly person: PersonId;
}

export type SignIn = ReturnType<typeof openSignIn>;

export function openSignIn(options: SignInOptions) {
  const auth = betterAuth(libraryOptions(options));

  return {
    /** Answers `POST /api/auth/sign-in/email` and `POST /api/auth/sign-out`. */
    handle: (request: Request): Promise<Response> => auth.handler(request),

    /** The session of a request's cookie, and the cookies to send back when it was prolonged. */
    async session(
      headers: Headers,
      prolong: boolean,
    ): Promise<{ session: SignedInSession; cookies: readonly string[] } | null> {
      const { headers: answer, response } = await auth.api.getSession({
        headers,
        query: { disableRefresh: !prolong },
        returnHeaders: true,
      });
      if (response === null) return null;
      const { session } = response;
      return {
        session: { id: session.id, person: personId(session.userId) },
        cookies: answer.getSetCookie(),
      };
    },

    /** The account of a person who is still to be made. */
    async newAccount(person: PersonId, password: string, now: number): Promise<Insertable<AccountTable>> {
      const at = new Date(now).toISOString();
      const hash = await options.passwords.hash(password);
      return {
        id: ulid(now),
        person,
        provider: PASSWORD_PROVIDER,
        account: person,
        password: hash,
        made_at: at,
        updated_at: at,
      };
    },

    /** Gives a person a password, or another one. Their sessions stay. */
    async setPassword(person: PersonId, password: string): Promise<void> {
      const { internalAdapter } = await auth.$context;
      const hash = await options.passwords.hash(password);
      const accounts = await internalAdapter.findAccounts(person);
      if (accounts.some((account) => account.providerId === PASSWORD_PROVIDER)) {
        await internalAdapter.updatePassword(person, hash);
      } else {
        await internalAdapter.linkAccount({
          userId: person,
          providerId: PASSWORD_PROVIDER,
          accountId: person,
          password: hash,
        });
      }
    },

    async isPassword(person: PersonId, password: string): Promise<boolean> {
      const { internalAdapter } = await auth.$context;
      const accounts = await internalAdapter.findAccounts(person);
      const stored = accounts.find((account) => account.providerId === PASSWORD_PROVIDER)?.password;
      return stored ? options.passwords.verify({ hash: stored, password }) : false;
    },
  };
}

function libraryOptions({ db, secret, origin, passwords, log, onSessionEnded }: SignInOptions) {
  return {
    appName: 'Muster',
    basePath: '/api/auth',
    // only for links and redirects, of which none is used
    baseURL: origin ?? 'http://localhost',
    secret,
    database: { db, type: 'sqlite' as const, transaction: false },
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
      password: passwords,
    },
    user: {
      modelName: 'sign_in_person',
      fields: { emailVerified: 'email_verified', createdAt: 'made_at', updatedAt: 'updated_at' },
    },
    session: {
      modelName: 'session',
      fields: {
        userId: 'person',
        expiresAt: 'expires_at',
        createdAt: 'made_at',
        updatedAt: 'updated_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
      expiresIn: 14 * DAY_SECONDS,
      updateAge: DAY_SECONDS,
    },
    account: {
      modelName: 'account',
      fields: {
        userId: 'person',
        providerId: 'provider',
        accountId: 'account',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'made_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'verification',
      fields: { expiresAt: 'expires_at', createdAt: 'made_at', updatedAt: 'updated_at' },
    },
    databaseHooks: {
      session: {
        delete: { after: (session: { id: string }) => Promise.resolve(onSessionEnded(session.id)) },
      },
    },
    // ours: attempts.ts counts failures, security.ts checks origins, before the library is asked
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'muster',
      useSecureCookies: origin?.startsWith('https:') ?? false,
      disableCSRFCheck: true,
      disableOriginCheck: true,
      defaultCookieAttributes: { sameSite: 'lax' as const, httpOnly: true },
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => ulid(), validateSchema: false },
    },
    logger: {
      level: 'warn' as const,
      log: (level: string, message: string) => log.debug({ library: 'sign-in', level }, message),
    },
  };
}

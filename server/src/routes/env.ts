import type { HttpBindings } from '@hono/node-server';
import type { Permission } from '@muster/domain/shared';
import { createMiddleware } from 'hono/factory';
import type { Access } from '../access/access.ts';
import { may } from '../access/identity.ts';
import type { Identity } from '../access/identity.ts';
import { ProblemError } from './problem.ts';

/** What a handler behind `signedIn` finds in its context. */
export interface SignedIn {
  Bindings: HttpBindings;
  Variables: { identity: Identity };
}

/** Lets a call pass that a session or a key proves, and says whose it is. */
export function signedIn(access: Access) {
  return createMiddleware<SignedIn>(async (c, next) => {
    const identity = await access.identify(c.req.raw.headers);
    if (identity === null) throw new ProblemError('not-signed-in');
    c.set('identity', identity);
    await next();
  });
}

/** Lets a call pass whose actor holds all of these permissions. Stands behind `signedIn`. */
export function permitted(...permissions: readonly Permission[]) {
  return createMiddleware<SignedIn>(async (c, next) => {
    const lacking = permissions.find((permission) => !may(c.var.identity, permission));
    if (lacking !== undefined) throw new ProblemError('forbidden', `this needs ${lacking}`);
    await next();
  });
}

/** Lets people pass, not machines: their sessions and passwords are nobody else's business. */
export const peopleOnly = createMiddleware<SignedIn>(async (c, next) => {
  if (c.var.identity.credential.kind !== 'session')
    throw new ProblemError('forbidden', 'keys cannot do this');
  await next();
});

/** Nobody gives away a right that they do not hold themselves; a key holds its scopes. */
export function refuseUnheld(identity: Identity, given: Iterable<Permission>): void {
  const unheld = [...given].filter((permission) => !may(identity, permission));
  if (unheld.length > 0)
    throw new ProblemError('forbidden', `nobody can give away ${unheld.join(', ')} unheld`);
}

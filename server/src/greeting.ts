import { DemoUnfinished, StoreNotEmpty, fillDemo, isDemoUnfinished } from './demo/index.ts';
import type { DemoAccount } from './demo/index.ts';
import type { Config } from './config.ts';
import type { RunningServer } from './server.ts';

/**
 * Fills an empty store when the demonstration was asked for, and says where the server is and how to sign in.
 *
 * @throws DemoUnfinished for a store that holds a part of one
 */
export async function greet(server: RunningServer, config: Config): Promise<string> {
  if (await isDemoUnfinished(server.store)) throw new DemoUnfinished();
  const address = config.origin ?? server.url;
  const accounts = config.demo ? await seedDemo(server) : [];
  const token = await server.setUp.token();
  return [
    `Muster listens on ${address}`,
    ...(accounts.length > 0
      ? ['', 'Sign in as one of these, each with its own password:', ...accounts.map(accountLine)]
      : []),
    ...(config.demo && accounts.length === 0
      ? [
          'The store is not empty: it stays as it is, accounts too, whose passwords were printed when they were made.',
          'For a new demonstration set MUSTER_DATA to an empty folder.',
        ]
      : []),
    ...(token === null
      ? []
      : ['', 'Nobody administers this desk yet. Set it up here:', setUpAddress(address, token)]),
  ].join('\n');
}

/** In the fragment, so that the token is in no server's log. */
function setUpAddress(address: string, token: string): string {
  return `  ${address}/set-up#${token}`;
}

async function seedDemo({ store, access, clocks }: RunningServer): Promise<readonly DemoAccount[]> {
  const setPassword = access.signIn.setPassword.bind(access.signIn);
  try {
    return await clocks.without(() => fillDemo({ store, setPassword }, Date.now()));
  } catch (error) {
    if (error instanceof StoreNotEmpty) return [];
    throw error;
  }
}

export function accountLine({ role, name, email, password }: DemoAccount): string {
  return `  ${role.padEnd(14)} ${email.padEnd(36)} ${password.padEnd(20)} ${name}`;
}

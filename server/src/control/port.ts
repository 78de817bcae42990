import type { Access } from '../access/access.ts';
import { createKeyForMachines } from '../access/keys.ts';
import type { Clocks } from '../automation/clocks.ts';
import { fillDemo } from '../demo/index.ts';
import type { Store } from '../store/store.ts';
import type { ControlPort } from './app.ts';

/**
 * What the command line may do to a store, the same whoever owns it: the server or the command line itself.
 *
 * @param clocks - those of the server; the command line has none
 */
export function controlPort(
  store: Store,
  access: Access,
  clocks: Pick<Clocks, 'without'> = { without: (work) => work() },
): ControlPort {
  const setPassword = access.signIn.setPassword.bind(access.signIn);
  return {
    store,
    createKey: (request) => createKeyForMachines(store, request),
    seed: () => clocks.without(() => fillDemo({ store, setPassword }, Date.now())),
  };
}

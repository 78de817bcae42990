import type { Access } from '../access/access.ts';
import { createKeyForMachines } from '../access/keys.ts';
import { fillDemo } from '../demo/index.ts';
import type { Store } from '../store/store.ts';
import type { ControlPort } from './app.ts';

/** What the command line may do to a store, the same whoever owns it: the server or the command line itself. */
export function controlPort(store: Store, access: Access): ControlPort {
  return {
    store,
    createKey: (request) => createKeyForMachines(store, request),
    seed: () => fillDemo({ store, setPassword: access.signIn.setPassword.bind(access.signIn) }, Date.now()),
  };
}

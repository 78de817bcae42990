import type { ConfigurationItem } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { LiveConfiguration } from '../configuration/live-configuration.ts';
import { NOBODY, NOW, ana } from '../test-support/a-change.ts';
import { heldHere } from '../test-support/held-here.ts';
import { KeptActs } from '../test-support/kept-acts.ts';
import { Changes } from './changes.ts';

const HOST = recordId('01C00000000000000000000009');

test('[CFG-60] an item that was shown before the map came is called by its name once it is here', () => {
  const acts = new KeptActs();
  let configuration: LiveConfiguration | null = null;
  const changes = new Changes({
    ...{ actor: ana('agent'), outbox: acts, directory: () => NOBODY, knowsOrganisation: () => true },
    ...{ now: () => NOW, isLive: () => true, deviceNow: () => NOW },
    shelf: { open: () => heldHere(new Y.Doc()), retryForbidden: () => undefined },
    configuration: () => configuration,
  });
  const names: (string | null)[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      names.push(changes.itemName(HOST));
    });
  });
  flushSync();
  const item = { id: HOST, name: 'host-1' } as Partial<ConfigurationItem> as ConfigurationItem;
  const here: Partial<LiveConfiguration> = { revision: 0, loaded: true, itemOf: () => item };
  configuration = here as LiveConfiguration;
  changes.refold();
  flushSync();
  stop();
  expect(names).toEqual([null, 'host-1']);
});

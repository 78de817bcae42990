/** What every implementation of the store keeps to. Call it once for each, with a way to open an empty one. */
import { commandContract } from './contract/commands.ts';
import { documentContract } from './contract/documents.ts';
import { importContract } from './contract/imports.ts';
import { queryContract } from './contract/queries.ts';
import type { OpenStore } from './contract/with-store.ts';

export function storeContract(name: string, open: OpenStore): void {
  documentContract(name, open);
  commandContract(name, open);
  importContract(name, open);
  queryContract(name, open);
}

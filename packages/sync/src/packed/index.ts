/** The state of a document that the server writes, as columns that compress well. */
export { packState } from './pack.ts';
export { packUpdates } from './pack-updates.ts';
export { unpackState } from './unpack.ts';

// Places in the workspace that the bootstrap reads and writes.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The workspace's root folder. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Fetched tools and stamps; git-ignored and safe to delete. */
export const tools = join(root, '.tools');

/** Executables of the fetched tools. */
export const toolsBin = join(tools, 'node_modules', '.bin');

/** What Node keeps of modules that it compiled. */
export const compiled = join(tools, 'compiled');

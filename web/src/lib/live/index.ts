/** The doorway for tests of the whole client without its screens. */
export { openApi } from '../connection/api.ts';
export { openChannelTransport } from '../connection/channel-transport.ts';
export { confirmSession } from '../connection/session.ts';
export type { Session } from '../connection/session.ts';
export type { Transport } from '../connection/transport.ts';
export type { Muster } from './muster.ts';
export { openMuster } from './open-muster.ts';
export type { OpenMuster } from './open-muster.ts';
export type { Surface } from './surface.ts';

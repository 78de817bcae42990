/** The browser's side of sync: one socket for all documents, under the stock `WebsocketProvider`. */
export { openChannelSocket } from './channel-socket.ts';
export type { ChannelSocket, ChannelSocketOptions, SocketStatus } from './channel-socket.ts';
export type { ChannelEvents } from './channel.ts';
export { canUnpackStates } from './packed-state.ts';
export type { Progress } from './progress.ts';
export type { BackOff } from './backoff.ts';

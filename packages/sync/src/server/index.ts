/** The server's side of sync: open documents, guarded writes, commit, broadcast, acknowledge. Knows no real socket. */
export { DocumentHost } from './document-host.ts';
export type {
  AccessPort,
  AppendOutcome,
  AppendRequest,
  CommittedUpdate,
  Connection,
  DocumentPort,
  EpochChange,
  HostEvent,
  HostOptions,
  HostStatus,
  LoadedDocument,
  Right,
  Session,
  StatePacker,
  SyncHost,
  Transport,
} from './ports.ts';
export { textOf } from './guard/text-of.ts';
export { systemClock } from '../clock.ts';
export type { Clock } from '../clock.ts';

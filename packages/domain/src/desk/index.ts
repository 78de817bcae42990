/** Service desk: requests, complaints, setbacks and questions. */
export { desk } from './desk.ts';
export { DESK_LIFECYCLE } from './lifecycle.ts';
export {
  ANNOUNCEMENT_KINDS,
  ANNOUNCEMENT_STATES,
  NOTICES,
  byPressure,
  decideAnnouncement,
  dueByClock,
  evolveAnnouncement,
  isBanner,
  isOverAnnouncement,
  isPlanned,
  isPublished,
  isRunning,
  readingKey,
  remindersOf,
  serviceState,
  stepsFrom,
} from './announcement/index.ts';
export type {
  Announcement,
  AnnouncementAct,
  AnnouncementContext,
  AnnouncementEvent,
  AnnouncementFields,
  AnnouncementKind,
  AnnouncementRefusal,
  AnnouncementRefusalFacts,
  AnnouncementRefusalReason,
  AnnouncementState,
  AnnouncementUpdate,
  AnnouncementVerb,
  Notice,
  ServiceState,
  ToldNotice,
} from './announcement/index.ts';

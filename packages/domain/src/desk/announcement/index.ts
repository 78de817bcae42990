/** Announcements of outages and maintenance: what the whole organisation is told. */
export {
  ANNOUNCEMENT_KINDS,
  ANNOUNCEMENT_STATES,
  NOTICES,
  isOverAnnouncement,
  isPlanned,
  isPublished,
  isRunning,
  readingKey,
  withoutItems,
} from './announcement.ts';
export type {
  Announcement,
  AnnouncementFields,
  AnnouncementKind,
  AnnouncementState,
  AnnouncementUpdate,
  Notice,
  ToldNotice,
} from './announcement.ts';
export { endsEntry, mailKindOf, teamsToMail, whyNoAnnouncementMail, whyNoPublicMail } from './mail.ts';
export type { AnnouncementMailCase } from './mail.ts';
export { isInAudience, isNewsFor, mayReadAnnouncement } from './audience.ts';
export type {
  AnnouncementAct,
  AnnouncementEvent,
  AnnouncementRefusal,
  AnnouncementRefusalFacts,
  AnnouncementRefusalReason,
  AnnouncementVerb,
} from './acts.ts';
export { decideAnnouncement, itemsNamedIn } from './decide.ts';
export type { AnnouncementContext } from './decide.ts';
export { evolveAnnouncement } from './evolve.ts';
export { stepsFrom } from './lifecycle.ts';
export { dueByClock, remindersOf } from './notices.ts';
export { byPressure, isBanner, serviceState } from './shown.ts';
export type { ServiceState } from './shown.ts';

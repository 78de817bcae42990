/**
 * Raised with each change of the wire, of a layout or of commands that a page which does not know it would misread.
 * 1: the first that says its version.
 * 2: major incidents, in rows, events and inboxes.
 * 3: announcements for named teams, in documents of their own; calls, in rows, events, inboxes and the directory;
 *    schedules of on call, with news of them; what the directory keeps for the staff alone, in a document of its own.
 * 4: changes and releases, in documents of their own; the plans of a change, in its room; news of changes.
 */
export const PAGE_VERSION = 4;

/** A server speaks with the pages of its own version and of the one before: a page that is open may finish its work. */
export const OLDEST_PAGE = PAGE_VERSION - 1;

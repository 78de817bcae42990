import type { Migration } from 'kysely/migration';
import { storeTables } from './0001-store.ts';
import { signInTables } from './0002-sign-in.ts';
import { roomText } from './0003-room-text.ts';
import { roomHistory } from './0004-room-history.ts';
import { restores } from './0005-restores.ts';
import { keptEnds } from './0006-kept-ends.ts';
import { rowSums } from './0007-row-sums.ts';
import { alerts } from './0009-alerts.ts';
import { majorIncidents } from './0010-major-incidents.ts';
import { announcements } from './0011-announcements.ts';
import { statusReports } from './0012-status-reports.ts';
import { incidentReview } from './0013-incident-review.ts';
import { restricted } from './0014-restricted.ts';
import { escalation } from './0015-escalation.ts';
import { deliveries } from './0016-deliveries.ts';
import { schedules } from './0017-schedules.ts';
import { calls } from './0018-calls.ts';
import { push } from './0019-push.ts';
import { webhooks } from './0020-webhooks.ts';
import { audiences } from './0021-audiences.ts';
import { receivedAlerts } from './0022-received-alerts.ts';
import { changes } from './0023-changes.ts';
import { releases } from './0024-releases.ts';
import { changeCalendars } from './0026-change-calendars.ts';
import { changeItems } from './0027-change-items.ts';
import { meetings } from './0028-meetings.ts';
import { storeSecret } from './0029-store-secret.ts';
import { causedIncidents } from './0030-caused-incidents.ts';
import { meetingTimes } from './0031-meeting-times.ts';
import { configuration } from './0032-configuration.ts';
import { problems } from './0036-problems.ts';
import { knownErrors } from './0039-known-errors.ts';
import { trends } from './0042-trends.ts';
import { recordItems } from './0044-record-items.ts';
import { configurationOrigins } from './0045-configuration-origins.ts';
import { configurationBaselines } from './0046-configuration-baselines.ts';
import { symptoms } from './0047-symptoms.ts';
import { keptAlerts } from './0048-kept-alerts.ts';

/** All migrations by name, run in the order of their names. A name that was released never changes. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-store': storeTables,
  '0002-sign-in': signInTables,
  '0003-room-text': roomText,
  '0004-room-history': roomHistory,
  '0005-restores': restores,
  '0006-kept-ends': keptEnds,
  '0007-row-sums': rowSums,
  '0009-alerts': alerts,
  '0010-major-incidents': majorIncidents,
  '0011-announcements': announcements,
  '0012-status-reports': statusReports,
  '0013-incident-review': incidentReview,
  '0014-restricted': restricted,
  '0015-escalation': escalation,
  '0016-deliveries': deliveries,
  '0017-schedules': schedules,
  '0018-calls': calls,
  '0019-push': push,
  '0020-webhooks': webhooks,
  '0021-audiences': audiences,
  '0022-received-alerts': receivedAlerts,
  '0023-changes': changes,
  '0024-releases': releases,
  '0026-change-calendars': changeCalendars,
  '0027-change-items': changeItems,
  '0028-meetings': meetings,
  '0029-store-secret': storeSecret,
  '0030-caused-incidents': causedIncidents,
  '0031-meeting-times': meetingTimes,
  '0032-configuration': configuration,
  '0036-problems': problems,
  '0039-known-errors': knownErrors,
  '0042-trends': trends,
  '0044-record-items': recordItems,
  '0045-configuration-origins': configurationOrigins,
  '0046-configuration-baselines': configurationBaselines,
  '0047-symptoms': symptoms,
  '0048-kept-alerts': keptAlerts,
};

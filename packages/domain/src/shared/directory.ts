import type { Chain } from './chain.ts';
import type { PersonId, ScheduleId, ServiceId, TeamId } from './ids.ts';
import type { Person } from './people.ts';
import type { MajorRule } from './major-rules.ts';
import type { Runbook } from './runbook.ts';
import type { Schedule } from './oncall/schedule.ts';
import type { PriorityMatrix } from './priority.ts';

/** What everybody on the desk knows of the organisation: people, teams, services and the rules kept as data. */
export interface Directory {
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly teams: ReadonlyMap<TeamId, Team>;
  readonly services: ReadonlyMap<ServiceId, Service>;
  readonly categories: readonly string[];
  readonly matrix: PriorityMatrix;
  readonly calendars: ReadonlyMap<string, BusinessCalendar>;
  readonly agreements: readonly Agreement[];
  /** What makes an incident a major one without anybody asking. */
  readonly majorRules: readonly MajorRule[];
  /** Guidance for incidents, by id. */
  readonly runbooks: ReadonlyMap<string, Runbook>;
  /** Who is on call when, by id; none where their reader is not of the staff. */
  readonly schedules: ReadonlyMap<ScheduleId, Schedule>;
  /** Who is called when somebody must answer, by the id of their team or `MAJOR_CHAIN`. */
  readonly chains: ReadonlyMap<string, Chain>;
}

export interface Team {
  readonly id: TeamId;
  readonly name: string;
  readonly members: readonly PersonId[];
  readonly lead: PersonId | null;
}

export interface Service {
  readonly id: ServiceId;
  readonly name: string;
  readonly team: TeamId | null;
  /** Business criticality, 1 (highest) to 4. */
  readonly criticality: 1 | 2 | 3 | 4;
}

/** Opening hours in one time zone. Minutes count from local midnight; `weekday` is 1 (Monday) to 7. */
export interface BusinessCalendar {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly hours: readonly { readonly weekday: number; readonly from: number; readonly to: number }[];
  /** Local dates without hours, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
}

/** A service-level target for records of a process and priority (A0.4). */
export interface Agreement {
  readonly id: string;
  readonly process: 'desk' | 'incident';
  readonly priority: 1 | 2 | 3 | 4 | 5;
  readonly metric: 'response' | 'resolution';
  readonly targetMs: number;
  readonly calendar: string;
}

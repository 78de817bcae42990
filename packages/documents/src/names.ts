/**
 * Names of documents, matched on the raw path: nothing is decoded or normalised,
 * so one document has exactly one name.
 */
import type { PersonId, RecordId, TeamId, TicketProcess } from '@muster/domain/shared';
import type { DocumentKind } from './kinds.ts';

/** Every name there is. Ids begin with a letter or digit and hold letters, digits, `_` and `-`, at most 64. */
const NAME =
  /^(?:(?<kind>record|journal|room|inbox|draft|article|release|meeting)\/(?<id>[A-Za-z0-9][A-Za-z0-9_-]{0,63})|board\/(?<process>desk|incident)(?:\/person\/(?<person>[A-Za-z0-9][A-Za-z0-9_-]{0,63})|\/(?<team>[A-Za-z0-9][A-Za-z0-9_-]{0,63}))?@(?<boardEpoch>[1-9][0-9]{0,8})|board\/(?<planned>change|release|meeting|problem|configuration)@(?<plannedEpoch>[1-9][0-9]{0,8})|board\/known-error(?<help>\/everybody)?@(?<knowledgeEpoch>[1-9][0-9]{0,8})|(?<directory>directory(?:\/staff)?)@(?<directoryEpoch>[1-9][0-9]{0,8})|(?<notice>notice)(?:\/(?<noticeTeam>[A-Za-z0-9][A-Za-z0-9_-]{0,63}))?|(?<oncall>oncall)|rules\/(?<rules>change|configuration))$/;

export const MAX_NAME_LENGTH = 160;

const STAFF_DIRECTORY = 'directory/staff';

export type DocumentName =
  | {
      readonly raw: string;
      readonly kind: 'board';
      readonly process: TicketProcess;
      readonly team: TeamId | null;
      /** Whose own board it is: the records that name them as a reader. */
      readonly person: PersonId | null;
      readonly epoch: number;
    }
  /** The changes, the releases, the problems or the meetings: all of them, for whoever may read any. */
  | {
      readonly raw: string;
      readonly kind: 'change-board' | 'release-board' | 'problem-board';
      readonly epoch: number;
    }
  | { readonly raw: string; readonly kind: 'meeting-board'; readonly epoch: number }
  /** Known errors and articles: all of them for the staff, or what is published for everybody. */
  | { readonly raw: string; readonly kind: 'knowledge-board' | 'help-board'; readonly epoch: number }
  /** All items and how they hang together, for whoever may read the configuration. */
  | { readonly raw: string; readonly kind: 'configuration-board'; readonly epoch: number }
  | { readonly raw: string; readonly kind: 'record' | 'journal' | 'room'; readonly id: RecordId }
  | { readonly raw: string; readonly kind: 'release'; readonly id: RecordId }
  | { readonly raw: string; readonly kind: 'meeting'; readonly id: RecordId }
  | { readonly raw: string; readonly kind: 'article'; readonly id: RecordId }
  | { readonly raw: string; readonly kind: 'inbox' | 'draft'; readonly id: PersonId }
  /** What everybody knows of the organisation, or what its staff alone does. */
  | { readonly raw: string; readonly kind: 'directory'; readonly staff: boolean; readonly epoch: number }
  | {
      readonly raw: string;
      readonly kind: 'notice';
      /** The team whose members alone read it; null for everybody's. */
      readonly team: TeamId | null;
    }
  | { readonly raw: string; readonly kind: 'oncall' }
  /** What the rules of a process look at as data. */
  | { readonly raw: string; readonly kind: 'rules'; readonly process: 'change' }
  /** Classes of items and types of relations. */
  | { readonly raw: string; readonly kind: 'configuration-rules' };

/** Reads a raw name; null when it is none. Never throws, whatever it is given. */
export function parseName(raw: unknown): DocumentName | null {
  if (typeof raw !== 'string' || raw.length > MAX_NAME_LENGTH) return null;
  const groups = NAME.exec(raw)?.groups;
  if (groups === undefined) return null;
  if (groups['notice'] !== undefined)
    return { raw, kind: 'notice', team: (groups['noticeTeam'] ?? null) as TeamId | null };
  if (groups['oncall'] !== undefined) return { raw, kind: 'oncall' };
  if (groups['rules'] === 'configuration') return { raw, kind: 'configuration-rules' };
  if (groups['rules'] !== undefined) return { raw, kind: 'rules', process: 'change' };
  if (groups['planned'] !== undefined) {
    const planned = groups['planned'] as 'change' | 'release' | 'meeting' | 'problem' | 'configuration';
    return { raw, kind: `${planned}-board`, epoch: Number(groups['plannedEpoch']) };
  }
  if (groups['knowledgeEpoch'] !== undefined) {
    const kind = groups['help'] === undefined ? 'knowledge-board' : 'help-board';
    return { raw, kind, epoch: Number(groups['knowledgeEpoch']) };
  }
  if (groups['directoryEpoch'] !== undefined)
    return {
      raw,
      kind: 'directory',
      staff: groups['directory'] === STAFF_DIRECTORY,
      epoch: Number(groups['directoryEpoch']),
    };
  if (groups['process'] !== undefined) {
    return {
      raw,
      kind: 'board',
      process: groups['process'] as TicketProcess,
      team: (groups['team'] ?? null) as TeamId | null,
      person: (groups['person'] ?? null) as PersonId | null,
      epoch: Number(groups['boardEpoch']),
    };
  }
  return { raw, kind: groups['kind'], id: groups['id'] } as DocumentName;
}

export function kindOf(raw: string): DocumentKind | null {
  return parseName(raw)?.kind ?? null;
}

/** The board of a process, or of the records of it that one team alone may read. */
export function boardName(process: TicketProcess, epoch: number, team: TeamId | null = null): string {
  return team === null ? `board/${process}@${epoch}` : `board/${process}/${team}@${epoch}`;
}

/** The board of the records of a process that name a person as a reader. */
export function personBoardName(process: TicketProcess, epoch: number, person: PersonId): string {
  return `board/${process}/person/${person}@${epoch}`;
}

/** All changes that have not been over for long. */
export function changeBoardName(epoch: number): string {
  return `board/change@${epoch}`;
}

/** All releases, in short. */
export function releaseBoardName(epoch: number): string {
  return `board/release@${epoch}`;
}

/** All problems that have not been over for long. */
export function problemBoardName(epoch: number): string {
  return `board/problem@${epoch}`;
}

/** The meetings of change boards: to come, held, and of the last time. */
export function meetingBoardName(epoch: number): string {
  return `board/meeting@${epoch}`;
}

/** All known errors and articles, drafts too: for the staff. */
export function knowledgeBoardName(epoch: number): string {
  return `board/known-error@${epoch}`;
}

/** What of them is published for everybody. */
export function helpBoardName(epoch: number): string {
  return `board/known-error/everybody@${epoch}`;
}

/** What people write together of a known error or an article. */
export function articleName(id: RecordId): string {
  return `article/${id}`;
}

/** The items of the configuration and the relations between them. */
export function configurationBoardName(epoch: number): string {
  return `board/configuration@${epoch}`;
}

export function directoryName(epoch: number): string {
  return `directory@${epoch}`;
}

/** What the staff alone knows of the organisation. */
export function staffDirectoryName(epoch: number): string {
  return `${STAFF_DIRECTORY}@${epoch}`;
}

/** Public events of a record. */
export function recordName(id: RecordId): string {
  return `record/${id}`;
}

/** Events of a record that its staff alone may read. */
export function journalName(id: RecordId): string {
  return `journal/${id}`;
}

/** What people write together on a record. */
export function roomName(id: RecordId): string {
  return `room/${id}`;
}

/** A release whole, with its checklist. */
export function releaseName(id: RecordId): string {
  return `release/${id}`;
}

/** A meeting whole, with its agenda. */
export function meetingName(id: RecordId): string {
  return `meeting/${id}`;
}

export function inboxName(person: PersonId): string {
  return `inbox/${person}`;
}

export function draftName(person: PersonId): string {
  return `draft/${person}`;
}

export const NOTICE_NAME = 'notice';

/** What is announced to everybody, or to one team alone. */
export function noticeName(team: TeamId | null): string {
  return team === null ? NOTICE_NAME : `${NOTICE_NAME}/${team}`;
}

/** Who is on call when: for the staff alone. */
export const ONCALL_NAME = 'oncall';

/** Models, policies, windows, templates and boards of changes. */
export const CHANGE_RULES_NAME = 'rules/change';

/** Classes of items and types of relations. */
export const CONFIGURATION_RULES_NAME = 'rules/configuration';

/** The name without its epoch: what stays the same over rebuilds. */
export function withoutEpoch(raw: string): string {
  return raw.replace(/@[0-9]+$/, '');
}

/** Boards of which there is one for a kind of record: what each is called, what fills a new one, and how it is written. */
import {
  changeBoardName,
  configurationBoardName,
  helpBoardName,
  knowledgeBoardName,
  meetingBoardName,
  problemBoardName,
  releaseBoardName,
} from '@muster/documents';
import type { DocumentKind } from '@muster/documents';
import { writeChange } from '@muster/documents/change';
import { writeKnowledgeRow } from '@muster/documents/knowledge';
import { rowOfMeeting, writeMeetingRow } from '@muster/documents/meeting';
import { writeProblem } from '@muster/documents/problem';
import { rowOfRelease, writeReleaseRow } from '@muster/documents/release';
import type { Change, Meeting } from '@muster/domain/change';
import type { KnownError, Problem } from '@muster/domain/problem';
import type { Release } from '@muster/domain/release';
import type * as Y from 'yjs';
import type { Statements } from '../statements.ts';
import { changeBoardContent } from './change-documents.ts';
import { configurationBoardContent } from './configuration-documents.ts';
import { helpBoardContent, knowledgeBoardContent } from './knowledge-documents.ts';
import { meetingBoardContent } from './meeting-documents.ts';
import { problemBoardContent } from './problem-documents.ts';
import { releaseBoardContent } from './release-documents.ts';

interface OneBoard {
  readonly kind: DocumentKind;
  /** Its name in the first epoch. */
  readonly first: string;
  /** What fills a new one, from SQL. */
  readonly content: (statements: Statements, now: number) => (doc: Y.Doc) => void;
}

export interface WrittenBoard<Shown> extends OneBoard {
  readonly write: (doc: Y.Doc, it: Shown) => void;
}

export const CHANGE_BOARD = {
  kind: 'change-board',
  first: changeBoardName(1),
  content: changeBoardContent,
  write: writeChange,
} as const satisfies WrittenBoard<Change>;

export const RELEASE_BOARD = {
  kind: 'release-board',
  first: releaseBoardName(1),
  content: releaseBoardContent,
  write: (doc: Y.Doc, release: Release) => writeReleaseRow(doc, rowOfRelease(release)),
} as const satisfies WrittenBoard<Release>;

export const MEETING_BOARD = {
  kind: 'meeting-board',
  first: meetingBoardName(1),
  content: meetingBoardContent,
  write: (doc: Y.Doc, meeting: Meeting) => writeMeetingRow(doc, rowOfMeeting(meeting)),
} as const satisfies WrittenBoard<Meeting>;

export const PROBLEM_BOARD = {
  kind: 'problem-board',
  first: problemBoardName(1),
  content: problemBoardContent,
  write: writeProblem,
} as const satisfies WrittenBoard<Problem>;

/** Items and relations are on it, each written in its own way. */
export const CONFIGURATION_BOARD = {
  kind: 'configuration-board',
  first: configurationBoardName(1),
  content: configurationBoardContent,
  write: (doc: Y.Doc, write: (doc: Y.Doc) => void) => write(doc),
} as const satisfies WrittenBoard<(doc: Y.Doc) => void>;

/** Known errors and articles, for the staff. */
export const KNOWLEDGE_BOARD = {
  kind: 'knowledge-board',
  first: knowledgeBoardName(1),
  content: knowledgeBoardContent,
  write: writeKnowledgeRow,
} as const satisfies WrittenBoard<KnownError>;

/** What everybody may read of them; what leaves it leaves no trace, so it is not written like the others. */
export const HELP_BOARD = {
  kind: 'help-board',
  first: helpBoardName(1),
  content: helpBoardContent,
} as const satisfies OneBoard;

export const ONE_BOARDS = [
  CHANGE_BOARD,
  RELEASE_BOARD,
  MEETING_BOARD,
  CONFIGURATION_BOARD,
  PROBLEM_BOARD,
  KNOWLEDGE_BOARD,
  HELP_BOARD,
] as const;

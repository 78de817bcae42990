import {
  agreementEntry,
  calendarEntry,
  categoriesEntry,
  chainEntry,
  majorRulesEntry,
  matrixEntry,
  personEntry,
  runbookEntry,
  serviceEntry,
  teamEntry,
} from './directory.ts';
import { ruleEntry } from './change/rules.ts';
import { changeRow } from './change/row.ts';
import { itemRow, relationRow } from './configuration/rows.ts';
import { configurationRulesEntry } from './configuration/rules.ts';
import { draftMeta } from './draft.ts';
import { inboxItem } from './inbox.ts';
import { plainEvent } from './plain-history.ts';
import { rulesOf } from './kinds.ts';
import { helpRow } from './knowledge/help.ts';
import { knowledgeRow } from './knowledge/row.ts';
import type { DocumentKind } from './kinds.ts';
import {
  attendancePart,
  headPart as meetingHead,
  itemEntry,
  orderPart as meetingOrder,
  pulsePart as meetingPulse,
} from './meeting/parts.ts';
import { meetingRow } from './meeting/row.ts';
import { announcementEntry } from './notice.ts';
import { scheduleEntry } from './oncall.ts';
import {
  alarmsPart,
  headPart,
  membersPart,
  orderPart,
  pulsePart,
  rollCallPart,
  unitsPart,
} from './release/parts.ts';
import { phaseEntry } from './release/phase.ts';
import { releaseRow } from './release/row.ts';
import { stepEntry } from './release/step.ts';
import { thoughtHead, thoughtMark } from './problem/thought.ts';
import { problemRow } from './problem/row.ts';
import { recordedEvent } from './ticket-events.ts';
import { ticketRow } from './ticket-row.ts';
import { entryHead, entryMark } from './timeline/entry.ts';
import { taskHead, taskMark } from './timeline/task.ts';

const CODECS: { readonly [Kind in DocumentKind]: readonly { readonly shape: string }[] } = {
  board: [ticketRow],
  'change-board': [changeRow],
  'release-board': [releaseRow, membersPart],
  release: [
    headPart,
    pulsePart,
    orderPart,
    membersPart,
    unitsPart,
    rollCallPart,
    alarmsPart,
    stepEntry,
    phaseEntry,
  ],
  'knowledge-board': [knowledgeRow],
  'help-board': [helpRow],
  'problem-board': [problemRow],
  'meeting-board': [meetingRow],
  meeting: [meetingHead, meetingPulse, meetingOrder, attendancePart, itemEntry],
  'configuration-board': [itemRow, relationRow],
  'configuration-rules': [configurationRulesEntry],
  rules: [ruleEntry],
  record: [recordedEvent],
  journal: [recordedEvent, plainEvent],
  room: [entryHead, entryMark, taskHead, taskMark, thoughtHead, thoughtMark],
  article: [],
  inbox: [inboxItem, ticketRow],
  draft: [draftMeta],
  notice: [announcementEntry],
  oncall: [scheduleEntry],
  directory: [
    personEntry,
    teamEntry,
    serviceEntry,
    matrixEntry,
    categoriesEntry,
    calendarEntry,
    agreementEntry,
    majorRulesEntry,
    runbookEntry,
    chainEntry,
  ],
};

/**
 * The stored form of a kind in words: its roots and the shapes of what lies in them.
 * The layout test hashes it, so that no form changes without its version.
 */
export function describeLayout(kind: DocumentKind): string {
  const { writer, roots, rootPrefixes } = rulesOf(kind);
  return JSON.stringify({ writer, roots, rootPrefixes, shapes: CODECS[kind].map(({ shape }) => shape) });
}

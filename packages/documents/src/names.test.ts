import { recordId, personId, teamId } from '@muster/domain/shared';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CHANGE_RULES_NAME,
  NOTICE_NAME,
  ONCALL_NAME,
  boardName,
  changeBoardName,
  directoryName,
  draftName,
  inboxName,
  journalName,
  helpBoardName,
  knowledgeBoardName,
  articleName,
  CONFIGURATION_RULES_NAME,
  configurationBoardName,
  meetingBoardName,
  meetingName,
  noticeName,
  parseName,
  personBoardName,
  problemBoardName,
  recordName,
  releaseBoardName,
  releaseName,
  roomName,
  staffDirectoryName,
  withoutEpoch,
} from './names.ts';

const ID = '01KB3C0000000000000000000A';

describe('names of documents', () => {
  test('every builder makes a name that parses back to its parts', () => {
    expect(parseName(boardName('incident', 3))).toEqual({
      raw: 'board/incident@3',
      kind: 'board',
      process: 'incident',
      team: null,
      person: null,
      epoch: 3,
    });
    expect(parseName(boardName('desk', 12, teamId(ID)))).toMatchObject({
      kind: 'board',
      team: ID,
      person: null,
      epoch: 12,
    });
    expect(parseName(personBoardName('incident', 2, personId(ID)))).toEqual({
      raw: `board/incident/person/${ID}@2`,
      kind: 'board',
      process: 'incident',
      team: null,
      person: ID,
      epoch: 2,
    });
    expect(parseName('board/desk/person@1')).toMatchObject({ team: 'person', person: null });
    expect(parseName(recordName(recordId(ID)))).toMatchObject({ kind: 'record', id: ID });
    expect(parseName(journalName(recordId(ID)))).toMatchObject({ kind: 'journal', id: ID });
    expect(parseName(roomName(recordId(ID)))).toMatchObject({ kind: 'room', id: ID });
    expect(parseName(inboxName(personId(ID)))).toMatchObject({ kind: 'inbox', id: ID });
    expect(parseName(draftName(personId(ID)))).toMatchObject({ kind: 'draft', id: ID });
    expect(parseName(articleName(recordId(ID)))).toMatchObject({ kind: 'article', id: ID });
    expect(parseName(knowledgeBoardName(2))).toMatchObject({ kind: 'knowledge-board', epoch: 2 });
    expect(parseName(helpBoardName(3))).toMatchObject({ kind: 'help-board', epoch: 3 });
    expect(parseName(directoryName(1))).toMatchObject({ kind: 'directory', staff: false, epoch: 1 });
    expect(parseName(staffDirectoryName(4))).toMatchObject({ kind: 'directory', staff: true, epoch: 4 });
    expect(parseName(NOTICE_NAME)).toEqual({ raw: 'notice', kind: 'notice', team: null });
    expect(parseName(noticeName(teamId(ID)))).toEqual({ raw: `notice/${ID}`, kind: 'notice', team: ID });
    expect(noticeName(null)).toBe(NOTICE_NAME);
    expect(parseName(ONCALL_NAME)).toEqual({ raw: 'oncall', kind: 'oncall' });
    expect(parseName(changeBoardName(2))).toEqual({ raw: 'board/change@2', kind: 'change-board', epoch: 2 });
    expect(parseName(problemBoardName(3))).toMatchObject({ kind: 'problem-board', epoch: 3 });
    expect(parseName(releaseBoardName(1))).toMatchObject({ kind: 'release-board', epoch: 1 });
    expect(parseName(releaseName(recordId(ID)))).toMatchObject({ kind: 'release', id: ID });
    expect(parseName(meetingBoardName(4))).toMatchObject({ kind: 'meeting-board', epoch: 4 });
    expect(parseName(configurationBoardName(4))).toMatchObject({ kind: 'configuration-board', epoch: 4 });
    expect(parseName(CONFIGURATION_RULES_NAME)).toMatchObject({ kind: 'configuration-rules' });
    expect(parseName(meetingName(recordId(ID)))).toMatchObject({ kind: 'meeting', id: ID });
    expect(parseName(CHANGE_RULES_NAME)).toEqual({ raw: 'rules/change', kind: 'rules', process: 'change' });
    expect(withoutEpoch('board/desk/network@7')).toBe('board/desk/network');
  });

  test.each([
    '',
    '/',
    'board',
    'board/incident',
    'board/incident@0',
    'board/incident@01',
    'board/incident@-1',
    'board/other@1',
    'board/change',
    'board/change@0',
    'board/change/network@1',
    'board/release/person/a@1',
    'release/',
    'release/a@1',
    'board/meeting',
    'board/configuration',
    'board/configuration/a@1',
    'rules/configuration@1',
    'meeting/a@1',
    'rules/change@1',
    'rules/desk',
    'rules',
    'board/incident/../desk@1',
    'board/incident/person/@1',
    'board/incident/person/a/b@1',
    'board/incident/people/a@1',
    'room/%30',
    'room/',
    'room/a/b',
    'room/a@1',
    'Room/a',
    ' room/a',
    'room/a\n',
    'room/__proto__',
    'notice@1',
    'oncall@1',
    'oncall/a',
    'notice/',
    'notice/a/b',
    'notice/a@1',
    'directory',
    'directory@1000000000',
    'room/é',
    `room/${'a'.repeat(65)}`,
    'room/a?x=1',
    'room/a\0',
  ])('%j is no name', (raw) => {
    expect(parseName(raw)).toBeNull();
  });

  test('anything parses to null or to its own raw name, without a throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.string(), fc.stringMatching(/^(board|room)\/[a-z@0-9/]*$/)),
        (raw) => {
          const name = parseName(raw);
          expect(name === null || name.raw === raw).toBe(true);
        },
      ),
      { seed: 1, numRuns: 2000 },
    );
  });
});

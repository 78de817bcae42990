/**
 * Shows what the command path wrote in the documents that exist: boards always, a record's two histories and a
 * person's inbox only once somebody opened them. A projection whose log is damaged is made again from SQL on the
 * spot; the commands of the day go on.
 */
import {
  CONFIGURATION_RULES_NAME,
  CHANGE_RULES_NAME,
  ONCALL_NAME,
  articleName,
  appendEvents,
  appendInboxItem,
  inboxName,
  journalName,
  meetingName,
  markInboxRead,
  noticeName,
  recordName,
  releaseName,
  removeAnnouncement,
  reviewStart,
  roomName,
  writeAnnouncement,
  writeRequest,
  writeSchedule,
} from '@muster/documents';
import type { InboxItem } from '@muster/documents';
import { writeConfigurationRules, writeItemRow } from '@muster/documents/configuration';
import { CONFIGURATION_RULES } from '@muster/domain/configuration';
import type { ConfigurationRules, KeptRelation, RulesEvent } from '@muster/domain/configuration';
import { appendPlainEvents, writeRule } from '@muster/documents/change';
import type {
  BoardEvent,
  ChangeTemplate,
  MeetingBoard,
  PlanDigests,
  TemplateEvent,
} from '@muster/domain/change';
import { eventsWithoutHidden, withoutHidden } from '@muster/domain/change';
import { putBackArticle } from '@muster/documents/knowledge';
import { writeMeeting } from '@muster/documents/meeting';
import type { ArticleText } from '@muster/domain/problem';
import { isOverKnowledge, problemEventsWithoutHidden, problemWithoutHidden } from '@muster/domain/problem';
import { writeRelease } from '@muster/documents/release';
import { isPublished } from '@muster/domain/desk';
import type { Announcement } from '@muster/domain/desk';
import { SYSTEM, asSeenBy, audienceOf, isRestricted, recordId } from '@muster/domain/shared';
import type { PersonId, Recorded, RecordId, Schedule, TicketEvent } from '@muster/domain/shared';
import * as Y from 'yjs';
import { queueNotices } from '../../channels/announcement/queue-notices.ts';
import type { VersionedNotice } from '../../channels/announcement/queue-notices.ts';
import { queuePush } from '../../channels/push/queue-push.ts';
import { queueMail } from '../../channels/queue-mail.ts';
import { queueChangeWebhooks, queueWebhooks } from '../../channels/webhook/queue-webhooks.ts';
import type {
  Projection,
  RecordChange,
  ShownChange,
  ShownKnowledge,
  ShownMeeting,
  ShownItem,
  ShownProblem,
  ShownRelation,
  ShownRelease,
} from '../../commands/projection.ts';
import { freshClientId, reviewClientId } from './documents/client-ids.ts';
import { articleIn, inHistory } from './documents/knowledge-documents.ts';
import { relationHistories, relationRows } from './documents/shown-relations.ts';
import { hiddenIn } from './documents/hidden-incidents.ts';
import { noticesOf } from './documents/notice-document.ts';
import {
  CHANGE_BOARD,
  CONFIGURATION_BOARD,
  KNOWLEDGE_BOARD,
  MEETING_BOARD,
  PROBLEM_BOARD,
  RELEASE_BOARD,
} from './documents/one-boards.ts';
import { DamagedDocument } from './documents/server-documents.ts';
import type { WriterContext } from './writer-context.ts';
import type { WriteUnit } from './write-unit.ts';

export class DocumentProjection implements Projection {
  readonly #context: WriterContext;
  readonly #unit: WriteUnit;
  readonly #now: number;

  constructor(context: WriterContext, unit: WriteUnit, now: number) {
    this.#context = context;
    this.#unit = unit;
    this.#now = now;
  }

  async show(changes: readonly RecordChange[]): Promise<void> {
    await this.#context.epochs.project(this.#unit, changes, this.#now);
    for (const { before, after } of changes)
      if (before !== null && isRestricted(before) !== isRestricted(after))
        await this.#context.showNamed(this.#unit, after.id, this.#now);
    const directory = await this.#context.directory();
    for (const change of changes) {
      const { after, recorded, live } = change;
      queueWebhooks(this.#context.statements, directory, change, this.#now);
      await this.#change(recordName(after.id), (doc) => appendEvents(doc, heardBy('public', recorded)));
      await this.#change(journalName(after.id), (doc) => appendEvents(doc, heardBy('staff', recorded)));
      if (recorded.some(({ event }) => event.type === 'review-begun')) this.#startReview(after.id);
      if (!live) continue;
      const requester = directory.people.get(after.requester) ?? null;
      await this.#change(inboxName(after.requester), (doc) => writeRequest(doc, asSeenBy(requester, after)));
    }
  }

  async tell(person: PersonId, item: InboxItem): Promise<void> {
    const { db } = this.#context;
    const known = await db.selectFrom('person').select('id').where('id', '=', person).executeTakeFirst();
    if (known === undefined) return;
    const inserted = await db
      .insertInto('inbox_item')
      .values({ ...item, person, detail: JSON.stringify(item.detail), read_at: null })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 1n) {
      if (this.#context.mail) await queueMail(db, person, item, this.#now);
      await queuePush(db, person, item, this.#now);
    }
    await this.#change(inboxName(person), (doc) => appendInboxItem(doc, item));
  }

  async markRead(person: PersonId, items: readonly string[], at: number): Promise<void> {
    if (items.length === 0) return;
    const marked = await this.#context.db
      .updateTable('inbox_item')
      .set({ read_at: at })
      .where('person', '=', person)
      .where('id', 'in', items)
      .where('read_at', 'is', null)
      .returning('id')
      .execute();
    await this.#change(inboxName(person), (doc) =>
      markInboxRead(
        doc,
        marked.map(({ id }) => id),
        at,
      ),
    );
  }

  /**
   * Puts the headings of a review into a room that people write in. A room that is made later starts with them; one
   * that is damaged stays as it is.
   */
  #startReview(record: RecordId): void {
    const room = roomName(record);
    this.#asPeople(room, reviewClientId(room), (doc, client) => Y.applyUpdate(doc, reviewStart(client)));
  }

  /** Writes in a document of people under a client id of the system's own; one that is damaged stays as it is. */
  #asPeople(name: string, client: number, write: (doc: Y.Doc, client: number) => void): void {
    const { log, people, server } = this.#context;
    const row = log.find(name);
    if (row === undefined || row.damaged_at !== null) return;
    people.bind(name, client, SYSTEM);
    try {
      server.change(this.#unit, name, this.#now, (doc) => write(doc, client));
    } catch (error) {
      if (!(error instanceof DamagedDocument)) throw error;
    } finally {
      // what people write is not kept in memory here
      server.forget(name);
    }
  }

  async announce(announcement: Announcement, before: Announcement | null): Promise<void> {
    if (!isPublished(announcement)) return;
    const shown = noticesOf(announcement);
    for (const team of shown)
      await this.#change(noticeName(team), (doc) => writeAnnouncement(doc, announcement));
    const had = before === null || !isPublished(before) ? [] : noticesOf(before);
    const left = had.filter((team) => !shown.includes(team));
    for (const team of left) {
      await this.#change(noticeName(team), (doc) => removeAnnouncement(doc, announcement.id));
      this.#leaveNoTrace(noticeName(team));
    }
    if (left.length === 0) return;
    this.#unit.audiences.push({
      record: announcement.id,
      shown: shown.map(noticeName),
      left: left.map(noticeName),
      ended: [],
    });
  }

  async mailNotices(announcement: Announcement, notices: readonly VersionedNotice[]): Promise<void> {
    if (this.#context.mail) await queueNotices(this.#context.db, announcement, notices);
  }

  async showSchedule(schedule: Schedule): Promise<void> {
    this.#context.forgetDirectory(this.#unit);
    await this.#change(ONCALL_NAME, (doc) => writeSchedule(doc, schedule));
  }

  async showChange(shown: ShownChange): Promise<void> {
    const { after, recorded, live } = shown;
    const isHidden = hiddenIn(this.#context.statements);
    queueChangeWebhooks(this.#context.statements, await this.#context.directory(), shown, this.#now);
    await this.#context.book.place(this.#unit, after);
    if (live)
      await this.#context.epochs.show(this.#unit, CHANGE_BOARD, withoutHidden(after, isHidden), this.#now);
    await this.#change(journalName(after.id), (doc) =>
      appendPlainEvents(doc, eventsWithoutHidden(recorded, isHidden)),
    );
  }

  async showRelease({ before, after, recorded, live }: ShownRelease): Promise<void> {
    if (live) await this.#context.epochs.show(this.#unit, RELEASE_BOARD, after, this.#now);
    await this.#change(releaseName(after.id), (doc) => writeRelease(doc, after, before));
    await this.#change(journalName(after.id), (doc) => appendPlainEvents(doc, recorded));
  }

  async showItem({ before, after, recorded, key }: ShownItem): Promise<void> {
    this.#context.configuration.noteItem(this.#unit, before, after);
    if (key !== null) await this.#showConfiguration((doc) => writeItemRow(doc, key, after));
    await this.#change(journalName(recordId(after.id)), (doc) => appendPlainEvents(doc, recorded));
  }

  async showRelation(shown: ShownRelation): Promise<void> {
    this.noteRelation(shown.after);
    await this.showRelations([shown]);
  }

  noteRelation(after: KeptRelation): void {
    this.#context.configuration.noteRelation(this.#unit, after);
  }

  async showRelations(shown: readonly ShownRelation[]): Promise<void> {
    if (shown.length === 0) return;
    await this.#showConfiguration(relationRows(this.#context.statements, shown));
    for (const [name, events] of relationHistories(shown))
      await this.#change(name, (doc) => appendPlainEvents(doc, events));
  }

  async showConfigurationRules(
    rules: ConfigurationRules,
    recorded: readonly Recorded<RulesEvent>[],
  ): Promise<void> {
    this.#context.configuration.forget(this.#unit);
    await this.#change(CONFIGURATION_RULES_NAME, (doc) => writeConfigurationRules(doc, rules));
    await this.#change(journalName(CONFIGURATION_RULES), (doc) => appendPlainEvents(doc, recorded));
  }

  async showProblem({ after, recorded, live }: ShownProblem): Promise<void> {
    const isHidden = hiddenIn(this.#context.statements);
    const shown = problemWithoutHidden(after, isHidden);
    if (live) await this.#context.epochs.show(this.#unit, PROBLEM_BOARD, shown, this.#now);
    await this.#change(journalName(after.id), (doc) =>
      appendPlainEvents(doc, problemEventsWithoutHidden(recorded, isHidden)),
    );
  }

  async showKnowledge({ before, after, version, recorded, live }: ShownKnowledge): Promise<void> {
    const { epochs } = this.#context;
    if (live) await epochs.show(this.#unit, KNOWLEDGE_BOARD, after, this.#now);
    await epochs.showHelp(this.#unit, after, version, this.#now);
    await this.#change(journalName(after.id), (doc) => appendPlainEvents(doc, inHistory(recorded)));
    if (recorded.some(({ event }) => event.type === 'draft-dropped'))
      this.#asPeople(articleName(after.id), freshClientId(), (doc, client) =>
        putBackArticle(doc, version?.body ?? [], client),
      );
    // whoever wrote in its text may do so no more
    if (before !== null && !isOverKnowledge(before) && isOverKnowledge(after))
      this.#unit.audiences.push({ record: after.id, shown: [], left: [], ended: [] });
  }

  articleOf(id: RecordId): ArticleText | null {
    return articleIn(this.#context.log, articleName(id));
  }

  async showTemplate(template: ChangeTemplate, recorded: readonly Recorded<TemplateEvent>[]): Promise<void> {
    this.#context.book.noteTemplate(this.#unit, template);
    await this.#change(CHANGE_RULES_NAME, (doc) => writeRule(doc, 'templates', template.id, template));
    await this.#change(journalName(template.id), (doc) => appendPlainEvents(doc, recorded));
  }

  async showChangeBoard(board: MeetingBoard, recorded: readonly Recorded<BoardEvent>[]): Promise<void> {
    this.#context.book.noteBoard(this.#unit, board);
    await this.#change(CHANGE_RULES_NAME, (doc) => writeRule(doc, 'boards', board.id, board));
    await this.#change(journalName(board.id), (doc) => appendPlainEvents(doc, recorded));
  }

  async showMeeting({ before, after, recorded, live }: ShownMeeting): Promise<void> {
    if (live) await this.#context.epochs.show(this.#unit, MEETING_BOARD, after, this.#now);
    await this.#change(meetingName(after.id), (doc) => writeMeeting(doc, after, before));
    await this.#change(journalName(after.id), (doc) => appendPlainEvents(doc, recorded));
    // whoever wrote in its notes may do so no more
    if (recorded.some(({ event: { type } }) => type === 'closed' || type === 'called-off'))
      this.#unit.audiences.push({ record: after.id, shown: [], left: [], ended: [] });
  }

  plansOf(change: RecordId): Promise<PlanDigests | null> {
    return Promise.resolve(this.#context.roomPlans.of(this.#unit, roomName(change)));
  }

  async noteReading(person: PersonId, key: string, at: number): Promise<void> {
    await this.#change(inboxName(person), (doc) => markInboxRead(doc, [key], at));
  }

  /** The bytes of a log keep what was taken out of its document: so it is written down anew without. */
  #leaveNoTrace(name: string): void {
    const { log, server, snapshots } = this.#context;
    if (log.find(name) !== undefined) snapshots.keep(server.fold(name, this.#now));
  }

  /** Changes a document that exists; one that does not is made from SQL when it is first opened. */
  async #showConfiguration(write: (doc: Y.Doc) => void): Promise<void> {
    await this.#context.epochs.show(this.#unit, CONFIGURATION_BOARD, write, this.#now);
  }

  async #change(name: string, write: (doc: Y.Doc) => void): Promise<void> {
    if (this.#context.log.find(name) === undefined) return;
    await this.#context.repairing(this.#unit, name, this.#now, () =>
      this.#context.server.change(this.#unit, name, this.#now, write),
    );
  }
}

function heardBy(
  audience: 'public' | 'staff',
  recorded: readonly Recorded<TicketEvent>[],
): readonly Recorded<TicketEvent>[] {
  return recorded.filter(({ event }) => audienceOf(event) === audience);
}

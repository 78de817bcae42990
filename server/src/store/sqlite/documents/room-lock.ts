import { parseName } from '@muster/documents';
import { CHANGE_MODELS, isContentLocked } from '@muster/domain/change';
import type { ChangeModel, ChangeState } from '@muster/domain/change';
import { isOverProblem } from '@muster/domain/problem';
import type { Problem } from '@muster/domain/problem';
import { MODEL_PREFIX } from '../../changes.ts';
import type { Removed } from '../../changes.ts';
import type { Statements } from '../statements.ts';
import { isArticleOver } from './knowledge-documents.ts';

/**
 * Whether the plans in a room are locked now (CHG-65). Asked in the transaction that would write them: no step can come
 * between.
 */
export function isLocked(statements: Statements, room: string): boolean {
  const name = parseName(room);
  if (name?.kind !== 'room') return false;
  const change = statements.prepare('select model, state from change where id = ?').get(name.id) as
    { model: string; state: ChangeState } | undefined;
  if (change === undefined) return false;
  const model = modelOf(statements, change.model);
  return model === null || isContentLocked(model, change.state, 'plans');
}

/**
 * Whether a room is of a meeting (CHG-105) or a problem (PRB-8) that is over, or a text of what is superseded or retired
 * (PRB-50): nothing in it is written any more. Who had it open learns of the end only after the commit that brought it.
 */
export function isOver(statements: Statements, room: string): boolean {
  const name = parseName(room);
  if (name?.kind === 'article') return isArticleOver(statements, name.id);
  if (name?.kind !== 'room') return false;
  const meeting = `select 1 from change_meeting where id = ? and state in ('closed', 'called_off')`;
  if (statements.prepare(meeting).get(name.id) !== undefined) return true;
  const problem = statements.prepare('select state from problem where id = ?').get(name.id) as
    Pick<Problem, 'state'> | undefined;
  return problem !== undefined && isOverProblem(problem);
}

/** As it stands; null for one that nobody has, by which nothing moves. */
function modelOf(statements: Statements, id: string): ChangeModel | null {
  const kept = statements.prepare('select value from setting where key = ?').get(`${MODEL_PREFIX}${id}`) as
    { value: string } | undefined;
  if (kept === undefined) return CHANGE_MODELS.get(id) ?? null;
  const model = JSON.parse(kept.value) as ChangeModel | Removed;
  return 'removed' in model ? null : model;
}

import type { Change } from '../change.ts';
import type { ChangeModel } from '../model/model.ts';
import { isAtLeast } from '../risk/level.ts';

/** The risk from which on a change is reviewed however it went. */
const REVIEWED_RISK = 'high';

/**
 * Whether a change cannot close without a review: by its model, by its risk, or because it did not go as it should.
 * One that was said not to be required stays so for a change of which it is only the risk that asks.
 */
export function isReviewRequired(
  { reviews }: ChangeModel,
  { result, caused, risk, review }: Pick<Change, 'result' | 'caused' | 'risk' | 'review'>,
): boolean {
  if (isReviewBinding(reviews, { result, caused })) return true;
  return isAtLeast(risk?.level ?? null, REVIEWED_RISK) && review?.state !== 'not_required';
}

/** A review that nobody can say is not required. */
export function isReviewBinding(
  byModel: boolean,
  { result, caused }: Pick<Change, 'result' | 'caused'>,
): boolean {
  return byModel || caused.length > 0 || (result !== null && result !== 'successful');
}

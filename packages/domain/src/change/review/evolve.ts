import type { Instant } from '../../shared/index.ts';
import type { Change } from '../change.ts';
import type { ChangeReviewEvent } from '../events.ts';

export function evolveReview(
  { review, caused }: Pick<Change, 'review' | 'caused'>,
  event: Exclude<ChangeReviewEvent, { readonly type: 'incident-hidden' }>,
  since: Instant,
): Pick<Change, 'review' | 'caused'> {
  switch (event.type) {
    case 'review-begun':
      return { review: { state: 'draft', since, reason: null }, caused };
    case 'review-waived':
      return { review: { state: 'not_required', since, reason: event.reason }, caused };
    case 'review-moved':
      return { review: { state: event.to, since, reason: null }, caused };
    case 'incident-caused': {
      const { incident, priority } = event;
      // those that are not named here are others
      const others = caused.filter((each) => each.incident === null || each.incident !== incident);
      return { review, caused: [...others, { incident, priority }] };
    }
    case 'incident-not-caused':
      return {
        review,
        caused: caused.filter(({ incident }) => incident === null || incident !== event.incident),
      };
  }
}

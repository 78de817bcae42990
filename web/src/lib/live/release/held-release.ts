import { releaseName } from '@muster/documents';
import { readRelease } from '@muster/documents/release';
import type { ReleaseMemo } from '@muster/documents/release';
import type { Release } from '@muster/domain/release';
import type { RecordId } from '@muster/domain/shared';
import { HeldRecord } from '../held-record.ts';
import type { HeldRecordOptions } from '../held-record.ts';
import { HeldSteps } from './held-steps.ts';
import type { ReleaseRules } from './release-rules.ts';

/** One release, whole, and each of its steps for whoever reads that step alone. */
export class HeldRelease extends HeldRecord<Release> {
  readonly steps: HeldSteps;

  constructor(id: RecordId, { rules, ...options }: HeldReleaseOptions) {
    const memo: ReleaseMemo = new Map();
    const steps = new HeldSteps();
    super(id, {
      ...options,
      name: releaseName(id),
      read: (doc) => readRelease(doc, id, memo).release,
      fold: (state, envelope) => rules.fold(id, state, envelope),
      refreshed: (release, waiting) => steps.take(release, waiting),
    });
    this.steps = steps;
  }
}

export interface HeldReleaseOptions extends Pick<HeldRecordOptions<Release>, 'shelf' | 'own' | 'advanced'> {
  readonly rules: ReleaseRules;
}

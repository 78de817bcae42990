/** What one change of the demonstration alters, with the plans and tasks that such work has. */
export interface Subject {
  /** `{place}` and `{version}` are filled in. */
  readonly title: string;
  readonly service: string;
  readonly steps: readonly string[];
  readonly back: string;
  readonly test: string;
  readonly tell: string;
  readonly outage: boolean;
  readonly minutes: number;
  /** Likelihood of harm and its extent, 1 to 5. */
  readonly risk: readonly [likelihood: 1 | 2 | 3 | 4 | 5, impact: 1 | 2 | 3 | 4 | 5];
}

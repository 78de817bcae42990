/** What came of one piece of work on alerts that wait. */
export interface AlertPiece {
  /** Alerts looked at. */
  readonly worked: number;
  /** Episodes that began. */
  readonly episodes: number;
  /** Groups that went to the incident of a storm. */
  readonly folded: number;
  /** Whether to go on at once. */
  readonly more: boolean;
}

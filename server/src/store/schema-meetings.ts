/** A change board. Its events are in `event`, with its id as their record. */
export interface ChangeBoardTable {
  id: string;
  version: number;
  retired: number;
  updated_at: number;
  /** JSON: MeetingBoard. */
  data: string;
}

/** A meeting of a change board. Its events are in `event`, with its id as their record. */
export interface ChangeMeetingTable {
  id: string;
  board: string;
  version: number;
  state: string;
  begins_at: number;
  ends_at: number;
  closed_at: number | null;
  updated_at: number;
  /** 1 while it has a row on the board of meetings. */
  live: number;
  /** JSON: Meeting. */
  data: string;
}

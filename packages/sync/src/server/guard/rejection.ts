/** Why an update was not taken. Codes are stable; NACK carries them and the rejected bytes are kept under them. */
export type RejectionCode =
  | 'malformed'
  | 'too-big'
  | 'too-many-structs'
  | 'sub-document'
  | 'binary'
  | 'odd-type'
  | 'reserved-key'
  | 'foreign-root'
  | 'foreign-key'
  | 'wrong-place'
  | 'too-deep'
  | 'pending'
  | 'document-full'
  | 'read-only'
  | 'locked'
  | 'client-id-bound'
  | 'no-such-document'
  | 'damaged'
  | 'not-stored';

export class Rejection {
  readonly code: RejectionCode;
  readonly text: string;
  /** The store refused the bytes itself and has kept them. */
  readonly isKept: boolean;

  constructor(code: RejectionCode, text: string, isKept = false) {
    this.code = code;
    this.text = text;
    this.isKept = isKept;
  }
}

/** A part of the living state whose code is fetched when somebody first asks for it. */
export class OnDemand<Part> {
  readonly #open: () => Promise<Part>;
  readonly #opened: () => void;
  #asked: Promise<Part> | null = null;
  #part: Part | null = null;

  /** @param opened Called once the part is here */
  constructor(open: () => Promise<Part>, opened: () => void = () => undefined) {
    this.#open = open;
    this.#opened = opened;
  }

  /** The part, once it is here. */
  get part(): Part | null {
    return this.#part;
  }

  get isAsked(): boolean {
    return this.#asked !== null;
  }

  /** Fetched once; a failed attempt is made again by the next who asks. */
  readonly ask = (): Promise<Part> =>
    (this.#asked ??= this.#open().then(
      (part) => {
        this.#part = part;
        this.#opened();
        return part;
      },
      (error: unknown) => {
        this.#asked = null;
        throw error;
      },
    ));
}

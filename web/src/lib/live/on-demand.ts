/** A part of the living state whose code is fetched when somebody first asks for it. */
export class OnDemand<Part> {
  readonly #open: () => Promise<Part>;
  #asked: Promise<Part> | null = null;
  #part: Part | null = null;

  constructor(open: () => Promise<Part>) {
    this.#open = open;
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
      (part) => (this.#part = part),
      (error: unknown) => {
        this.#asked = null;
        throw error;
      },
    ));
}

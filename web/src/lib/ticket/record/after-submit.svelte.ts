import { storageHere } from '#lib/live/storage-here.ts';

export const AFTER_SUBMIT = ['stay', 'next', 'close'] as const;
export type AfterSubmit = (typeof AFTER_SUBMIT)[number];

export const AFTER_NAMES: Readonly<Record<AfterSubmit, string>> = {
  stay: 'stay here',
  next: 'go to the next in the list',
  close: 'go back to the list',
};

/** What happens after a reply is sent: each person's own choice, kept on this device. */
export class AfterSubmitChoice {
  readonly #key: string;
  #choice = $state<AfterSubmit>('stay');

  constructor(person: string) {
    this.#key = `muster.after-submit.${person}`;
    this.#choice =
      AFTER_SUBMIT.find((one) => one === storageHere('localStorage').getItem(this.#key)) ?? 'stay';
  }

  get choice(): AfterSubmit {
    return this.#choice;
  }

  choose(choice: AfterSubmit): void {
    this.#choice = choice;
    storageHere('localStorage').setItem(this.#key, choice);
  }
}

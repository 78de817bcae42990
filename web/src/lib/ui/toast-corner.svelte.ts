/** Whether anything was said on this page yet: the corner where toasts stand is drawn from then on. */
class ToastCorner {
  #isOpen = $state(false);

  get isOpen(): boolean {
    return this.#isOpen;
  }

  open(): void {
    this.#isOpen = true;
  }
}

export const toastCorner = new ToastCorner();

import { toastCorner } from './toast-corner.svelte.ts';

export interface ToastOptions {
  /** A second line: what exactly, or why. */
  detail?: string;
  tone?: 'neutral' | 'success' | 'warning' | 'danger';
  /** Offers to take it back for as long as the toast stands. */
  undo?: () => void;
  /** Another act than undo. */
  action?: { label: string; run: () => void };
  /** How long it stands, in ms; longer when there is something to press. */
  durationMs?: number;
}

/** Says what just happened, at the corner, without taking focus. Never the only place for what must be dealt with. */
export function showToast(message: string, options: ToastOptions = {}): void {
  toastCorner.open();
  // loaded with the first toast: the first page does without it
  void import('svelte-sonner')
    .then(({ toast }) => {
      const { detail, tone = 'neutral', undo, durationMs } = options;
      const action = undo === undefined ? options.action : { label: 'Undo', run: undo };
      const say = { neutral: toast, success: toast.success, warning: toast.warning, danger: toast.error }[
        tone
      ];
      say(message, {
        duration: durationMs ?? (action === undefined ? 4000 : 9000),
        ...(detail === undefined ? {} : { description: detail }),
        ...(action === undefined ? {} : { action: { label: action.label, onClick: () => action.run() } }),
      });
    })
    // a toast is never the only place where something is said
    .catch(() => undefined);
}

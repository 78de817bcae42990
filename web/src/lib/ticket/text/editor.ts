import { Editor } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import { StarterKit } from '@tiptap/starter-kit';
import { RESTORE } from '#lib/live/room-past.ts';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { KeptCaret } from './kept-caret.ts';
import { ListDepth } from './list-depth.ts';
import { ListMarks } from './list-marks.ts';
import { isSafeAddress } from './safe-address.ts';
import { clearOfWhatCovers } from './scroll-room.ts';
import { StillView } from './still-view.ts';
import { TrueCaret } from './true-caret.ts';

export interface EditorOptions {
  readonly element: HTMLElement;
  /** The shared text, a `Y.XmlFragment`, and who else is in it. They come through plain records untyped. */
  readonly fragment: unknown;
  readonly awareness: unknown;
  readonly label: string;
  readonly user: { readonly name: string; readonly color: string };
  readonly readonly: boolean;
  readonly onfocuschange: (writing: boolean) => void;
}

/**
 * Opens an editor on a shared text. The schema is that of the room: what is pasted is parsed into
 * paragraphs, headings, lists, quotes, code and plain marks, and everything else falls away.
 */
export function openEditor(options: EditorOptions): Editor {
  return new Editor({
    element: options.element,
    editable: !options.readonly,
    editorProps: {
      ...clearOfWhatCovers(options.element),
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': options.label,
        spellcheck: 'true',
      },
    },
    onFocus: () => options.onfocuschange(true),
    onBlur: () => options.onfocuschange(false),
    extensions: [
      StarterKit.configure({
        // the shared undo of the collaboration extension takes its place
        undoRedo: false,
        horizontalRule: false,
        strike: false,
        underline: false,
        heading: { levels: [2, 3] },
        link: {
          openOnClick: options.readonly,
          autolink: true,
          protocols: [],
          isAllowedUri: (uri) => isSafeAddress(uri),
          HTMLAttributes: { rel: 'noopener noreferrer nofollow', target: '_blank' },
        },
      }),
      ListDepth,
      ListMarks,
      TrueCaret.configure({ fragment: options.fragment as Y.XmlFragment }),
      KeptCaret,
      StillView,
      Collaboration.configure({
        fragment: options.fragment as Y.XmlFragment,
        yUndoOptions: { trackedOrigins: [RESTORE] },
      }),
      CollaborationCaret.configure({
        provider: { awareness: options.awareness as Awareness },
        user: { name: options.user.name, color: sixDigitHex(options.user.color) },
        render: drawCaret,
      }),
    ],
  });
}

const GREY = '#667788';

/** The caret extension takes six-digit hex colours only; anything else shows grey. */
export function sixDigitHex(colour: unknown): string {
  return typeof colour === 'string' && /^#[0-9a-f]{6}$/i.test(colour) ? colour : GREY;
}

/** Another person's caret: a line in their colour with their name as text. */
function drawCaret(user: Record<string, unknown>): HTMLElement {
  const name = typeof user['name'] === 'string' ? user['name'] : 'Somebody';
  const colour = sixDigitHex(user['color']);
  const caret = document.createElement('span');
  caret.className = 'live-caret';
  caret.style.borderColor = colour;
  const label = document.createElement('span');
  label.className = 'live-caret-name';
  label.style.backgroundColor = colour;
  label.style.color = isLight(colour) ? '#000000' : '#ffffff';
  label.textContent = name;
  caret.append(label);
  return caret;
}

function isLight(hex: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue > 150;
}

import type { Doc } from 'yjs';
import type { HeldDocument } from '../../connection/held-document.ts';
import type { Handle } from '../../connection/shelf.ts';

/** A document that is whole on this device, as a reader holds it. */
export function heldHere(doc: Doc, release: () => void = () => undefined): Handle {
  const current: Pick<HeldDocument, 'doc' | 'link' | 'loaded'> = { doc, link: null, loaded: true };
  // what reads records looks at no more of it than this
  return { current: current as HeldDocument, onChange: () => () => undefined, release };
}

import { createContext } from 'svelte';
import type { Muster } from './muster.ts';

/** `setMuster` is called once, by the layout of signed-in pages; `getMuster` by whatever is inside it. */
export const [getMuster, setMuster] = createContext<Muster>();

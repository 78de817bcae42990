import { createContext } from 'svelte';
import type { Muster } from './muster.ts';

/** The signed-in layout provides the living state once; every screen below reads it. */
export const [getMuster, setMuster] = createContext<Muster>();

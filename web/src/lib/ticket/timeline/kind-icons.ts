import CircleHelp from 'lucide-svelte/icons/circle-question-mark';
import Eye from 'lucide-svelte/icons/eye';
import Gavel from 'lucide-svelte/icons/gavel';
import Megaphone from 'lucide-svelte/icons/megaphone';
import Pin from 'lucide-svelte/icons/pin';
import Wrench from 'lucide-svelte/icons/wrench';
import type { Component } from 'svelte';
import type { EntryKind } from '@muster/documents';

export const ENTRY_ICONS: Readonly<Record<EntryKind, Component>> = {
  observation: Eye,
  action: Wrench,
  decision: Gavel,
  communication: Megaphone,
  question: CircleHelp,
  pin: Pin,
};

const NAMES: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  Enter: '↵',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Space: 'Space',
};

const APPLE: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' };
const OTHERS: Readonly<Record<string, string>> = { Mod: 'Ctrl', Shift: 'Shift', Alt: 'Alt' };

export const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** One key as its cap reads on this machine: `Mod` is ⌘ or Ctrl, letters are capitals. */
export function keyLabel(key: string): string {
  return (isApple ? APPLE : OTHERS)[key] ?? NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** What this browser keeps of the reader's choices; nothing where it keeps nothing (private windows). */
export function kept(name: string): string | null {
  try {
    return window.localStorage.getItem(`jianbao.${name}`);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string): void {
  try {
    window.localStorage.setItem(`jianbao.${name}`, value);
  } catch {
    // the choice lives as long as the page
  }
}

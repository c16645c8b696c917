// What somebody was writing, kept in this browser until it is sent: through reloads, and the end of a session.
const PREFIX = "lacewing.draft.";

export function draft(name: string): string {
  return localStorage.getItem(PREFIX + name) ?? "";
}

export function keepDraft(name: string, text: string): void {
  try {
    if (text === "") localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, text);
  } catch {
    // A browser without room keeps it in the field only.
  }
}

// A bug as one of several to choose, and how its number may be typed.
import type { Bug } from "../store/bug.ts";
import type { Option } from "../ui/picker.tsx";
import { SeverityIcon, statusWord } from "../ui/states.tsx";

export function bugOption(bug: Bug, id: string): Option {
  return { id, text: `${bug.trackingId} ${bug.title}`, icon: <SeverityIcon severity={bug.severity} />, hint: statusWord(bug.status) };
}

/** `42`, `#42`, `web-42` as WEB-42; null where it is no number, or a bare one of no project. */
export function numbered(text: string, code: string | null): string | null {
  const found = /^(?:#|([a-z][a-z0-9]*)-)?(\d{1,9})$/i.exec(text.trim());
  const named = found?.[1]?.toUpperCase() ?? code;
  return found === null || named === null ? null : `${named}-${Number(found[2])}`;
}

export function codeOf({ trackingId }: Pick<Bug, "trackingId">): string {
  return trackingId.slice(0, trackingId.lastIndexOf("-"));
}

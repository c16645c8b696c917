// What the widget could not draw, in the reader's language; what a newer widget knows stays as it told it.
import { type Key, t } from "../../words/words.ts";

const KINDS: readonly (readonly [RegExp, Key])[] = [
  [/^(\d+) cross-origin images?$/, "missing.images"],
  [/^(\d+) cross-origin frames?$/, "missing.frames"],
  [/^(\d+) closed shadow roots?$/, "missing.shadows"],
  [/^(\d+) canvas(?:es)? that came out empty$/, "missing.canvases"],
  [/^(\d+) web fonts?$/, "missing.fonts"],
];

export function missingWords(warning: string): string {
  for (const [pattern, word] of KINDS) {
    const count = pattern.exec(warning)?.[1];
    if (count !== undefined) return t(word, { count: Number(count) });
  }
  return warning;
}

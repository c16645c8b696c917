/** What can be drawn with. The colours are in what is sent, so they are the same in each theme. */
import type { AnnotateWords } from "./words.ts";
import type { Tool } from "./history.ts";

export const TOOLS = ["pen", "arrow", "rectangle", "ellipse", "highlight", "text", "pixelate", "crop"] as const satisfies Tool[];

export const COLORS = {
  red: "#e5484d",
  yellow: "#ffd60a",
  green: "#2fa26b",
  blue: "#0b84ff",
  black: "#11181c",
  white: "#ffffff",
} as const satisfies Partial<Record<keyof AnnotateWords, string>>;

/** Of a picture of 1,200 pixels across its corners, stroke and text. */
export const LINES = { thin: [2, 16], medium: [4, 24], thick: [8, 36] } as const;

export interface Brush {
  readonly tool: Tool;
  readonly color: keyof typeof COLORS;
  readonly line: keyof typeof LINES;
}

export const FIRST_BRUSH: Brush = { tool: "arrow", color: "red", line: "medium" };

/** How many pixels of the picture are one of those in `LINES`. */
export function unitOf({ width, height }: { readonly width: number; readonly height: number }): number {
  return Math.max(1, Math.hypot(width, height) / 1200);
}

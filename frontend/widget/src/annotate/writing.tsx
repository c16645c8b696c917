/** The field in which text is written where it will stand. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Point } from "../core/picture.ts";
import { COLORS, LINES, type Brush } from "./palette.ts";
import type { AnnotateWords } from "./words.ts";

interface WritingNeeds {
  /** In pixels of the screen, from the picture's corner. */
  readonly at: Point;
  readonly brush: Brush;
  readonly unit: number;
  readonly words: AnnotateWords;
  /** Null: given up. */
  readonly finish: (text: string | null) => void;
}

export function Writing({ at, brush, unit, words, finish }: WritingNeeds) {
  const field = useRef<HTMLInputElement>(null);
  const isOver = useRef(false);
  useLayoutEffect(() => field.current?.focus(), []);
  useLayoutEffect(() => {
    const style = field.current?.style;
    style?.setProperty("left", `${at.x}px`);
    style?.setProperty("top", `${at.y}px`);
    style?.setProperty("color", COLORS[brush.color]);
    style?.setProperty("font-size", `${LINES[brush.line][1] * unit}px`);
  });
  // Once: a field that is taken away loses the focus too.
  const end = (text: string | null) => {
    if (isOver.current) return;
    isOver.current = true;
    finish(text);
  };
  const hearKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Enter") end(field.current?.value ?? null);
    if (event.key === "Escape") end(null);
  };
  return (
    <input
      ref={field}
      class="studio-writing"
      aria-label={words.textToPlace}
      maxLength={200}
      onKeyDown={hearKey}
      onBlur={() => end(field.current?.value ?? null)}
    />
  );
}

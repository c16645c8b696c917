/** How large the picture is shown. */
import { useLayoutEffect, useState } from "preact/hooks";
import type { Box } from "../core/picture.ts";

export interface Held<T> {
  readonly current: T | null;
}

/** As large as its stage has room for, and no larger than it is. Answers pixels of the screen for one of the picture. */
export function useFitting(canvas: Held<HTMLCanvasElement>, stage: Held<HTMLElement>, [, , width, height]: Box): number {
  const [scale, setScale] = useState(1);
  useLayoutEffect(() => {
    if (!stage.current) return;
    // Its content box, so without its padding.
    const watch = new ResizeObserver(([entry]) => {
      if (entry) setScale(Math.min(1, fit(entry.contentRect.width, width), fit(entry.contentRect.height, height)));
    });
    watch.observe(stage.current);
    return () => watch.disconnect();
  }, [width, height]);
  useLayoutEffect(() => {
    canvas.current?.style.setProperty("width", `${width * scale}px`);
    canvas.current?.style.setProperty("height", `${height * scale}px`);
  });
  return scale;
}

function fit(room: number, length: number): number {
  return Math.max(room, 1) / length;
}

/** A picture of what the visitor sees now, with what must not be seen covered, or a `CaptureFault`. */
import { CaptureFault, type Box, type Capture, type CaptureOptions, type Picture } from "../core/picture.ts";
import { inTime } from "./deadline.ts";
import { encoded } from "./encoding.ts";
import { drawViewport, type Drawn } from "./engine.ts";
import { COVER, coverBoxes, maskOf, type IsMasked } from "./masking.ts";
import { countUndrawn, sentences } from "./undrawn.ts";

export const capture: Capture = (options) => inTime(taken(options), options.timeoutMs);

async function taken({ mask, without }: CaptureOptions): Promise<Picture> {
  const root = document.documentElement;
  const isMasked = maskOf(mask);
  const isLeftOut: IsMasked = (element) => element === without || isMasked(element);
  const counts = countUndrawn(root, isLeftOut);
  const before = coverBoxes(isMasked, root);
  const drawn = await drawViewport(isLeftOut);
  // The page may have moved while it was drawn.
  cover(drawn, [...before, ...coverBoxes(isMasked, root)]);
  const { canvas, missing } = drawn;
  const warnings = sentences({ "cross-origin image": missing.images, ...counts, "web font": missing.fonts });
  return { blob: await encoded(canvas), width: canvas.width, height: canvas.height, warnings };
}

function cover({ canvas, ratio }: Drawn, boxes: readonly Box[]): void {
  const context = canvas.getContext("2d");
  if (!context) throw new CaptureFault("failed");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = COVER;
  for (const [x, y, width, height] of boxes) {
    const [left, top] = [Math.floor(x), Math.floor(y)];
    context.fillRect(left, top, Math.ceil(x + width) - left, Math.ceil(y + height) - top);
  }
}

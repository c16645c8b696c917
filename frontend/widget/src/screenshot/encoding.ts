/** From a canvas to what the server takes as a screenshot (POST /upload/screenshot). */
import { CaptureFault } from "../core/picture.ts";

export const LARGEST_BYTES = 10 * 1024 * 1024;
export const TYPES: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/webp"]);

const SMALLER: readonly [type: string, quality?: number][] = [["image/png"], ["image/webp", 0.9], ["image/jpeg", 0.8]];

/** The best that is not too large. Rejects with a `CaptureFault`. */
export async function encoded(canvas: HTMLCanvasElement): Promise<Blob> {
  for (const [type, quality] of SMALLER) {
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, quality));
    if (!blob) throw new CaptureFault("failed");
    if (blob.size <= LARGEST_BYTES) return blob;
  }
  throw new CaptureFault("too_large");
}

/** Pixelation that can not be undone: few cells, each of one colour, and that one made coarse. */

const FEWEST_PIXELS = 16;
/** Along the longer side; a line of text is one or two cells high. */
const MOST_CELLS = 16;
/** Averages tell of what they are an average; in steps of 16 they tell less. */
const STEP = 16;

export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Changes `pixels`. */
export function pixelate(pixels: Pixels): void {
  const { width, height } = pixels;
  const side = Math.max(FEWEST_PIXELS, Math.ceil(Math.max(width, height) / MOST_CELLS));
  for (let top = 0; top < height; top += side) {
    for (let left = 0; left < width; left += side) flatten(pixels, left, top, side);
  }
}

function flatten(pixels: Pixels, left: number, top: number, side: number): void {
  const [right, bottom] = [Math.min(left + side, pixels.width), Math.min(top + side, pixels.height)];
  const sums = [0, 0, 0];
  forEachPixel(pixels, left, top, right, bottom, (at) => {
    for (let channel = 0; channel < 3; channel += 1) sums[channel] = (sums[channel] ?? 0) + (pixels.data[at + channel] ?? 0);
  });
  const count = (right - left) * (bottom - top);
  const color = sums.map((sum) => Math.round(sum / count / STEP) * STEP);
  forEachPixel(pixels, left, top, right, bottom, (at) => pixels.data.set([...color, 255], at));
}

function forEachPixel(
  { width }: Pixels,
  left: number,
  top: number,
  right: number,
  bottom: number,
  each: (at: number) => void,
): void {
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) each((y * width + x) * 4);
  }
}

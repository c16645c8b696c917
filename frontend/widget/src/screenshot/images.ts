/** The pixels of images that the page shows, without asking for them again. */

/** In the page already, or loaded as the page's own style sheets load theirs. Rejects what is of another origin. */
export async function loadedImage(url: URL, own: boolean): Promise<HTMLImageElement> {
  const shown = [...document.images].find((image) => image.currentSrc === url.href && image.naturalWidth > 0);
  if (shown) return shown;
  if (!own) throw new TypeError("another origin");
  const image = new Image();
  image.src = url.href;
  await image.decode();
  return image;
}

/** A drawing that others take parts of: its text is wanted. */
export function isSprite(url: URL): boolean {
  const uses = [...document.querySelectorAll("use")];
  return uses.some(({ href }) => href.baseVal !== "" && new URL(href.baseVal, location.href).pathname === url.pathname);
}

/** Rejects an image of another origin that may not be read. A large one is made as large as the picture can show. */
export async function pixelsOf(image: HTMLImageElement): Promise<Blob> {
  const { width, height } = sizeOf(image);
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")?.drawImage(image, 0, 0, width, height);
  const isPhoto = width * height > SMALL_PIXELS;
  return canvas.convertToBlob(isPhoto ? { type: "image/webp", quality: 0.95 } : { type: "image/png" });
}

/** A drawing has no pixels of its own, and is as sharp as it is shown. */
function sizeOf({ naturalWidth, naturalHeight, width, currentSrc }: HTMLImageElement) {
  const isDrawing = /\.svg$|^data:image\/svg/.test(currentSrc.replace(/[?#].*/, ""));
  const wanted = isDrawing ? (2 * width) / naturalWidth : 1;
  const most = (2 * Math.max(innerWidth, innerHeight)) / Math.max(naturalWidth, naturalHeight);
  const scale = Math.min(wanted, most);
  return { width: Math.max(1, Math.ceil(naturalWidth * scale)), height: Math.max(1, Math.ceil(naturalHeight * scale)) };
}

/** PNG of a photo takes long, and is most of the time of a picture. */
const SMALL_PIXELS = 512 * 512;

/** What stands for an image that can not be drawn. */
export function hatching(): Promise<Blob> {
  const canvas = new OffscreenCanvas(HATCH, HATCH);
  const context = canvas.getContext("2d");
  if (context) {
    context.fillStyle = "#eceff1";
    context.fillRect(0, 0, HATCH, HATCH);
    context.strokeStyle = "#b0bec5";
    for (let at = -HATCH; at < HATCH; at += 8) {
      context.moveTo(at, HATCH);
      context.lineTo(at + HATCH, 0);
    }
    context.stroke();
  }
  return canvas.convertToBlob();
}

const HATCH = 64;

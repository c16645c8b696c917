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

/** Rejects an image of another origin that may not be read. A large one is made as large as the picture can show. */
export async function pixelsOf(image: HTMLImageElement): Promise<Blob> {
  const { naturalWidth: width, naturalHeight: height } = image;
  const most = 2 * Math.max(innerWidth, innerHeight);
  const scale = Math.min(1, most / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale));
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const isPhoto = canvas.width * canvas.height > SMALL_PIXELS;
  return canvas.convertToBlob(isPhoto ? { type: "image/webp", quality: 0.95 } : { type: "image/png" });
}

/** PNG of a photo takes long, and is most of the time of a picture. */
const SMALL_PIXELS = 512 * 512;

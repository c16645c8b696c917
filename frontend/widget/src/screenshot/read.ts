/** The ladder's last rung: a picture that the visitor pastes, drops or chooses. */
import { CaptureFault, type Picture } from "../core/picture.ts";
import { encoded, LARGEST_BYTES, TYPES } from "./encoding.ts";

/** As it is, if the server takes it so; else written anew, which also leaves behind what else is in the file. */
export async function read(file: Blob): Promise<Picture> {
  const image = await createImageBitmap(file).catch(() => {
    throw new CaptureFault("unsupported");
  });
  const { width, height } = image;
  const blob = TYPES.has(file.type) && file.size <= LARGEST_BYTES ? file : await encoded(drawn(image));
  image.close();
  return { blob, width, height, warnings: [] };
}

function drawn(image: ImageBitmap): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d")?.drawImage(image, 0, 0);
  return canvas;
}

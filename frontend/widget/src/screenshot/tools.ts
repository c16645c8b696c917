/** Every way to a picture, each loaded when it is first wanted. */
import { CaptureFault, type PictureTools } from "../core/picture.ts";

export function pictureTools(): PictureTools {
  return {
    take: async (options) => (await import("./capture.ts").catch(fail)).capture(options),
    share: canShare() ? async (options) => (await import("./share.ts").catch(fail)).share(options) : null,
    read: async (file) => (await import("./read.ts").catch(fail)).read(file),
    annotate: async (...given) => (await import("../annotate/annotate.tsx").catch(fail)).annotate(...given),
  };
}

function canShare(): boolean {
  return "getDisplayMedia" in (navigator.mediaDevices ?? {});
}

/** A part that does not come is a picture that does not come. */
function fail(): never {
  throw new CaptureFault("failed");
}

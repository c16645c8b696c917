/** The ladder's second rung: one frame of what the visitor chooses to share. */
import { CaptureFault, type Capture, type Picture } from "../core/picture.ts";
import { encoded } from "./encoding.ts";
import { inTime } from "./deadline.ts";

/** Nothing of the page is covered: the visitor sees what is shared, and can pixelate it. The time begins once they chose. */
export const share: Capture | null = canShare() ? shared : null;

function canShare(): boolean {
  return typeof navigator !== "undefined" && "getDisplayMedia" in (navigator.mediaDevices ?? {});
}

async function shared({ timeoutMs }: Parameters<Capture>[0]): Promise<Picture> {
  const stream = await navigator.mediaDevices.getDisplayMedia(WISHES).catch((error: unknown) => {
    throw new CaptureFault(error instanceof DOMException && error.name === "NotAllowedError" ? "denied" : "unsupported");
  });
  try {
    return await inTime(firstFrame(stream), timeoutMs);
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}

/** Not yet in TypeScript's library: what the browser offers first is this very tab. */
const WISHES: DisplayMediaStreamOptions & Record<string, unknown> = {
  video: { displaySurface: "browser" },
  audio: false,
  preferCurrentTab: true,
  selfBrowserSurface: "include",
};

async function firstFrame(stream: MediaStream): Promise<Picture> {
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = stream;
  await video.play();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  video.srcObject = null;
  return { blob: await encoded(canvas), width: canvas.width, height: canvas.height, warnings: [] };
}

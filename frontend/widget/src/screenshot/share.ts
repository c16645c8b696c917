/** The ladder's second rung: one frame of what the visitor chooses to share. */
import { CaptureFault, type Capture, type CaptureOptions, type Picture } from "../core/picture.ts";
import { coverPage } from "./covers.ts";
import { inTime } from "./deadline.ts";
import { encoded } from "./encoding.ts";
import { COVER, coverBoxes, maskOf } from "./masking.ts";

/**
 * The time begins once the visitor chose. Call it from a click: the browser asks for one.
 * The page is covered before anybody is asked, so that no frame of it can be from before.
 */
export const share: Capture = async (options) => {
  const restores = [prepared(options)];
  let stream: MediaStream | undefined;
  try {
    await painted();
    stream = await asked();
    // It may have moved while the visitor chose.
    restores.push(prepared(options));
    return await inTime(firstFrame(stream), options.timeoutMs);
  } finally {
    for (const restore of restores.reverse()) restore();
    for (const track of stream?.getTracks() ?? []) track.stop();
  }
};

function asked(): Promise<MediaStream> {
  return navigator.mediaDevices.getDisplayMedia(WISHES).catch((error: unknown) => {
    throw new CaptureFault(error instanceof DOMException && error.name === "NotAllowedError" ? "denied" : "unsupported");
  });
}

/** The second frame begins when the first is on the screen. */
function painted(): Promise<unknown> {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}

/** What the browser offers first is this very tab; not yet in TypeScript's library. */
const WISHES: DisplayMediaStreamOptions & Readonly<Record<string, unknown>> = {
  video: { displaySurface: "browser" },
  audio: false,
  preferCurrentTab: true,
  selfBrowserSurface: "include",
};

/** Whatever is shared, this page may be in it: so what is masked is covered, and we are not there. */
function prepared({ mask, without }: CaptureOptions): () => void {
  const uncover = coverPage(coverBoxes(maskOf(mask), document.documentElement), COVER);
  const { style } = without as HTMLElement;
  const before = style.visibility;
  style.visibility = "hidden";
  return () => {
    uncover();
    style.visibility = before;
  };
}

async function firstFrame(stream: MediaStream): Promise<Picture> {
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = stream;
  await video.play();
  await settled();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  video.srcObject = null;
  return { blob: await encoded(canvas), width: canvas.width, height: canvas.height, warnings: [] };
}

/** The first frames may be of the page as it was before it moved. */
function settled(): Promise<void> {
  return new Promise((done) => setTimeout(done, SETTLE_MS));
}

/** No event tells of it: a page that does not change makes no further frames. */
const SETTLE_MS = 500;

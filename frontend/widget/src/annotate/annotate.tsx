/** The annotation tool: `annotate` is all that others know of it. */
import { render } from "preact";
import { CaptureFault, type Annotate, type Annotated, type Picture } from "../core/picture.ts";
import sheetText from "./annotate.css";
import { drawingOf, frameOf, hides, pixelatedIn, shapesOf, type History } from "./history.ts";
import { basePainted, paint } from "./paint.ts";
import { Studio } from "./studio.tsx";
import { encoded } from "../screenshot/encoding.ts";

/** Rejects with a `CaptureFault` if the picture is none, or can not be written. */
export const annotate: Annotate = async (picture, room, { words, drawing, signal }) => {
  const image = await decoded(picture);
  const undress = dressed(room);
  try {
    const history = await new Promise<History | null>((done) => {
      if (signal?.aborted) return done(null);
      signal?.addEventListener("abort", () => done(null), { once: true });
      render(<Studio image={image} drawing={drawing} words={words} done={done} />, room);
    });
    return history && (await annotated(image, history));
  } finally {
    render(null, room);
    undress();
    image.close();
  }
};

async function decoded({ blob }: Picture): Promise<ImageBitmap> {
  return createImageBitmap(blob).catch(() => {
    throw new CaptureFault("unsupported");
  });
}

/** Adopted, since a page's policy may forbid <style>. Answers how to take it off again. */
function dressed(room: HTMLElement): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(sheetText);
  const root = room.getRootNode() as ShadowRoot;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}

async function annotated(image: ImageBitmap, history: History): Promise<Annotated> {
  const base = basePainted(image, image, pixelatedIn(history));
  const [frame, shapes] = [frameOf(history, image), shapesOf(history)];
  const canvas = document.createElement("canvas");
  paint(canvas, base, frame, []);
  const plain = await encoded(canvas);
  paint(canvas, base, frame, shapes);
  return {
    base: plain,
    annotated: shapes.length > 0 ? await encoded(canvas) : null,
    drawing: drawingOf(history, image),
    hides: hides(history),
  };
}

/** The tool as the reporter has it: bars, and the picture between them. */
import { useState } from "preact/hooks";
import type { Drawing } from "../core/picture.ts";
import { Bar, Toolbar } from "./bars.tsx";
import { added, begun, hides, redone, undone, type History, type Step } from "./history.ts";
import { FIRST_BRUSH, type Brush } from "./palette.ts";
import { Surface } from "./surface.tsx";
import type { AnnotateWords } from "./words.ts";

export interface StudioNeeds {
  readonly image: ImageBitmap;
  readonly drawing: Drawing | undefined;
  readonly words: AnnotateWords;
  readonly done: (history: History | null) => void;
}

/** What its parts read and do. */
export interface Desk {
  readonly words: AnnotateWords;
  readonly history: History;
  readonly brush: Brush;
  choose(brush: Partial<Brush>): void;
  add(step: Step): void;
  undo(): void;
  redo(): void;
  cancel(): void;
  finish(): void;
}

export function Studio({ image, drawing, words, done }: StudioNeeds) {
  const { said, desk } = useDesk(drawing, words, done);
  return (
    <div class="studio-room" role="group" aria-label={words.title} onKeyDown={(event: KeyboardEvent) => hearKey(event, desk)}>
      <Bar {...desk} />
      <Surface {...desk} image={image} />
      <Toolbar {...desk} />
      <p class="studio-note">{isHiding(desk) ? words.hides : words.keys}</p>
      <p class="studio-unseen" role="status">
        {said}
      </p>
    </div>
  );
}

function isHiding({ history, brush }: Desk): boolean {
  return brush.tool === "pixelate" || brush.tool === "crop" || hides(history);
}

function useDesk(drawing: Drawing | undefined, words: AnnotateWords, done: StudioNeeds["done"]) {
  const [history, setHistory] = useState(() => begun(drawing));
  const [brush, setBrush] = useState(FIRST_BRUSH);
  const [said, say] = useState("");
  const turn = (next: History, sentence: string, step: Step | undefined) => {
    if (step) say(sentence.replace("{what}", words[step.kind]));
    setHistory(next);
  };
  const desk: Desk = {
    words,
    history,
    brush,
    choose: (change) => setBrush({ ...brush, ...change }),
    add: (step) => turn(added(history, step), words.added, step),
    undo: () => turn(undone(history), words.undone, history.done.at(-1)),
    redo: () => turn(redone(history), words.redone, history.undone.at(-1)),
    cancel: () => done(null),
    finish: () => done(history),
  };
  return { said, desk };
}

/** Escape closes what has nothing in it that could be lost. */
function hearKey(event: KeyboardEvent, desk: Desk): void {
  const isCommand = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (key === "escape" && desk.history.done.length === 0) desk.cancel();
  else if (isCommand && key === "z") event.shiftKey ? desk.redo() : desk.undo();
  else if (isCommand && key === "y") desk.redo();
  else return;
  event.preventDefault();
}

/** The picture, and what is being drawn on it. */
import { useEffect, useLayoutEffect, useReducer, useRef } from "preact/hooks";
import { useFitting, type Held } from "./fitting.ts";
import { finishWriting, hearKey, lift, move, NOTHING, press, type Hand } from "./hand.ts";
import { added, frameOf, pixelatedIn, shapesOf } from "./history.ts";
import { basePainted, paint, paintChoice, paintCursor } from "./paint.ts";
import { unitOf } from "./palette.ts";
import { stepOf } from "./stroke.ts";
import type { Desk } from "./studio.tsx";
import { Writing } from "./writing.tsx";

type SurfaceNeeds = Desk & { readonly image: ImageBitmap };

export function Surface(needs: SurfaceNeeds) {
  const { words, brush } = needs;
  const [stage, canvas] = [useRef<HTMLDivElement>(null), useRef<HTMLCanvasElement>(null)];
  const hand = useHand(needs);
  usePainting(canvas, needs, hand);
  const scale = useFitting(canvas, stage, hand.frame);
  useEffect(() => canvas.current?.focus(), []);
  const { writingAt } = hand.doing();

  return (
    <div ref={stage} class="studio-stage">
      <div class="studio-sheet">
        <canvas
          ref={canvas}
          class={`studio-canvas with-${brush.tool}`}
          tabIndex={0}
          role="application"
          aria-label={words.picture}
          aria-description={words.keys}
          onPointerDown={(event) => press(event, hand)}
          onPointerMove={(event) => move(event, hand)}
          onPointerUp={() => lift(hand)}
          onPointerCancel={() => hand.turn(NOTHING)}
          onKeyDown={(event) => hearKey(event, hand, scale)}
          onBlur={() => hand.turn({ path: [], cursor: null })}
        />
        {writingAt && (
          <Writing
            at={{ x: (writingAt.x - hand.frame[0]) * scale, y: (writingAt.y - hand.frame[1]) * scale }}
            brush={brush}
            unit={hand.unit * scale}
            words={words}
            finish={(text) => {
              finishWriting(text, hand);
              canvas.current?.focus();
            }}
          />
        )}
      </div>
    </div>
  );
}

function useHand({ image, history, brush, add }: SurfaceNeeds): Hand {
  const doing = useRef(NOTHING);
  const [, show] = useReducer((count: number) => count + 1, 0);
  return {
    brush,
    frame: frameOf(history, image),
    unit: unitOf(image),
    doing: () => doing.current ?? NOTHING,
    turn: (change) => {
      doing.current = { ...(doing.current ?? NOTHING), ...change };
      show(undefined);
    },
    add,
  };
}

function usePainting(canvas: Held<HTMLCanvasElement>, { image, history }: SurfaceNeeds, hand: Hand): void {
  const base = useRef<{ readonly key: string; readonly canvas: HTMLCanvasElement }>(null);
  useLayoutEffect(() => {
    if (!canvas.current) return;
    const pixelated = pixelatedIn(history);
    const key = JSON.stringify(pixelated);
    if (base.current?.key !== key) base.current = { key, canvas: basePainted(image, image, pixelated) };
    const { brush, frame, unit, doing } = hand;
    const growing = stepOf(brush, doing().path, frame, unit);
    const shapes = shapesOf(growing ? added(history, growing) : history);
    const context = paint(canvas.current, base.current.canvas, frame, shapes);
    if (growing?.kind === "pixelate" || growing?.kind === "crop") paintChoice(context, growing.box, unit);
    const { cursor } = doing();
    if (cursor) paintCursor(context, cursor, unit);
  });
}

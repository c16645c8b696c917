// The picture as large as it is: as it was taken or as it was drawn on, nearer or farther.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Drawing } from "../../../../widget/src/core/picture.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { t } from "../../words/words.ts";
import { missingWords } from "./missing_parts.ts";
import { Shapes } from "./shapes.tsx";

interface ViewerProps {
  readonly original: string | null;
  readonly annotated: string | null;
  readonly drawing: Drawing | null;
  readonly warnings: readonly string[];
  readonly onClose: () => void;
}
interface Size {
  readonly width: number;
  readonly height: number;
}

const STEPS = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4] as const;

export function Viewer({ original, annotated, drawing, warnings, onClose }: ViewerProps): JSX.Element {
  const [isDrawn, setDrawn] = useState(true);
  const [zoom, setZoom] = useState<number | null>(null);
  const [size, setSize] = useState<Size | null>(null);
  // Shapes lie over the picture that they were drawn on; of any other, two pictures are changed for each other.
  const fits = drawing !== null && original !== null && size?.width === drawing.width && size.height === drawing.height;
  const shown = (isDrawn && !fits ? annotated : original) ?? annotated ?? "";
  const canToggle = (drawing !== null && fits) || (original !== null && annotated !== null);
  const step = (by: 1 | -1): void => setZoom((before) => stepped(before ?? 1, by));
  const press = (event: KeyboardEvent): void => {
    if (event.key === "d" && canToggle) setDrawn(!isDrawn);
    else if (event.key === "+" || event.key === "=") step(1);
    else if (event.key === "-") step(-1);
    else if (event.key === "0") setZoom(null);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t("peek.picture")} kind="whole" onClose={onClose}>
      <div class="viewer" onKeyDown={press}>
        <div class="viewer-tools" role="toolbar" aria-label={t("bug.viewer_tools")}>
          {canToggle && (
            <button type="button" class="button small" aria-pressed={isDrawn} onClick={() => setDrawn(!isDrawn)}>
              {t("bug.drawing")} <kbd>d</kbd>
            </button>
          )}
          <button type="button" class="button small" aria-pressed={zoom === null} onClick={() => setZoom(null)}>
            {t("bug.fit")} <kbd>0</kbd>
          </button>
          <button type="button" class="icon-button" aria-label={t("bug.zoom_out")} onClick={() => step(-1)}>
            <Icon name="minus" />
          </button>
          <span class="viewer-zoom" aria-live="polite">
            {zoom === null ? t("bug.fitted") : `${Math.round(zoom * 100)} %`}
          </span>
          <button type="button" class="icon-button" aria-label={t("bug.zoom_in")} onClick={() => step(1)}>
            <Icon name="plus" />
          </button>
          {size !== null && (
            <span class="viewer-size muted">
              {size.width} × {size.height}
            </span>
          )}
        </div>
        <Stage src={shown} zoom={zoom} size={size} onSize={setSize} drawing={isDrawn && fits ? drawing : null} />
        {warnings.length > 0 && (
          <ul class="viewer-warnings">
            {warnings.map((warning) => (
              <li key={warning} class="bug-warning">
                <Icon name="alert" /> {t("bug.not_in_picture", { what: missingWords(warning) })}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}

interface StageProps {
  readonly src: string;
  readonly zoom: number | null;
  readonly size: Size | null;
  readonly onSize: (size: Size) => void;
  readonly drawing: Drawing | null;
}

function Stage({ src, zoom, size, onSize, drawing }: StageProps): JSX.Element {
  const paper = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  // So that arrows scroll it and its keys are heard at once.
  useEffect(() => stage.current?.focus(), []);
  useLayoutEffect(() => {
    if (zoom === null || size === null) paper.current?.style.removeProperty("width");
    else paper.current?.style.setProperty("width", `${size.width * zoom}px`);
  }, [zoom, size?.width]);
  return (
    <div ref={stage} class="viewer-stage" tabIndex={0} role="region" aria-label={t("peek.picture")}>
      <div ref={paper} class={zoom === null ? "viewer-paper viewer-fitted" : "viewer-paper"}>
        <img src={src} alt={t("peek.picture")} onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => onSize({ width: naturalWidth, height: naturalHeight })} />
        {drawing !== null && <Shapes drawing={drawing} />}
      </div>
    </div>
  );
}

function stepped(zoom: number, by: 1 | -1): number {
  const next = by === 1 ? STEPS.find((step) => step > zoom) : STEPS.findLast((step) => step < zoom);
  return next ?? zoom;
}

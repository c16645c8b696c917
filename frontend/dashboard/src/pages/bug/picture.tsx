// The picture beside the words, with what it does not show; opened, it can be looked at closely.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { sameOrigin } from "../../api/attachment_links.ts";
import { useShortcuts } from "../../keys/keys.ts";
import { Icon } from "../../ui/icon.tsx";
import { t } from "../../words/words.ts";
import type { Loaded } from "./loading.ts";
import { missingWords } from "./missing_parts.ts";
import { drawingOf } from "./shapes.tsx";
import { Viewer } from "./viewer.tsx";

const MOST_TRIES = 5;
const TRY_MILLISECONDS = 2000;

interface PictureProps {
  readonly loaded: Loaded;
  readonly onBroken: () => void;
}

export function Picture({ loaded, onBroken }: PictureProps): JSX.Element | null {
  const { detail } = loaded;
  const [original, annotated] = [sameOrigin(detail.screenshotUrl), sameOrigin(detail.annotatedScreenshotUrl)];
  const [isOpen, setOpen] = useState(false);
  const shown = annotated ?? original;
  const tries = useRef(0);
  useShortcuts([{ key: "v", word: "bug.key_picture", group: "bug.keys", run: () => setOpen(shown !== null) }]);
  if (shown === null) return null;
  // A picture that just came is made anew first, and a link of its own ends after a while.
  const again = (): void => {
    if (tries.current++ < MOST_TRIES) setTimeout(onBroken, TRY_MILLISECONDS);
  };
  const warnings = loaded.evidence.captureWarnings;
  return (
    <figure class="bug-picture">
      <button type="button" class="bug-picture-button" onClick={() => setOpen(true)}>
        <img src={shown} alt={t("bug.open_picture")} onError={again} />
      </button>
      {warnings.length > 0 && (
        <figcaption class="bug-warning">
          <Icon name="alert" /> {t("bug.not_in_picture", { what: warnings.map(missingWords).join("; ") })}
        </figcaption>
      )}
      {isOpen && <Viewer original={original} annotated={annotated} drawing={drawingOf(detail.metadata)} warnings={warnings} onClose={() => setOpen(false)} />}
    </figure>
  );
}

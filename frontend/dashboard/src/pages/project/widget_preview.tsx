// The widget as a page shows it: its own colours and sizes, without its workings.
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { dress } from "../../../../kit/src/dress.ts";
import { WING } from "../../../../kit/src/wing.ts";
import { t } from "../../words/words.ts";
import type { Look } from "./look.ts";

export function WidgetPreview({ look }: { readonly look: Look }): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (root.current !== null) dress(root.current, { theme: look.theme, accent: look.accent === "" ? null : look.accent, branding: {} });
  }, [look.theme, look.accent]);
  return (
    <figure ref={root} class="preview" aria-label={t("look.preview")}>
      <div class="preview-panel" inert>
        <p class="preview-head">
          {look.logoUrl !== "" && <span class="preview-logo">{t("look.logo_here")}</span>}
          {look.modalTitle || t("look.report")}
        </p>
        <span class="preview-field" />
        <span class="preview-field preview-tall" />
        {look.enableScreenshot && <span class="button small">{t("look.take")}</span>}
        <p class="preview-foot">
          {look.showWatermark && (
            <span class="preview-mark">
              <Wing size={16} /> Lacewing
            </span>
          )}
          <span class="button primary">{t("look.send")}</span>
        </p>
      </div>
      <span class={look.buttonText === "" ? "preview-launcher" : "preview-launcher has-words"}>
        <Wing size={24} />
        {look.buttonText}
      </span>
    </figure>
  );
}

function Wing({ size }: { readonly size: number }): JSX.Element {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
      {WING.map((line) => (
        <path key={line} d={line} />
      ))}
    </svg>
  );
}

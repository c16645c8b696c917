/** The script tag's data-*, as options. */
import { defined } from "./defined.ts";
import type { Corner, Options, Theme } from "./options.ts";

/** The endpoint is where the script came from, unless the tag says otherwise. */
export function optionsOfTag(script: HTMLScriptElement | null): Options {
  const data = script?.dataset ?? {};
  const flag = (value: string | undefined) => (value === undefined ? undefined : value !== "false");
  return defined({
    projectKey: data.projectKey ?? data.apiKey,
    endpoint: data.endpoint ?? (script?.src ? new URL(script.src).origin : undefined),
    position: data.position as Corner | undefined,
    theme: data.theme as Theme | undefined,
    accent: data.accent,
    button: flag(data.button),
    hotkey: data.hotkey,
    locale: data.locale,
    nonce: data.nonce ?? (script?.nonce || undefined),
    enableScreenshot: flag(data.enableScreenshot),
    branding: data.watermark === undefined ? undefined : { showWatermark: flag(data.watermark) !== false },
  });
}

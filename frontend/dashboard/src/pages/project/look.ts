// The members of a project's settings that its widget reads (docs/widget-configuration.md).
export const THEMES = ["auto", "light", "dark"] as const;

export interface Look {
  /** Empty is Lacewing's own. */
  readonly accent: string;
  readonly theme: (typeof THEMES)[number];
  readonly locale: string;
  readonly modalTitle: string;
  readonly buttonText: string;
  readonly logoUrl: string;
  readonly showWatermark: boolean;
  readonly enableScreenshot: boolean;
  readonly keepOriginal: boolean;
}
type Settings = Readonly<Record<string, unknown>>;

const COLOR = /^#(?:[0-9a-f]{3}){1,2}$/i;

export function lookOf(settings: Settings): Look {
  const words = (name: string): string => (typeof settings[name] === "string" ? settings[name] : "");
  const accent = ["accent", "primaryColor", "widgetColor"].map(words).find((each) => COLOR.test(each)) ?? "";
  return {
    accent: whole(accent),
    theme: THEMES.find((each) => each === settings["theme"]) ?? "auto",
    locale: words("locale"),
    modalTitle: words("modalTitle"),
    buttonText: words("buttonText"),
    logoUrl: words("logoUrl"),
    showWatermark: settings["showWatermark"] !== false,
    enableScreenshot: settings["enableScreenshot"] !== false,
    keepOriginal: settings["keepOriginal"] === true,
  };
}

/** What is empty is taken away; the older names of the accent go with it, since they would count again. */
export function settingsOf(look: Look): Settings {
  const given = Object.entries(look).map(([name, value]) => [name, value === "" ? undefined : value]);
  return { ...Object.fromEntries(given), primaryColor: look.accent === "" ? undefined : look.accent, widgetColor: undefined };
}

/** A colour field knows the long form only. */
function whole(color: string): string {
  return color.length === 4 ? color.replace(/[^#]/g, "$&$&") : color;
}

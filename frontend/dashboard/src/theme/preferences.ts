// Theme and language stand in cookies, so that the server writes the document in them: nothing flashes.
import { signal } from "@preact/signals";

export type Theme = "light" | "dark" | "auto";
export type Language = "en" | "de";
export const LANGUAGES: readonly Language[] = ["en", "de"];
export const THEMES: readonly Theme[] = ["auto", "light", "dark"];
const YEAR_SECONDS = 31_536_000;

export const theme = signal<Theme>(themeOf(document.documentElement.dataset["theme"]));

export function chooseTheme(wanted: Theme): void {
  theme.value = wanted;
  keep("lacewing_theme", wanted === "auto" ? null : wanted);
  const root = document.documentElement;
  if (wanted === "auto") delete root.dataset["theme"];
  else root.dataset["theme"] = wanted;
}

export function chooseLanguage(wanted: Language): void {
  keep("lacewing_language", wanted);
  location.reload();
}

function themeOf(text: string | undefined): Theme {
  return text === "light" || text === "dark" ? text : "auto";
}

function keep(name: string, value: string | null): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value ?? ""}; Path=/; SameSite=Lax; Max-Age=${value === null ? 0 : YEAR_SECONDS}${secure}`;
}

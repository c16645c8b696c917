/** Options with their defaults, what has two names under one, and what the project says. */
import { defined } from "./defined.ts";
import { Fault } from "./fault.ts";
import type { Branding, Corner, Options, Theme } from "./options.ts";

type Kept = "consoleFilter" | "networkFilter" | "metadata" | "beforeSend" | "onSubmit" | "onOpen" | "onClose" | "onError";

export interface Settings extends Pick<Options, Kept> {
  readonly projectKey: string;
  /** With `/api/v1`, without a slash at its end. */
  readonly api: string;
  readonly position: Corner;
  readonly theme: Theme;
  /** null: Lacewing's own. */
  readonly accent: string | null;
  readonly button: boolean;
  readonly hotkey: string | null;
  readonly locale: string | null;
  readonly words: Readonly<Record<string, string>>;
  readonly nonce: string | null;
  readonly branding: Branding;
  readonly enableScreenshot: boolean;
  /** Whether a picture in which something was hidden is also uploaded as it was taken; only the project says so. */
  readonly keepOriginal: boolean;
  readonly mask: readonly string[];
  readonly collectConsole: boolean;
  readonly collectNetwork: boolean;
  readonly collectActions: boolean;
  readonly maxConsoleLogs: number;
  readonly maxNetworkLogs: number;
  readonly captureBodies: boolean;
}

/** What GET /projects/widget-config answers; all of it may be missing. */
export interface Remote {
  readonly showWatermark?: boolean;
  readonly enableScreenshot?: boolean;
  readonly keepOriginal?: boolean;
  readonly modalTitle?: string | null;
  readonly buttonText?: string | null;
  readonly logoUrl?: string | null;
  readonly theme?: Theme | null;
  readonly accent?: string | null;
  readonly locale?: string | null;
}

const CORNERS: readonly string[] = ["bottom-right", "bottom-left", "top-right", "top-left"] satisfies Corner[];
const THEMES: readonly string[] = ["light", "dark", "auto"] satisfies Theme[];
const COLOR = /^#(?:[\da-f]{3}|[\da-f]{6})$/i;
const MOST_LOGS = 1000;

/** Throws a Fault. What the page says counts before what the project says, but a picture needs both. */
export function settle(options: Options, remote: Remote = {}): Settings {
  const projectKey = options.projectKey ?? options.apiKey;
  if (!projectKey) throw new Fault("no_key", "Lacewing: init needs a projectKey.");
  const { consoleFilter, networkFilter, metadata, beforeSend, onSubmit, onOpen, onClose, onError } = options;
  return {
    projectKey,
    api: apiOf(options.endpoint ?? options.apiUrl),
    position: oneOf(CORNERS, options.position) ?? "bottom-right",
    theme: themeOf(options) ?? oneOf(THEMES, remote.theme) ?? "auto",
    accent: accentOf(options) ?? colorOf(remote.accent),
    button: options.button ?? true,
    hotkey: (options.hotkey === undefined ? "Alt+Shift+B" : options.hotkey) || null,
    locale: options.locale ?? remote.locale ?? null,
    words: options.words ?? {},
    nonce: options.nonce ?? null,
    branding: brandingOf(options.branding ?? {}, remote),
    enableScreenshot: (options.enableScreenshot ?? true) && (remote.enableScreenshot ?? true),
    keepOriginal: remote.keepOriginal ?? false,
    mask: options.mask ?? [],
    collectConsole: options.collectConsole ?? options.enableConsoleLogs ?? true,
    collectNetwork: options.collectNetwork ?? options.enableNetworkLogs ?? true,
    collectActions: options.collectActions ?? true,
    maxConsoleLogs: countOf(options.maxConsoleLogs, 50),
    maxNetworkLogs: countOf(options.maxNetworkLogs, 30),
    captureBodies: options.captureBodies ?? false,
    ...defined({ consoleFilter, networkFilter, metadata, beforeSend, onSubmit, onOpen, onClose, onError }),
  };
}

/** Throws a Fault for what is no http address. */
function apiOf(endpoint: string | undefined): string {
  const here = globalThis.location?.href;
  const url = endpoint && URL.canParse(endpoint, here) ? new URL(endpoint, here) : null;
  if (!url?.protocol.startsWith("http")) {
    throw new Fault("no_endpoint", "Lacewing: init needs an endpoint, an http or https address.");
  }
  const path = url.pathname.replace(/\/+$/, "").replace(/\/api\/v1$/, "");
  return `${url.origin}${path}/api/v1`;
}

function themeOf({ theme }: Options): Theme | null {
  if (typeof theme !== "object") return oneOf(THEMES, theme);
  const { darkMode } = theme;
  return darkMode === undefined ? null : darkMode === "auto" ? "auto" : darkMode ? "dark" : "light";
}

function accentOf({ accent, primaryColor, theme }: Options): string | null {
  return colorOf(accent) ?? colorOf(primaryColor) ?? colorOf(typeof theme === "object" ? theme.accent : null);
}

function colorOf(value: string | null | undefined): string | null {
  return value && COLOR.test(value) ? value : null;
}

function brandingOf(branding: Branding, remote: Remote): Branding {
  const { modalTitle, buttonText, logoUrl, showWatermark } = remote;
  const logo = logoUrl && /^https?:\/\//.test(logoUrl) ? logoUrl : undefined;
  const ofProject = {
    modalTitle: modalTitle ?? undefined,
    buttonText: buttonText ?? undefined,
    showWatermark,
    logo,
  };
  return { ...defined(ofProject), ...branding };
}

function countOf(wished: number | undefined, usual: number): number {
  return Number.isFinite(wished) ? Math.max(0, Math.min(MOST_LOGS, Math.trunc(wished ?? usual))) : usual;
}

function oneOf<T extends string>(known: readonly string[], value: T | null | undefined): T | null {
  return value && known.includes(value) ? value : null;
}

/** What a page may set, in `init` or (most of it) as `data-*` of the script tag. What is left out has its default. */
import type { ConsoleEntry, NetworkEntry } from "./evidence.ts";
import type { Report } from "./sending.ts";

export type Corner = "bottom-right" | "bottom-left" | "top-right" | "top-left";
export type Theme = "light" | "dark" | "auto";

export interface Options {
  /** The project's publishable key (`bsk_pub_...`). Without one nothing starts. */
  readonly projectKey?: string;
  /** The original's older name of `projectKey`. */
  readonly apiKey?: string;
  /** Where Lacewing is, with or without `/api/v1`. Default: where the script came from. */
  readonly endpoint?: string;
  /** The same as `endpoint`. */
  readonly apiUrl?: string;

  /** The button's corner. Default: `"bottom-right"`. */
  readonly position?: Corner;
  /** `"auto"` follows the visitor's system; the object is the original's documented form. Default: `"auto"`. */
  readonly theme?: Theme | { readonly accent?: string; readonly darkMode?: boolean | "auto" };
  /** Colour of button and links, `#rgb` or `#rrggbb`. Default: the project's, else Lacewing's green. */
  readonly accent?: string;
  /** The original's name of `accent`. */
  readonly primaryColor?: string;
  /** `false`: no button; the page calls `open()`. Default: `true`. */
  readonly button?: boolean;
  /** Opens the form; `null` or `""`: none. Default: `"Alt+Shift+B"`. */
  readonly hotkey?: string | null;
  /** Language of the form, as BCP 47. Default: the page's `lang`, else the browser's. */
  readonly locale?: string;
  /** Words of your own, by the catalogue's keys; what is left out stays. Default: none. */
  readonly words?: Readonly<Record<string, string>>;
  /** Put on what the widget has to load under a CSP with nonces. Default: the script tag's own. */
  readonly nonce?: string;
  readonly branding?: Branding;

  /** Whether the form offers a picture of the page. Default: `true`; the project can switch it off. */
  readonly enableScreenshot?: boolean;
  /** CSS selectors of what no picture may show, beside passwords and payment fields. Default: none. */
  readonly mask?: readonly string[];
  /** What the page logs, errors that nobody caught, and what could not be loaded. Default: `true`. */
  readonly collectConsole?: boolean;
  /** The original's older name of `collectConsole`. */
  readonly enableConsoleLogs?: boolean;
  /** Requests by `fetch` and `XMLHttpRequest`: address, status, times, sizes, harmless headers. Default: `true`. */
  readonly collectNetwork?: boolean;
  /** The original's older name of `collectNetwork`. */
  readonly enableNetworkLogs?: boolean;
  /** Clicks, fields that were changed (never what was typed), navigation, scrolling. Default: `true`. */
  readonly collectActions?: boolean;
  /** Understood and without effect: nothing is recorded. Default: `false`. */
  readonly enableSessionRecording?: boolean;
  /** How many console lines are kept, up to 1000. Default: `50`. */
  readonly maxConsoleLogs?: number;
  /** How many requests are kept, up to 1000. Default: `30`. */
  readonly maxNetworkLogs?: number;
  /** Whether requests bring text and JSON bodies, redacted, up to 4 KB each. Default: `false`. */
  readonly captureBodies?: boolean;
  /** Answers false for a console line that is not to be kept. Default: all are. */
  readonly consoleFilter?: (entry: ConsoleEntry) => boolean;
  /** Answers false for a request that is not to be kept. Default: all are. */
  readonly networkFilter?: (entry: NetworkEntry) => boolean;

  /** Who reports; an e-mail address fills the form's. Default: nobody. */
  readonly user?: User;
  /** Who reports, in your words, unless they write an address. Default: `user.email`, else `user.id`. */
  readonly reporterIdentifier?: string;
  /** What else you know; goes along as `metadata.custom`, up to 16 KB of JSON. Default: nothing. */
  readonly metadata?: Readonly<Record<string, unknown>>;

  /** May change the report, at once or later; null: it is not sent, and the reporter is told so. Default: none. */
  readonly beforeSend?: (report: Report) => Report | null | Promise<Report | null>;
  /** The report that was sent, with `trackingId`. Default: none. */
  readonly onSubmit?: (report: Report) => void;
  /** The form opened. Default: none. */
  readonly onOpen?: () => void;
  /** The form closed. Default: none. */
  readonly onClose?: () => void;
  /** Something did not work; `error.code` says what. Default: none. */
  readonly onError?: (error: Error) => void;
}

export interface Branding {
  /** "Lacewing" below the form. Default: the project's, else `true`. */
  readonly showWatermark?: boolean;
  /** Colours of the form. Default: the theme's. */
  readonly customColors?: { readonly background?: string; readonly text?: string; readonly border?: string };
  /** Words on the button. Default: the project's, else a mark without words. */
  readonly buttonText?: string;
  /** The form's heading. Default: the project's, else the catalogue's. */
  readonly modalTitle?: string;
  /** Address of a picture in the form's head; the page's CSP must allow it. Default: the project's, else none. */
  readonly logo?: string;
}

export interface User {
  readonly id?: string;
  readonly email?: string;
  readonly name?: string;
}

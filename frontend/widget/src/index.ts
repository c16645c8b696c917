/** The npm package: the same calls as `window.Lacewing`, and their types. */
import { createApi } from "./core/core.ts";

const api = createApi();

export const { init, open, close, destroy, identify, setReporter } = api;
export default api;
export type { Api } from "./core/core.ts";
export type { ActionEntry, ConsoleEntry, Environment, NetworkEntry } from "./core/evidence.ts";
export type { Branding, Corner, Options, Theme, User } from "./core/options.ts";
export type { Category, Report, Severity } from "./core/sending.ts";

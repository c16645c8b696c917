/** The script of the tag: `window.Lacewing` is there at once, and the rest is loaded from where this came from. */
import type { Api, createApi } from "./core.ts";
import { listenForErrors } from "./early.ts";
import { Fault, tell } from "./fault.ts";
import { optionsOfTag } from "./tag.ts";

/** The hashed name of core.ts; the build puts it in. */
declare const CORE: string;

declare global {
  interface Window {
    Lacewing?: Global;
    BugSpark?: Global;
  }
}

type Global = Api & { readonly default: Api };

const WITH_KEY = "script[data-project-key],script[data-api-key]";

// An element with that id is a property of the window too.
if (typeof window.Lacewing?.init !== "function") install(scriptOfTag());

/** A module script does not know itself; then it is the last one with a key. */
function scriptOfTag(): HTMLScriptElement | null {
  const running = document.currentScript;
  if (running instanceof HTMLScriptElement) return running;
  return [...document.querySelectorAll<HTMLScriptElement>(WITH_KEY)].at(-1) ?? null;
}

function install(script: HTMLScriptElement | null): void {
  const tag = optionsOfTag(script);
  const { early, release } = listenForErrors();
  let core: Api | null = null;
  let loading: Promise<Api> | null = null;
  let isInitialized = false;
  let hooks = tag;
  /** The first `init`, until it could be done. */
  let missed: ((core: Api) => void) | null = null;

  async function load(): Promise<Api> {
    const module: { createApi: typeof createApi } = await import(new URL(`/static/${CORE}`, script?.src || location.href).href);
    release();
    core = module.createApi(tag, early);
    return core;
  }

  /** At once when the core is there, else in the order of the calls. */
  async function whenLoaded(call: (core: Api) => unknown): Promise<void> {
    if (core) await call(core);
    else await call(await (loading ??= load().catch(failed)));
  }

  /** What could not be loaded is tried again at the next call. */
  function failed(error: unknown): never {
    loading = null;
    throw error;
  }

  const calls = (call: (core: Api) => unknown) => {
    whenLoaded(call).catch(() => tell(hooks, new Fault("not_loaded", "Lacewing could not be loaded.")));
  };

  const beginAsTagged = (core: Api) => {
    if (missed === beginAsTagged) missed = null;
    if (!isInitialized) core.init();
  };

  const api: Api = {
    init(options) {
      const begin = (core: Api) => {
        if (missed === begin) missed = null;
        core.init(options);
      };
      if (!isInitialized) hooks = { ...tag, ...options };
      missed = (isInitialized && missed) || begin;
      isInitialized = true;
      calls(begin);
    },
    open: () =>
      whenLoaded((core) => {
        missed?.(core);
        return core.open();
      }),
    close: () => calls((core) => core.close()),
    destroy: () => calls((core) => core.destroy()),
    identify: (user) => calls((core) => core.identify(user)),
    setReporter: (identifier) => calls((core) => core.setReporter(identifier)),
  };
  window.Lacewing = window.BugSpark = { ...api, default: api };
  if (tag.projectKey) calls((missed = beginAsTagged));
}

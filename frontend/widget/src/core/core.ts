/** What `window.Lacewing` and the npm package offer: one widget at a time. */
import type { Early } from "./early.ts";
import type { Options, User } from "./options.ts";
import { Fault, tell } from "./fault.ts";
import { startWidget, type Widget } from "./widget.ts";

export interface Api {
  /** Starts the widget, without options as the script tag says. What is wrong goes to `onError` and to the console. */
  init(options?: Options): void;
  /** Resolves once the form is open. */
  open(): Promise<void>;
  close(): void;
  /** Takes everything away: nodes, listeners, patches, timers. `init` may follow. */
  destroy(): void;
  /** Who the visitor is; null: nobody any more. */
  identify(user: User | null): void;
  /** Who reports, in your words; null: nobody any more. */
  setReporter(identifier: string | null): void;
}

/** An `init` with options is laid over what the `tag` says, also when the tag was quicker. */
export function createApi(tag: Options = {}, early: Early = []): Api {
  let widget: Widget | null = null;
  let isByTag = false;
  return {
    init(options) {
      const all = { ...tag, ...options };
      try {
        if (widget && !isByTag) throw new Fault("already_started", "Lacewing is already running; destroy() it first.");
        widget?.destroy();
        widget = startWidget(all, early);
        isByTag = options === undefined;
      } catch (error) {
        tell(all, error);
      }
    },
    async open() {
      await widget?.open();
    },
    close: () => widget?.close(),
    destroy() {
      widget?.destroy();
      widget = null;
    },
    identify: (user) => widget?.identify(user),
    setReporter: (identifier) => widget?.setReporter(identifier),
  };
}

/** One running widget: collectors, form and delivery, put together. */
import { startCollectors } from "./collectors.ts";
import type { Early } from "./early.ts";
import type { Options, User } from "./options.ts";
import { settle } from "./settings.ts";

export interface Widget {
  open(): Promise<void>;
  close(): void;
  identify(user: User | null): void;
  setReporter(identifier: string | null): void;
  destroy(): void;
}

/** Throws a Fault. */
export function startWidget(options: Options, early: Early): Widget {
  const settings = settle(options);
  const collectors = startCollectors(settings, early);
  return {
    async open() {},
    close() {},
    identify() {},
    setReporter() {},
    destroy: () => collectors.stop(),
  };
}

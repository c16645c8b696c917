/** All that is collected while the widget runs. */
import type { Early } from "./early.ts";
import { environment } from "./environment.ts";
import type { Collectors } from "./evidence.ts";
import type { Settings } from "./settings.ts";

export function startCollectors(_settings: Settings, _early: Early): Collectors {
  return {
    snapshot: () => ({ console: [], network: [], actions: [], environment: environment() }),
    stop() {},
  };
}

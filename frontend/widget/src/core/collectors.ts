/** All that is collected while the widget runs. */
import { ActionCollector } from "./actions.ts";
import { ConsoleCollector } from "./console.ts";
import type { Early } from "./early.ts";
import { environment } from "./environment.ts";
import type { Collectors } from "./evidence.ts";
import { NetworkCollector } from "./network.ts";
import { Patches, quietly } from "./patches.ts";
import type { Settings } from "./settings.ts";
import { VitalsCollector } from "./vitals.ts";

export function startCollectors(settings: Settings, early: Early): Collectors {
  const patches = new Patches();
  const listeners = new AbortController();
  const { signal } = listeners;
  const lines = settings.collectConsole ? new ConsoleCollector(settings.maxConsoleLogs, settings.consoleFilter) : null;
  const requests = settings.collectNetwork ? new NetworkCollector(settings) : null;
  const actions = settings.collectActions ? new ActionCollector() : null;
  const vitals = new VitalsCollector();
  lines?.watch(patches);
  lines?.listen(signal, early);
  requests?.watch(patches, signal);
  actions?.watch(patches);
  actions?.listen(signal);
  quietly(() => vitals.watch());
  return {
    snapshot: () => ({
      console: lines?.entries() ?? [],
      network: requests?.entries() ?? [],
      actions: actions?.entries() ?? [],
      environment: environment(vitals.read()),
    }),
    stop() {
      patches.restore();
      listeners.abort();
      vitals.stop();
    },
  };
}

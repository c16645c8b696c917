/** Where the report was made: browser, window, language. */
import { defined } from "./defined.ts";
import type { Environment } from "./evidence.ts";
import { withoutSecrets } from "./secrets.ts";

/** Not in every browser, so not in TypeScript's own types. */
interface Told extends Navigator {
  readonly connection?: { readonly effectiveType?: string };
  readonly deviceMemory?: number;
  readonly userAgentData?: { readonly platform?: string };
}

export function environment(performance: Environment["performance"] = {}): Environment {
  const told: Told = navigator;
  return {
    userAgent: told.userAgent,
    viewport: `${innerWidth}x${innerHeight}`,
    screenResolution: `${screen.width}x${screen.height}`,
    url: withoutSecrets(location.href),
    referrer: withoutSecrets(document.referrer),
    locale: told.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    platform: told.userAgentData?.platform || told.platform,
    ...defined({ connection: told.connection?.effectiveType, memory: told.deviceMemory }),
    ...(Object.keys(performance).length > 0 ? { performance } : {}),
  };
}

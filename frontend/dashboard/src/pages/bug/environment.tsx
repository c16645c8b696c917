// Where it was seen, in one line; the whole of it on hover.
import type { JSX } from "preact";
import { t } from "../../words/words.ts";
import { shortUrl } from "./addresses.ts";
import type { Environment } from "./evidence.ts";

export function EnvironmentLine({ environment }: { readonly environment: Environment }): JSX.Element | null {
  const { url, browser, os, viewport, language, timezone, connection, userAgent } = environment;
  const where = [named(browser), named(os), viewport?.replace("x", " × "), language, timezone, connection].filter((part) => part !== null && part !== undefined && part !== "");
  if (url === null && where.length === 0) return null;
  const whole = [url, userAgent, ...where].filter((part) => part !== null).join("\n");
  return (
    <p class="bug-environment" title={whole}>
      <span class="sr">{t("bug.environment")}: </span>
      {url !== null && <Page url={url} />}
      <span class="cut">{where.join(" · ")}</span>
    </p>
  );
}

function Page({ url }: { readonly url: string }): JSX.Element {
  // What a reporter sent leads to a page only if it is one.
  if (!/^https?:\/\//i.test(url)) return <span class="cut bug-page">{url}</span>;
  return (
    <a class="cut bug-page" href={url} target="_blank" rel="noopener noreferrer" dir="ltr">
      {shortUrl(url, null)}
    </a>
  );
}

const NAMES: Readonly<Record<string, string>> = { ios: "iOS", macos: "macOS", chromeos: "ChromeOS" };

function named(family: string | null): string | null {
  return family === null ? null : (NAMES[family] ?? family.charAt(0).toUpperCase() + family.slice(1));
}

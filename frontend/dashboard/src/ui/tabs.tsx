// The parts of a place: links, of which one is here.
import type { JSX } from "preact";
import { path } from "../routing/router.ts";

export interface Tab {
  readonly href: string;
  readonly text: string;
}

export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }): JSX.Element {
  const here = path.value.replace(/\/$/, "");
  const isWithin = ({ href }: Tab): boolean => here === href || here.startsWith(`${href}/`);
  const nearest = tabs.filter(isWithin).sort((one, other) => other.href.length - one.href.length)[0];
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ href, text }) => (
        <a key={href} ref={href === nearest?.href ? show : null} class="tab" href={href} {...(href === nearest?.href ? { "aria-current": href === here ? ("page" as const) : ("true" as const) } : {})}>
          {text}
        </a>
      ))}
    </nav>
  );
}

/** On a narrow page the tabs are scrolled: what stands before and after this one is seen too. */
function show(tab: HTMLElement | null): void {
  tab?.scrollIntoView({ block: "nearest", inline: "center" });
}

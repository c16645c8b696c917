// Links that show this bug to whoever has them: make one, see which hold, end any of them.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import { Refusal } from "../../api/problem.ts";
import type { MadeShareLinkItem, ShareLinkItem } from "../../api/types.ts";
import { useShortcuts } from "../../keys/keys.ts";
import type { Bug } from "../../store/bug.ts";
import { attempt } from "../../store/attempt.ts";
import { may } from "../../store/rights.ts";
import { say } from "../../store/toasts.ts";
import { copyText } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useForm } from "../../ui/form.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Item } from "../../ui/item.tsx";
import { type Loaded, useLoaded } from "../../ui/loaded.tsx";
import { day, Moment } from "../../ui/moment.tsx";
import { SecretCode } from "../../ui/secret_code.tsx";
import { Select } from "../../ui/select.tsx";
import { t } from "../../words/words.ts";

const DAYS = ["1", "7", "14", "30", "90"] as const;
const USUAL_DAYS = "14";

export function Share({ bug }: { readonly bug: Bug }): JSX.Element | null {
  const [isOpen, setOpen] = useState(false);
  const isRefused = !may("reports:write", bug.projectId);
  useShortcuts([{ key: "S", word: "share.verb", group: "bug.keys", run: () => setOpen(true), isRefused }]);
  if (isRefused) return null;
  return (
    <>
      <button type="button" class="button small" aria-label={t("share.button")} title={t("share.verb")} onClick={() => setOpen(true)}>
        <Icon name="link" /> <span class="bug-do-text">{t("share.button")}</span>
      </button>
      {isOpen && <ShareDialog bug={bug} onClose={() => setOpen(false)} />}
    </>
  );
}

type Links = Loaded<readonly ShareLinkItem[] | Refusal>;

function ShareDialog({ bug, onClose }: { readonly bug: Bug; readonly onClose: () => void }): JSX.Element {
  const path = { report_id: bug.id };
  const links: Links = useLoaded(() => call("GET /reports/{report_id}/share-links", { path }).catch(refusalIn));
  const [made, setMade] = useState<MadeShareLinkItem | null>(null);
  const revoke = (link: ShareLinkItem): void => {
    const takeBack = links.set((each) => (each instanceof Refusal ? each : each.filter(({ id }) => id !== link.id)));
    if (link.id === made?.id) setMade(null);
    void attempt(() => call("DELETE /reports/{report_id}/share-links/{link_id}", { path: { ...path, link_id: link.id } }), takeBack).then((isDone) => isDone && say(t("share.revoked")));
  };
  const add = (link: MadeShareLinkItem): void => {
    setMade(link);
    links.set((each) => (each instanceof Refusal ? each : [link, ...each]));
  };
  return (
    <Dialog title={t("share.title", { what: bug.trackingId })} onClose={onClose}>
      {links.value instanceof Refusal ? (
        <p class="notice">{t("share.not_allowed")}</p>
      ) : (
        <div class="stack">
          <p class="hint">{t("share.lead")}</p>
          {made === null ? <NewLink bug={bug} onMade={add} /> : <Made link={made} onAnother={() => setMade(null)} />}
          {links.value !== null && links.value.length > 0 && <Holding links={links.value} onRevoke={revoke} />}
          {links.isFailed && <p class="notice">{t("share.not_listed")}</p>}
        </div>
      )}
    </Dialog>
  );
}

/** Who may not change the bug can not share it. */
function refusalIn(error: unknown): Refusal {
  if (error instanceof Refusal && error.status === 403) return error;
  throw error;
}

function NewLink({ bug, onMade }: { readonly bug: Bug; readonly onMade: (link: MadeShareLinkItem) => void }): JSX.Element {
  const { refusal, isSending, onSubmit } = useForm(async (told) => {
    const body = { expires_in_days: Number(told("days")), with_evidence: told("evidence") !== "" };
    onMade(await call("POST /reports/{report_id}/share-links", { path: { report_id: bug.id }, body }));
  });
  return (
    <form class="stack" onSubmit={onSubmit}>
      <Select label={t("share.days")} name="days" value={USUAL_DAYS} options={DAYS.map((days) => [days, t("share.for_days", { count: Number(days) })] as const)} />
      <label class="check">
        <input type="checkbox" name="evidence" value="yes" />
        <span>{t("share.evidence")}</span>
      </label>
      {refusal !== null && (
        <p class="notice danger" role="alert">
          {refusal.message}
        </p>
      )}
      <p>
        <button type="submit" class="button primary" disabled={isSending} autofocus>
          {t("share.make")}
        </button>
      </p>
    </form>
  );
}

function Made({ link, onAnother }: { readonly link: MadeShareLinkItem; readonly onAnother: () => void }): JSX.Element {
  const [isCopied, setCopied] = useState<boolean | null>(null);
  const url = link.url ?? "";
  const box = useRef<HTMLDivElement>(null);
  // Whoever made it wants it.
  useEffect(() => {
    void copyText(url).then(setCopied);
    box.current?.querySelector("button")?.focus();
  }, []);
  return (
    <div ref={box} class="stack">
      <p class="notice" role="status">
        <Icon name={isCopied === true ? "check" : "link"} />
        <span>{t(isCopied === true ? "share.made_copied" : "share.made", { day: day(Date.parse(link.expiresAt)) })}</span>
      </p>
      <SecretCode code={url} label={t("share.copy")} isPrimary />
      <p class="inline">
        <a class="button small" href={url} target="_blank" rel="noopener">
          <Icon name="external" /> {t("share.look")}
        </a>
        <button type="button" class="button small quiet" onClick={onAnother}>
          {t("share.another")}
        </button>
      </p>
    </div>
  );
}

interface HoldingProps {
  readonly links: readonly ShareLinkItem[];
  readonly onRevoke: (link: ShareLinkItem) => void;
}

function Holding({ links, onRevoke }: HoldingProps): JSX.Element {
  return (
    <section class="share-links" aria-label={t("share.holding")}>
      <h3>{t("share.holding")}</h3>
      <ul class="items">
        {links.map((link) => (
          <Item
            key={link.id}
            icon={<Icon name="link" />}
            name={t("share.until", { day: day(Date.parse(link.expiresAt)) })}
            facts={factsOf(link)}
            actions={
              <button type="button" class="button small danger" onClick={() => onRevoke(link)}>
                {t("share.revoke")}
              </button>
            }
          />
        ))}
      </ul>
    </section>
  );
}

function factsOf(link: ShareLinkItem): readonly JSX.Element[] {
  return [
    <>
      {t("share.made_at")} <Moment at={Date.parse(link.createdAt)} />
    </>,
    link.lastOpenedAt === null ? (
      <>{t("share.unopened")}</>
    ) : (
      <>
        {t("share.opened")} <Moment at={Date.parse(link.lastOpenedAt)} />
      </>
    ),
    ...(link.withEvidence ? [<>{t("share.has_evidence")}</>] : []),
  ];
}

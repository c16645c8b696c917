// What a webhook was sent, the newest first: each attempt with its answer, and once more on demand.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { AttemptItem, DeliveryItem, WebhookItem } from "../../api/types.ts";
import { attempt } from "../../store/attempt.ts";
import { extended, type Paged, renewed } from "../../store/paged.ts";
import { type Loaded, useLoaded, WhenLoaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Older } from "../../ui/older.tsx";
import { number, t } from "../../words/words.ts";

const ASKED_AGAIN_MILLISECONDS = 2000;
type Sent = Paged<DeliveryItem>;

export function Deliveries({ webhook }: { readonly webhook: WebhookItem }): JSX.Element {
  const path = { webhook_id: webhook.id };
  const deliveries: Loaded<Sent> = useLoaded(async () => renewed(deliveries.value, await call("GET /webhooks/{webhook_id}/deliveries", { path })));
  useAskedAgain(deliveries);
  const test = (): Promise<unknown> => attempt(async () => put(deliveries, await call("POST /webhooks/{webhook_id}/test", { path })));
  const readOn = async (cursor: string): Promise<void> => {
    const older = await call("GET /webhooks/{webhook_id}/deliveries", { path, query: { cursor } });
    deliveries.set((now) => extended(now, older));
  };
  const again = (delivery: DeliveryItem): Promise<unknown> =>
    attempt(async () => put(deliveries, await call("POST /webhooks/{webhook_id}/deliveries/{delivery_id}/resend", { path: { ...path, delivery_id: delivery.id } })));
  return (
    <div class="deliveries">
      <p class="beside">
        <button type="button" class="button small" onClick={() => void test()}>
          {t("webhook.test")}
        </button>
        <span class="hint">{t("webhook.kept")}</span>
      </p>
      <WhenLoaded of={deliveries} rows={3}>
        {(found) =>
          found.items.length === 0 ? (
            <p class="hint">{t("webhook.no_delivery")}</p>
          ) : (
            <>
              <ul>
                {found.items.map((delivery) => (
                  <Delivery key={delivery.id} delivery={delivery} onAgain={() => void again(delivery)} />
                ))}
              </ul>
              <Older cursor={found.nextCursor} onRead={readOn} />
            </>
          )
        }
      </WhenLoaded>
    </div>
  );
}

function Delivery({ delivery, onAgain }: { readonly delivery: DeliveryItem; readonly onAgain: () => void }): JSX.Element {
  const last = delivery.attempts.at(-1);
  return (
    <li>
      <details class="delivery">
        <summary>
          <span class={`tag ${LOOKS[delivery.state]}`}>{t(`delivery.${delivery.state}`)}</span>
          <code>{delivery.event}</code>
          {delivery.isTest && <span class="tag">{t("webhook.is_test")}</span>}
          <span class="muted">
            {last !== undefined && `${outcomeOf(last)} · `}
            <Moment at={Date.parse(delivery.createdAt)} />
          </span>
        </summary>
        {delivery.attempts.map((each) => (
          <p key={each.at} class="hint">
            <Moment at={Date.parse(each.at)} /> · {outcomeOf(each)} · {t("webhook.took", { milliseconds: number(each.durationMs) })}
            {each.answer !== null && each.answer !== "" && <code class="answer">{each.answer}</code>}
          </p>
        ))}
        {delivery.nextAttemptAt !== null && (
          <p class="hint">
            {t("webhook.next")} <Moment at={Date.parse(delivery.nextAttemptAt)} />
          </p>
        )}
        {delivery.body === null ? (
          <p class="hint">{t("webhook.erased")}</p>
        ) : (
          <pre class="copy-box" tabIndex={0} aria-label={t("webhook.body")}>
            <code>{pretty(delivery.body)}</code>
          </pre>
        )}
        {delivery.body !== null && delivery.state !== "pending" && (
          <button type="button" class="button small" onClick={onAgain}>
            {t("webhook.again")}
          </button>
        )}
      </details>
    </li>
  );
}

const LOOKS = { delivered: "good", failed: "warn", pending: "", cancelled: "" } as const satisfies Readonly<Record<DeliveryItem["state"], string>>;

/** Until nothing is on its way any more. */
function useAskedAgain(deliveries: Loaded<Sent>): void {
  const isPending = deliveries.value?.items.some(({ state }) => state === "pending") ?? false;
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!isPending) return undefined;
    const timer = setTimeout(() => {
      deliveries.reload();
      setRound(round + 1);
    }, ASKED_AGAIN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [isPending, round]);
}

function put(deliveries: Loaded<Sent>, delivery: DeliveryItem): void {
  deliveries.set((now) => ({ ...now, items: [delivery, ...now.items.filter(({ id }) => id !== delivery.id)] }));
}

function outcomeOf({ status, error }: AttemptItem): string {
  return status === null ? (error ?? t("webhook.no_answer")) : String(status);
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

// What one wants to be told, and how often by mail; kept as it is chosen.
import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import type { Choice, Digest, PreferencesBody, PreferencesItem, Topic } from "../../api/types.ts";
import { ACCOUNT } from "../../routing/paths.ts";
import { attempt } from "../../store/attempt.ts";
import { say } from "../../store/toasts.ts";
import { me } from "../../store/workspace.ts";
import { Icon } from "../../ui/icon.tsx";
import { useLoaded, WhenLoaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Select } from "../../ui/select.tsx";
import { type Key, t } from "../../words/words.ts";
import { AccountPage } from "./frame.tsx";

const WATCHED = ["assigned", "mentioned", "commented", "resolved", "status_changed"] as const satisfies readonly Topic[];
const NEW = ["new_critical", "new_high", "new_medium", "new_low"] as const satisfies readonly Topic[];
const DIGESTS = ["immediately", "hourly", "daily", "never"] as const satisfies readonly Digest[];
const CHOICES = ["default", "mail", "in_app", "off"] as const satisfies readonly Choice[];

export function Notifications(): JSX.Element {
  const preferences = useLoaded(() => call("GET /notifications/preferences"));
  const put = (change: PreferencesBody, before: PreferencesBody): void => {
    const takeBack = preferences.set((now) => after(now, change));
    const send = (): Promise<unknown> => call("PATCH /notifications/preferences", { body: change });
    void attempt(send, takeBack).then((isDone) => isDone && say(t("account.saved"), () => put(before, change)));
  };
  return (
    <AccountPage part="notifications">
      {me.value?.isEmailVerified === false && (
        <p class="notice warn">
          <Icon name="alert" />
          <span>
            {t("news.not_verified")} <a href={ACCOUNT}>{t("account.verify")}</a>
          </span>
        </p>
      )}
      <WhenLoaded of={preferences}>{(now) => <Preferences now={now} onPut={put} />}</WhenLoaded>
    </AccountPage>
  );
}

interface PreferencesProps {
  readonly now: PreferencesItem;
  readonly onPut: (change: PreferencesBody, before: PreferencesBody) => void;
}

function Preferences({ now, onPut }: PreferencesProps): JSX.Element {
  const digests = DIGESTS.map((each) => [each, t(`digest.${each}` satisfies Key)] as const);
  const putDigest = (digest: Digest): void => onPut({ digest }, { digest: now.digest });
  const topics = (all: readonly Topic[]): JSX.Element => (
    <ul class="items">
      {all.map((topic) => (
        <TopicRow key={topic} topic={topic} choice={now.topics[topic] ?? "default"} onPut={onPut} />
      ))}
    </ul>
  );
  return (
    <>
      <Section title={t("news.mails")} hint={t("news.lead")}>
        <div class="short">
          <Select label={t("news.digest", { email: me.value?.email ?? "" })} options={digests} value={now.digest} onPick={putDigest} />
        </div>
      </Section>
      <Section title={t("news.watched")} hint={t("news.watched_hint")}>
        {topics(WATCHED)}
      </Section>
      <Section title={t("news.new")} hint={t("news.new_hint")}>
        {topics(NEW)}
      </Section>
    </>
  );
}

interface TopicProps {
  readonly topic: Topic;
  readonly choice: Choice;
  readonly onPut: PreferencesProps["onPut"];
}

function TopicRow({ topic, choice, onPut }: TopicProps): JSX.Element {
  const word = t(`topic.${topic}` satisfies Key);
  const choices = CHOICES.map((each) => [each, t(`choice.${each}` satisfies Key)] as const);
  const pick = (wanted: Choice): void => onPut({ topics: { [topic]: wanted } }, { topics: { [topic]: choice } });
  return (
    <li class="item setting">
      <span class="item-main">{word}</span>
      <Select label={word} options={choices} value={choice} isBare onPick={pick} />
    </li>
  );
}

function after(now: PreferencesItem, change: PreferencesBody): PreferencesItem {
  return { digest: change.digest ?? now.digest, topics: { ...now.topics, ...change.topics } };
}

// What it is called, what state it is in, where it was seen: each fact is the button that changes it, for whoever may.
import type { ComponentChildren, JSX } from "preact";
import type { Category, ProjectItem } from "../../api/types.ts";
import { projectPath } from "../../routing/paths.ts";
import { type Bug, CATEGORIES } from "../../store/bug.ts";
import { changeBugs } from "../../store/changes.ts";
import { personName } from "../../store/members.ts";
import { may } from "../../store/rights.ts";
import { ask, type Verb } from "../../triage/verbs.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Label } from "../../ui/label.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { Moment } from "../../ui/moment.tsx";
import { SeverityIcon, severityWord, StatusIcon, statusWord } from "../../ui/states.tsx";
import { type Key, t } from "../../words/words.ts";
import { CopyMenu } from "./copying.tsx";
import { EnvironmentLine } from "./environment.tsx";
import type { Editor } from "./editor.ts";
import type { Loaded } from "./loading.ts";
import { MoreMenu } from "./more_menu.tsx";
import { Share } from "./share.tsx";
import { Title } from "./title.tsx";

interface HeadProps {
  readonly bug: Bug;
  readonly project: ProjectItem;
  readonly loaded: Loaded;
  readonly editor: Editor;
}

export function Head({ bug, project, loaded, editor }: HeadProps): JSX.Element {
  return (
    <>
      <header class="bug-bar">
        <Crumbs project={project} trackingId={bug.trackingId} />
        <div class="bug-do">
          <Share bug={bug} />
          <CopyMenu bug={bug} />
          <MoreMenu bug={bug} editor={editor} />
        </div>
      </header>
      <Title bug={bug} editor={editor} />
      <ul class="bug-facts">
        <Fact bug={bug} verb="status" word="triage.status">
          <StatusIcon status={bug.status} /> {statusWord(bug.status)}
        </Fact>
        <Fact bug={bug} verb="severity" word="triage.severity">
          <SeverityIcon severity={bug.severity} /> {severityWord(bug.severity)}
        </Fact>
        <Fact bug={bug} verb="assignee" word="triage.assign">
          <Assignee id={bug.assigneeId} />
        </Fact>
        {(bug.labels.length > 0 || may("reports:write", bug.projectId)) && (
          <Fact bug={bug} verb="labels" word="triage.label">
            {bug.labels.length === 0 ? (
              <>
                <Icon name="label" /> {t("triage.label")}
              </>
            ) : (
              bug.labels.map((label) => <Label key={label} name={label} projectId={bug.projectId} />)
            )}
          </Fact>
        )}
        <CategoryFact bug={bug} />
        <li class="bug-when">
          <Reported bug={bug} />
        </li>
      </ul>
      <EnvironmentLine environment={loaded.evidence.environment} />
    </>
  );
}

export function Crumbs({ project, trackingId }: { readonly project: ProjectItem; readonly trackingId: string }): JSX.Element {
  return (
    <nav class="bug-crumbs" aria-label={t("bug.crumbs")}>
      <a href={projectPath(project)} title={project.name}>
        {project.name}
      </a>
      <Icon name="chevron" />
      <span class="code">{trackingId}</span>
    </nav>
  );
}

interface FactProps {
  readonly bug: Bug;
  readonly verb: Verb;
  readonly word: Key;
  readonly children: ComponentChildren;
}

/** For whoever may not change it, plain text. */
function Fact({ bug, verb, word, children }: FactProps): JSX.Element {
  const told = (
    <>
      <span class="sr">{t(word)}: </span>
      {children}
    </>
  );
  if (!may("reports:write", bug.projectId)) return <li class="fact-text">{told}</li>;
  return (
    <li>
      <button type="button" class="fact-button" title={t(word)} onClick={() => ask(verb, [bug])}>
        {told}
      </button>
    </li>
  );
}

function Assignee({ id }: { readonly id: string | null }): JSX.Element {
  const name = id === null ? null : (personName(id) ?? t("list.somebody"));
  return name === null ? (
    <>
      <Icon name="user" /> {t("triage.nobody")}
    </>
  ) : (
    <>
      <Avatar name={name} /> {name}
    </>
  );
}

function CategoryFact({ bug }: { readonly bug: Bug }): JSX.Element {
  const word = (category: Category): string => t(`category.${category}`);
  if (!may("reports:write", bug.projectId)) {
    return (
      <li class="fact-text">
        <span class="sr">{t("bug.category")}: </span>
        {word(bug.category)}
      </li>
    );
  }
  const pick = (category: Category): void => changeBugs([bug], { category }, t("bug.said_category", { what: bug.trackingId, value: word(category) }));
  return (
    <li>
      <Menu label={`${t("bug.category")}: ${word(bug.category)}`} hasText button={word(bug.category)} class="fact-button" align="start">
        {CATEGORIES.map((category) => (
          <MenuItem key={category} kind="radio" isChecked={category === bug.category} onPick={() => pick(category)}>
            {word(category)}
          </MenuItem>
        ))}
      </Menu>
    </li>
  );
}

function Reported({ bug }: { readonly bug: Bug }): JSX.Element {
  return (
    <>
      {bug.reporter !== null && (
        <span class="cut" title={bug.reporter} dir="auto">
          {bug.reporter}
        </span>
      )}
      <Moment at={bug.createdAt} />
    </>
  );
}

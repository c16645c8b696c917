// Where one can go: home, the projects, the organizations, and oneself.
import type { ComponentChildren, JSX } from "preact";
import type { ProjectItem } from "../api/types.ts";
import { HOME, INBOX, NEW_ORGANIZATION, NEW_PROJECT, organizationPath, PROJECTS, projectPath } from "../routing/paths.ts";
import { path } from "../routing/router.ts";
import { unreadWord } from "../store/inbox.ts";
import { organizations, projects } from "../store/workspace.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { t } from "../words/words.ts";
import { Keys } from "./key_names.tsx";
import { Mark } from "./mark.tsx";
import { isPaletteOpen } from "./palette.tsx";
import { PersonMenu } from "./person_menu.tsx";

export function Sidebar(): JSX.Element {
  return (
    <>
      <div class="sidebar-head">
        <a class="brand" href={HOME}>
          <Mark />
          <span>Lacewing</span>
        </a>
      </div>
      <FindButton />
      <nav class="sidebar-nav" aria-label={t("frame.navigation")}>
        <ul>
          <SidebarLink href={HOME} icon="home" isExact>
            {t("frame.home")}
          </SidebarLink>
          <SidebarLink href={INBOX} icon="bell" {...(unreadWord.value === undefined ? {} : { hint: unreadWord.value })}>
            {t("inbox.title")}
          </SidebarLink>
        </ul>
        <SidebarGroup title={<a href={PROJECTS}>{t("frame.projects")}</a>} action={<Add href={NEW_PROJECT} label={t("frame.new_project")} />}>
          {projects.value.map((project) => (
            <ProjectLink key={project.id} project={project} />
          ))}
        </SidebarGroup>
        <SidebarGroup title={t("frame.organizations")} action={<Add href={NEW_ORGANIZATION} label={t("organization.new")} />}>
          {organizations.value.map((organization) => (
            <SidebarLink key={organization.id} href={organizationPath(organization.slug)} icon="building">
              {organization.name}
            </SidebarLink>
          ))}
        </SidebarGroup>
      </nav>
      <div class="sidebar-foot">
        <PersonMenu />
      </div>
    </>
  );
}

function FindButton(): JSX.Element {
  return (
    <button type="button" class="sidebar-find" onClick={() => (isPaletteOpen.value = true)}>
      <Icon name="search" />
      <span class="sidebar-text">{t("palette.button")}</span>
      <span class="sidebar-keys">
        <Keys name="Mod+k" />
      </span>
    </button>
  );
}

function Add({ href, label }: { readonly href: string; readonly label: string }): JSX.Element {
  return (
    <a class="icon-button" href={href} aria-label={label} title={label}>
      <Icon name="plus" />
    </a>
  );
}

interface GroupProps {
  readonly title: ComponentChildren;
  readonly action?: ComponentChildren;
  readonly children: ComponentChildren;
}

function SidebarGroup({ title, action, children }: GroupProps): JSX.Element {
  return (
    <section class="sidebar-group">
      <div class="sidebar-title">
        <h2>{title}</h2>
        {action}
      </div>
      <ul>{children}</ul>
    </section>
  );
}

function ProjectLink({ project }: { readonly project: ProjectItem }): JSX.Element {
  return (
    <SidebarLink href={projectPath(project)} icon="folder" hint={project.code}>
      {project.name}
    </SidebarLink>
  );
}

interface LinkProps {
  readonly href: string;
  readonly icon: IconName;
  readonly hint?: string;
  readonly isExact?: boolean;
  readonly children: ComponentChildren;
}

export function SidebarLink({ href, icon, hint, isExact = false, children }: LinkProps): JSX.Element {
  const at = path.value.replace(/\/$/, "");
  const isHere = at === href || (!isExact && at.startsWith(`${href}/`));
  return (
    <li>
      <a class="sidebar-link" href={href} {...(isHere ? { "aria-current": at === href ? "page" : "true" } : {})}>
        <Icon name={icon} />
        <span class="sidebar-text" dir="auto">
          {children}
        </span>
        {hint !== undefined && <span class="sidebar-hint">{hint}</span>}
      </a>
    </li>
  );
}

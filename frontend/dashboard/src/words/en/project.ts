export const project = {
  "home.title": "Home",
  "home.projects": "Projects",
  "home.none": "No project yet",
  "home.none_text": "A project is one site or app that you want bug reports of.",

  "project.new": "New project",
  "project.first": "Create your first project",
  "project.lead": "One for each site or app. You get one line to copy, and see the first report as it arrives.",
  "project.name": "Name",
  "project.name_example": "Web shop",
  "project.domain": "Domain",
  "project.domain_hint": "Where the reports will come from. Without one, any site may send.",
  "project.optional": "optional",
  "project.organization": "Organization",
  "project.create": "Create project",
} as const;

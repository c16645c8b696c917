export const project = {
  "home.title": "Start",
  "home.projects": "Projekte",
  "home.none": "Noch kein Projekt",
  "home.none_text": "Ein Projekt ist eine Website oder App, von der du Fehlerberichte haben möchtest.",

  "project.new": "Neues Projekt",
  "project.first": "Lege dein erstes Projekt an",
  "project.lead": "Eines je Website oder App. Du bekommst eine Zeile zum Kopieren und siehst den ersten Bericht, sobald er ankommt.",
  "project.name": "Name",
  "project.name_example": "Webshop",
  "project.domain": "Domain",
  "project.domain_hint": "Woher die Berichte kommen werden. Ohne Angabe darf jede Website senden.",
  "project.optional": "freiwillig",
  "project.organization": "Organisation",
  "project.create": "Projekt anlegen",
} as const;

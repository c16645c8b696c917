/** Decoration all of it: each stands in something that has a name. */
const OUTLINES = {
  pen: "M3 17c2-8 6-11 7-6s-1 8 2 8 2-7 5-7 1 5 4 4",
  arrow: "M5 19 19 5M9 5h10v10",
  rectangle: "M4 6h16v12H4Z",
  ellipse: "M12 6c5 0 9 2.7 9 6s-4 6-9 6-9-2.7-9-6 4-6 9-6Z",
  highlight: "m9 11-4 4v3h3l4-4M9 11l7-7 4 4-8 6M9 11l3 3M4 22h16",
  text: "M5 7V5h14v2M12 5v14M9 19h6",
  pixelate: "M4 4h5v5H4ZM15 4h5v5h-5ZM9.5 9.5h5v5h-5ZM4 15h5v5H4ZM15 15h5v5h-5Z",
  crop: "M6 2v16h16M2 6h16v16",
  undo: "M9 14 4 9l5-5M4 9h10a5.5 5.5 0 0 1 0 11h-3",
  redo: "m15 14 5-5-5-5M20 9H10a5.5 5.5 0 0 0 0 11h3",
  thin: "M4 12h16",
  medium: "M4 12h16",
  thick: "M4 12h16",
} as const;

export const Icon = ({ name }: { readonly name: keyof typeof OUTLINES }) => (
  <svg class={`studio-icon studio-${name}`} viewBox="0 0 24 24" aria-hidden="true">
    <path d={OUTLINES[name]} />
  </svg>
);

/** A style sheet's text: build/sheets.mjs. */
declare module "*.css" {
  const text: string;
  export default text;
}

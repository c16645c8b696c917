// A style sheet that a script imports is its text, bundled and minified: the widget adopts it in its shadow root.
import { build } from "esbuild";

export const sheets = {
  name: "sheets",
  setup(esbuild) {
    esbuild.onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: await textOf(path), loader: "text" }));
  },
};

async function textOf(path) {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    minify: true,
    write: false,
    target: ["chrome123", "firefox120", "safari17.5"],
  });
  return outputFiles[0].text;
}

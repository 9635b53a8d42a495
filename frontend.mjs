// Builds static/build/: one stylesheet per audience, the fonts that print uses, the worker of the proof of work. Run by `npm run build`.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { transform } from "lightningcss";

const OUT = "static/build";
const DESIGNSYSTEMET = "node_modules/@digdir/designsystemet-css/dist/src";

// Our layers come after Designsystemet's, except `base`, which styles bare elements and must yield to any ds- class.
const ORDER = "@layer base, ds.theme, ds.base, ds.components, tokens, layout, components, utilities;";

const EVERYWHERE = [
  "button", "card", "alert", "tag", "heading", "paragraph", "link", "list", "table", "details", "breadcrumbs", "divider",
];
const FORMS = ["input", "label", "field", "fieldset", "validation-message", "error-summary"];
const WORKSHOP = ["dialog", "badge", "pagination", "tabs", "chip", "spinner"];

// Our own components, for every audience, in static/css/components/. docs/look.md shows the HTML of each.
const COMPONENTS = [
  "page-frame", "text", "hero", "staircase", "issue-card", "quote", "polarity", "figures", "facts",
  "story", "receipt", "empty", "form", "messages", "stepper", "table", "chart",
  "refusal", "partner-card", "dialog", "disclosure",
].map((name) => `components/${name}`);

const SHARED = ["tokens", "base", "layout", ...COMPONENTS, "utilities"];

const AUDIENCES = {
  public: { parts: [...EVERYWHERE, ...FORMS], own: [...SHARED, "report", "protocol", "print"] },
  staff: {
    parts: [...EVERYWHERE, ...FORMS, ...WORKSHOP],
    own: [...SHARED, "staff", "coding", "collecting", "minutes", "protocol", "print"],
  },
};

// Fonts for print only; on the web pages use system fonts. WeasyPrint takes one file per family and weight, so the letters
// outside Latin-1 are a fallback family of their own.
const FONTS = {
  "source-sans-3": { name: "Source Sans 3", subsets: ["latin", "latin-ext"], weights: [400, 600, 700], styles: ["normal", "italic"] },
  "source-serif-4": { name: "Source Serif 4", subsets: ["latin", "latin-ext"], weights: [400, 600], styles: ["normal", "italic"] },
  // Not Noto: it draws a letter and its dots as separate glyphs, so that text copied from a PDF is wrong.
  "ibm-plex-sans-arabic": { name: "IBM Plex Sans Arabic", subsets: ["arabic"], weights: [400, 600, 700], styles: ["normal"] },
};

const read = (path) => readFileSync(path, "utf8");

function layered(part, layer) {
  const css = read(`${DESIGNSYSTEMET}/${part}.css`);
  return css.startsWith("@layer") ? css : `@layer ${layer}{${css}}`;
}

function write(name, css) {
  const { code } = transform({ filename: `${name}.css`, code: Buffer.from(css), minify: true });
  writeFileSync(`${OUT}/${name}.css`, code);
  console.log(`${name}.css ${code.length} bytes, ${gzipSync(code, { level: 9 }).length} gzip`);
}

function buildStylesheets() {
  const theme = read(".local/theme/css/ostberga.css").replace(/@charset[^;]+;/, "");
  for (const [name, { parts, own }] of Object.entries(AUDIENCES)) {
    const library = [layered("base", "ds.base"), ...parts.map((part) => layered(part, "ds.components"))];
    write(name, [ORDER, theme, ...library, ...own.map((file) => read(`static/css/${file}.css`))].join("\n"));
  }
  write("answer", read("static/css/answer.css"));
}

function copyFonts() {
  const faces = [];
  mkdirSync(`${OUT}/fonts`, { recursive: true });
  for (const [family, { name, subsets, weights, styles }] of Object.entries(FONTS)) {
    for (const subset of subsets) for (const weight of weights) for (const style of styles) {
      const file = `${family}-${subset}-${weight}-${style}.woff2`;
      copyFileSync(`node_modules/@fontsource/${family}/files/${file}`, `${OUT}/fonts/${file}`);
      const familyName = subset === "latin-ext" ? `${name} Ext` : name;
      const source = `url("fonts/${file}") format("woff2")`;
      faces.push(`@font-face{font-family:"${familyName}";font-weight:${weight};font-style:${style};src:${source}}`);
    }
  }
  writeFileSync(`${OUT}/print-fonts.css`, faces.join("\n"));
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
buildStylesheets();
copyFonts();
// Only the page that asks for work loads it (ostberga/http/request_limits.py).
copyFileSync("node_modules/altcha/dist/workers/sha.js", `${OUT}/altcha-sha.js`);

// Renders the PDF clippings and makes the scans: prints scripts/corpus/pages/*.html with Chromium, then degrades two of them.
//
//   apt-get install chromium fonts-noto-cjk poppler-utils imagemagick
//   node scripts/corpus/render.mjs      (from anywhere)
//
// Same fonts and programs, same pixels: the noise is seeded and the skew fixed.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const corpus = join(here, "../../corpus");
const work = mkdtempSync(join(tmpdir(), "jianbao-render-"));
const run = (program, ...args) => execFileSync(program, args, { stdio: ["ignore", "ignore", "pipe"] });
const into = (slug, file) => {
  mkdirSync(join(corpus, slug), { recursive: true });
  return join(corpus, slug, file);
};

function print(page, from = join(here, "pages", `${page}.html`)) {
  const pdf = join(work, `${page}.pdf`);
  run(
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    `--user-data-dir=${join(work, "profile")}`,
    "--no-pdf-header-footer",
    `--print-to-pdf=${pdf}`,
    `file://${from}`,
  );
  const dated = readFileSync(pdf, "latin1").replace(/(\/(?:CreationDate|ModDate) \(D:)\d{14}/g, "$120250101000000");
  writeFileSync(pdf, dated, "latin1");
  return pdf;
}

/** Page images as a worn office scanner gives them: grey, a little skewed, soft, specked. */
function scan(pdf, { dpi, skew, blur, seed, colours }) {
  const stem = pdf.replace(/\.pdf$/, "");
  run("pdftoppm", "-r", String(dpi), "-gray", pdf, stem);
  const pages = execFileSync("find", [work, "-name", `${stem.split("/").at(-1)}-*.pgm`])
    .toString()
    .trim()
    .split("\n")
    .sort();
  return pages.map((pgm, i) => {
    const png = pgm.replace(/\.pgm$/, ".png");
    run(
      "convert",
      pgm,
      "-seed",
      String(seed + i),
      "-background",
      "#f4f4f4",
      "-rotate",
      String(skew * (i % 2 ? -0.6 : 1)),
      "-attenuate",
      "0.012",
      "+noise",
      "Impulse",
      "-blur",
      `0x${blur}`,
      "-level",
      "2%,98%",
      "+level",
      "9%,96%",
      "-colorspace",
      "Gray",
      "-colors",
      String(colours),
      "-define",
      "png:compression-level=9",
      "-strip",
      png,
    );
    return png;
  });
}

try {
  for (const slug of ["jingmen-page", "mianzhu-brief"]) copyFileSync(print(slug), into(slug, "source.pdf"));
  const [page] = scan(print("dalate-scan"), { dpi: 200, skew: 0.35, blur: 0.55, seed: 11, colours: 12 });
  copyFileSync(page, into("dalate-scan", "source.png"));
  const pages = scan(print("xiangyun-scan"), { dpi: 170, skew: -0.4, blur: 0.5, seed: 23, colours: 12 });
  const sheet = pages.map((png) => `<img src="${png}">`).join("");
  const bound = join(work, "bound.html");
  writeFileSync(
    bound,
    `<!DOCTYPE html><style>@page{size:A4;margin:0}body{margin:0}img{display:block;width:210mm;height:296.9mm;break-after:page}img:last-child{break-after:auto}</style>${sheet}`,
  );
  copyFileSync(print("bound", bound), into("xiangyun-scan", "source.pdf"));
} finally {
  rmSync(work, { recursive: true, force: true });
}

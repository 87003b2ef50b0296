import { between, pick, randomOf } from "./random.mjs";
import { articleOf, keepSame, tableOf, texts } from "./texts.mjs";

/**
 * The HTML of one page of pages.json. The order of the markup is the order in
 * which a person reads; `data-role` says what a block is, `data-article`
 * which report it belongs to.
 */
export function htmlOf(page) {
  const random = randomOf(page.seed);
  const state = { page, random, article: 0 };
  const body = page.blocks.map((block) => blockOf(block, state)).join("\n");
  const [width, height] = page.size;
  return `<!DOCTYPE html><html lang="${page.script === "traditional" ? "zh-Hant" : "zh-Hans"}"><head><meta charset="utf-8"><style>
@page { size: ${width}mm ${height}mm; margin: 0 }
* { margin: 0; padding: 0; box-sizing: border-box }
body { width: ${width}mm; height: ${height}mm; overflow: hidden; position: relative; background: #fff; color: #111;
  font: ${page.pt ?? 9.5}pt/${page.leading ?? 1.5} "${page.font}", "${page.fallback ?? "Noto Serif CJK SC"}"; ${page.vertical ? "writing-mode: vertical-rl;" : ""} padding: ${page.margin ?? "12mm 12mm 14mm"} }
p { text-align: justify; text-indent: 2em; ${page.breakAll ? "word-break: break-all;" : ""} }
p.lead, p.flush, .caption, .credit { text-indent: 0 }
h1 { font: bold 2.1em/1.3 "${page.headFont ?? page.font}"; text-align: center; margin: .2em 0 }
h2 { font: 1.25em/1.4 "${page.headFont ?? page.font}"; text-align: center; margin-bottom: .4em }
h3 { font: bold 1.12em/1.5 "${page.headFont ?? page.font}"; margin: .35em 0 }
.columns { column-gap: ${page.gap ?? "7mm"}; column-fill: balance }
.ruled { column-rule: .3mm solid #333 }
.box { border: .35mm solid #333; padding: 2.5mm; background: ${page.tint ?? "#fff"}; break-inside: avoid; margin: 2mm 0 }
.row { display: flex; margin: 2mm 0 } .row > div { min-width: 0 }
.rule { border-block-start: .4mm solid #222; margin-block: 2.5mm }
.photo { background: repeating-linear-gradient(${between(random, 20, 70)}deg, #999, #bbb 3mm, #777 7mm); margin: 1mm 0 }
figure { break-inside: avoid; margin: 1mm 0 2mm }
.caption { font-size: .88em } .credit { font-size: .82em; text-align: right }
.running { display: flex; justify-content: space-between; font-size: .85em; border-bottom: .25mm solid #444; padding-bottom: .6mm; margin-bottom: 3mm }
.number { position: absolute; bottom: 5mm; left: 0; width: 100%; text-align: center; font-size: .9em }
table { border-collapse: collapse; width: 100%; font-size: .95em; margin: 1mm 0 2mm; break-inside: avoid }
td { padding: .7mm 1.2mm; text-align: center } table.grid td { border: .25mm solid #333 }
.jump { text-align: right; text-indent: 0 } .sideways { text-combine-upright: none } .tcy { text-combine-upright: all }
.masthead { font-size: 2.6em; letter-spacing: .2em; text-align: center; border-bottom: .6mm double #222; margin-bottom: 2mm }
</style></head><body>${body}</body></html>`;
}

const BLOCKS = { article, table, row, rule, running, number, masthead, continued };

function blockOf(block, state) {
  const [kind] = Object.keys(block);
  return BLOCKS[kind](block[kind], state);
}

function article(options, state) {
  const id = state.article++;
  const { page, random } = state;
  const script = options.script ?? page.script;
  const report = articleOf(script, options.text, random, page.convert && script === "traditional");
  const tag = (role) => `data-role="${role}" data-article="${id}"`;
  const headline = [
    `<h1 ${tag("heading")} style="${options.titleSize ? `font-size:${options.titleSize}em` : ""}">${report.title}</h1>`,
    report.sub && options.sub !== false ? `<h2 ${tag("heading")}>${report.sub}</h2>` : "",
  ].join("");
  const paragraphs = report.body.slice(0, options.until ?? report.body.length);
  const parts = paragraphs.map((text, at) => {
    const lead = at === 0 && report.lead ? report.lead : "";
    const head =
      options.heads && at > 0 && report.heads[at - 1] ? `<h3 ${tag("heading")}>${report.heads[at - 1]}</h3>` : "";
    return `${head}<p ${tag("paragraph")}>${digits(lead + text, page)}</p>`;
  });
  const photo = options.photo && report.caption ? figure(options.photo, report, tag, page) : "";
  if (photo && options.photo.at !== "top") parts.splice(options.photo.at ?? 1, 0, photo);
  if (options.jump) parts.push(`<p class="jump" ${tag("jump")}>（${options.jump}）</p>`);
  const columns = options.columns ?? 1;
  const text = `<div class="${columns > 1 ? "columns" : ""} ${options.rule ? "ruled" : ""}" style="columns:${columns > 1 ? columns : "auto"};${options.size ? `font-size:${options.size}em;` : ""}">${options.headline === "inside" ? headline : ""}${parts.join("\n")}</div>`;
  const top = options.photo?.at === "top" ? photo : "";
  const inner = options.headline === "inside" ? top + text : headline + top + text;
  return options.boxed ? `<div class="box">${inner}</div>` : `<div style="margin-bottom:2mm">${inner}</div>`;
}

/** The rest of a report that began on another page. */
function continued(options, state) {
  const id = state.article++;
  const report = articleOf(state.page.script, options.text, state.random);
  const tag = (role) => `data-role="${role}" data-article="${id}"`;
  const parts = report.body.slice(options.from).map((text) => `<p ${tag("paragraph")}>${text}</p>`);
  return `<div class="columns ${options.rule ? "ruled" : ""}" style="columns:${options.columns ?? 1}"><p class="flush" ${tag("jump")}>（${options.jump}）</p>${parts.join("")}</div>`;
}

function figure(photo, report, tag, page) {
  return `<figure><div class="photo" style="${page.vertical ? "width" : "height"}:${photo.height ?? 28}mm"></div><div class="caption" ${tag("caption")}>${report.caption}</div><div class="credit" ${tag("credit")}>${report.credit}</div></figure>`;
}

function table(options, state) {
  const { title, unit, rows } = tableOf(state.page.script, options.rows, state.random);
  const id = options.own === false ? Math.max(0, state.article - 1) : state.article++;
  const tag = (role) => `data-role="${role}" data-article="${id}"`;
  const cells = rows.map(
    (row, at) => `<tr>${row.map((cell) => `<td ${tag("cell")} data-row="${at}">${cell}</td>`).join("")}</tr>`,
  );
  return `<div style="break-inside:avoid"><h3 ${tag("heading")} style="text-align:center">${title}${unit}</h3><table class="${options.ruled ? "grid" : ""}">${cells.join("")}</table></div>`;
}

function row(cells, state) {
  const between = cells.some((cell) => cell.rule);
  return `<div class="row" style="gap:${between ? 0 : (state.page.gap ?? "7mm")}">${cells
    .map((cell, at) => {
      const pad = between ? `padding:0 ${at < cells.length - 1 ? "3.5mm" : 0} 0 ${at > 0 ? "3.5mm" : 0};` : "";
      const line = cell.rule ? "border-right:.3mm solid #333;" : "";
      return `<div style="flex:${cell.width ?? 1} 1 0;${pad}${line}">${cell.blocks.map((each) => blockOf(each, state)).join("")}</div>`;
    })
    .join("")}</div>`;
}

function rule() {
  return `<div class="rule"></div>`;
}

function running(options, state) {
  const { random, page } = state;
  const name = keepSame(random)(pick(random, texts.heads[page.script]));
  const parts = [
    `A${String(options.page ?? 2).padStart(2, "0")}`,
    name,
    `${between(random, 2019, 2024)}年${between(random, 1, 12)}月${between(random, 1, 28)}日`,
  ];
  return `<div class="running">${parts.map((text) => `<span data-role="furniture">${text}</span>`).join("")}</div>`;
}

function number(value) {
  return `<div class="number" data-role="furniture">${value}</div>`;
}

function masthead(text) {
  return `<div class="masthead" data-role="heading">${text}</div>`;
}

/** In vertical text short numbers stand upright in one cell, longer ones lie on their side, as newspapers set them. */
function digits(text, page) {
  if (!page.vertical) return text;
  return text.replace(/\d[\d.]*%?/g, (number) => (number.length <= 2 ? `<span class="tcy">${number}</span>` : number));
}

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";

/** Reports of counties of one city: enough to compare, to review and to disagree. */
const REPORTS: Readonly<Record<string, string>> = {
  "huiji.txt": `惠济区企业服务简报
截至2022年6月30日，惠济区收集企业问题200个，办结190个，办结率95%。走访企业316家，企业满意率98.6%。
发放贷款2.36亿元，惠及企业87家。
`,
  "shangjie.txt": `上街區企業服務簡報
截至2022年6月30日，上街區收集企業問題100個，辦結99個，辦結率99%。走訪企業142家，企業滿意率97.5%。
`,
  "jinshui.txt": `金水区企业服务简报
截至2022年6月30日，金水区收集企业问题350个，办结301个，办结率86%。走访企业520家，企业满意率96.2%。
发放贷款5.1亿元。
`,
  "huiji-later.txt": `惠济区上半年工作
截至2022年6月30日，惠济区收集企业问题220个。
`,
  "zhongyuan.txt": `中原区企业服务简报
截至2022年6月30日，中原区收集企业问题410个，办结372个。走访企业611家。
`,
};

export async function writeReports(folder: string): Promise<string[]> {
  const paths = Object.keys(REPORTS).map((name) => join(folder, name));
  await Promise.all(Object.entries(REPORTS).map(([name, text]) => writeFile(join(folder, name), text)));
  return paths;
}

const SCAN = `<!doctype html><html lang="zh"><body style="margin:36px;width:760px;font:30px/1.9 'Noto Sans CJK SC',sans-serif">
<p style="font-size:36px">二七区企业服务简报</p>
<p>截至2022年6月30日，二七区收集企业问题260个，办结248个。</p>
<p>附件： <b id="missed">47</b></p></body></html>`;

export interface Scan {
  readonly path: string;
  /** Where the number stands that no figure is made of, in shares of the picture: left, top, right, bottom. */
  readonly missed: readonly [number, number, number, number];
}

/** A picture of a short report: a scan as sharp as one can be. */
export async function writeScan(browser: Browser, folder: string): Promise<Scan> {
  const width = 840;
  const height = 440;
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 2 });
  await page.setContent(SCAN);
  const box = await page.locator("#missed").boundingBox();
  if (!box) throw new Error("the number is not drawn");
  const path = join(folder, "erqi.png");
  await page.screenshot({ path });
  await page.close();
  const { x, y } = box;
  return { path, missed: [x / width, y / height, (x + box.width) / width, (y + box.height) / height] };
}

/** Files that would run something, were they taken for more than text. */
export async function writeHostile(folder: string): Promise<string[]> {
  const run = "window.ran=(window.ran||0)+1";
  const files: Readonly<Record<string, string>> = {
    [`"><img src=x onerror=${run.replaceAll("/", "")}>.txt`]: `<script>${run}</script>惠济区收集企业问题210个。
<img src=x onerror="${run}"><svg onload="${run}"></svg> javascript:${run} {{constructor.constructor('${run}')()}}
`,
    "page.html": `<!doctype html><html><head><title><script>${run}</script>简报</title><script>${run}</script></head>
<body onload="${run}"><p>截至2022年6月30日，新郑市收集企业问题130个，办结120个。</p><img src="http://evil.example/x.png" onerror="${run}">
<iframe srcdoc="<script>parent.ran=1</script>"></iframe><a href="javascript:${run}">办结</a><style>@import url(http://evil.example/x.css)</style></body></html>`,
    "picture.svg": `<svg xmlns="http://www.w3.org/2000/svg" onload="${run}"><script>${run}</script><text>登封市收集企业问题77个</text></svg>`,
    "action.pdf": pdfWithScript(run),
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  return Object.keys(files).map((name) => join(folder, name));
}

/** A page with one line of text, and a script that opening it would run. */
function pdfWithScript(script: string): string {
  const content = "BT /F1 18 Tf 60 700 Td (Xinmi City collected 91 problems of enterprises and resolved 88.) Tj ET";
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\('x'\\); ${script}) >> >>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots [6 0 R] >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    `<< /Type /Annot /Subtype /Link /Rect [60 690 560 720] /A << /S /JavaScript /JS (${script}) >> >>`,
  ];
  let text = "%PDF-1.4\n";
  const starts = objects.map((object, index) => {
    const start = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return start;
  });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const start of starts) text += `${String(start).padStart(10, "0")} 00000 n \n`;
  return `${text}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
}

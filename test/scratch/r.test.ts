import { test } from "vitest";
import { findRegions, searchRegions, regionLabel } from "../../src/catalogue/regions.js";
test("r", () => {
  for (const s of ["河南省郑州市惠济区收集问题，开封市解决，江苏盐城：大丰区，张掖市甘州区从，郑州市毛庄印刷有限公司，南阳日报，朝阳区，北京市朝阳区，远赴云南、贵州接工，台中市政府，邵东县，郑州航空港区", "XI'AN, July 14 -- Northwest China's Shaanxi Province ... Fuping County, Jinjiang, Fujian province. Quanzhou, Henan's Kaifeng city"])
    console.log(findRegions(s).map((m) => `${m.text}:${m.candidates.join("/")}:${m.form}${m.inName ? "*" : ""}`).join("  "));
  for (const q of ["惠济", "河南开封", "kaifeng", "410108", "朝阳", "开封"]) console.log(q, searchRegions(q).slice(0, 3).map((r) => regionLabel(r.code)));
});

import type { Article, Normal } from "../doc/index.js";

const HELPING =
  /企业|市场主体|经营主体|工商户|营商|业者|厂商|诉求|12345|接诉|惠企|助企|enterprises?|compan(?:y|ies)|business(?:es)?|firms?/gi;
const OTHER =
  /法院|审结|案件|汛|堤|险情|疫苗|接种|核酸|学校|护学|交警|民警|小麦|农技|苗情|病虫|停水|停电|气温|降水|天气|开学|招生|考生|征兵|民兵|防空|演练|演出|比赛|court|flood|vaccin/gi;

/**
 * Whether an article of a page speaks of helping enterprises (or of the
 * public's requests): on a newspaper page courts, dykes and schools count
 * cases, officials and booklets too. The only article of a clipping always does.
 */
export function isRelevant(normal: Normal, article: Article, articles: readonly Article[]): boolean {
  if (articles.length === 1) return true;
  const text = normal.text.slice(article.start, article.end);
  const helping = text.match(HELPING)?.length ?? 0;
  const other = text.match(OTHER)?.length ?? 0;
  return helping > 0 ? helping >= other : other === 0 && text.length > 0;
}

/** Words that only one territory's offices and papers use, for texts in traditional characters or English. */
const TERRITORIES: readonly {
  readonly code: string;
  readonly script: "traditional" | "english";
  readonly words: RegExp;
}[] = [
  {
    code: "710000",
    script: "traditional",
    words:
      /全台(?=[\d湾])|台湾|行政院|立法院|立委|新台币|经济部|劳动部|卫福部|国发会|农委会|主计总处|中小企业处|劳动力发展署|产业发展署|信保基金|民国1?\d{2}年|全国\d{2}县市|县市政府|(?:本|该)部|署方|健保|劳保|就业服务站/g,
  },
  {
    code: "810000",
    script: "traditional",
    words:
      /香港|本港|特区政府|港府|特首|立法会|财政司|商经局|工业贸易署|工贸署|生产力局|创科|按揭证券|劳工处|食环署|效率促进|入境处|港元|\d{1,9}万?宗|市民|中小企(?!业)|雇员再培训|海滨|屋邨|中西区|深水埗|九龙|新界/g,
  },
  {
    code: "810000",
    script: "english",
    words:
      /Hong Kong|HKSAR|HK\$|Legislative Council|LegCo|Financial Secretary|Trade and Industry Department|HKMC|Secretary for (?:Commerce|Labour|Innovation)|Kowloon|New Territories|Labour Department|\bCEDB\b|\bSFGS\b|\bBUD Fund\b|Job Centres?\b|Mandatory Provident|\bLD\b|\bHKMA\b|\bHKTDC\b|Press Releases?\b/g,
  },
];
/** So many different words of a territory tell it. */
const ENOUGH = 2;

/** Hong Kong or Taiwan, where a text speaks as their offices and papers do; and how surely. */
export function territoryOf(
  text: string,
  script: "traditional" | "english",
): { code: string; weight: number } | undefined {
  let best: { code: string; weight: number } | undefined;
  for (const territory of TERRITORIES) {
    if (territory.script !== script) continue;
    const words = new Set([...text.matchAll(territory.words)].map(([word]) => word.replace(/\d+/g, "")));
    if (words.size >= ENOUGH && words.size * 3 > (best?.weight ?? 0))
      best = { code: territory.code, weight: words.size * 3 };
  }
  return best;
}

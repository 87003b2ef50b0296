import type { Comparison } from "../../../server/contract/index.js";

interface Named {
  readonly zh: string;
  readonly en: string;
}

/** The heading of a column: its measure, and its step of time where there are several. */
export function columnTitle({ columns, measures }: Comparison, key: string): Named {
  const column = columns.find((each) => each.key === key);
  const measure = measures.find(({ id }) => id === column?.measure);
  const step = column?.step ? ` ${column.step}` : "";
  const star = measure?.derived ? " *" : "";
  return measure
    ? { zh: `${measure.name.zh}${star}${step}`, en: `${measure.name.en}${star}${step}` }
    : { zh: key, en: key };
}

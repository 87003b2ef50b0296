import type { StoredFigure } from "../store/index.js";

/** What comparing needs to know of a figure. */
export type Observed = Pick<
  StoredFigure,
  | "id"
  | "clipping"
  | "work"
  | "indicator"
  | "region"
  | "period"
  | "value"
  | "unit"
  | "qualifier"
  | "confidence"
  | "quote"
  | "start"
  | "review"
  | "published"
  | "publisher"
  | "title"
  | "path"
  | "scope"
  | "status"
>;

export const isReviewed = ({ review }: Observed): boolean =>
  review === "accepted" || review === "corrected" || review === "added";

export const isOriginal = ({ clipping, work }: Observed): boolean => clipping === work;

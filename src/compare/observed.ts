import type { ComparedFigure } from "../store/index.js";

export type Observed = ComparedFigure;

export const isReviewed = ({ review }: Observed): boolean =>
  review === "accepted" || review === "corrected" || review === "added";

export const isOriginal = ({ clipping, work }: Observed): boolean => clipping === work;

import type { z } from "zod";
import type { Figure, Review } from "../../server/contract/index.js";
import { fullValue, percent, periodWords, type Qualifier, shortValue, signOf } from "../format.js";
import { type Language, useSpeech, type Word } from "../i18n/index.js";

export type ReviewState = z.infer<typeof Review>;

export const REVIEWS = ["unreviewed", "accepted", "corrected", "rejected", "added", "renew"] as const;

const LOOK: Readonly<Record<ReviewState, string>> = {
  unreviewed: "",
  accepted: "is-ok",
  corrected: "is-ok",
  added: "is-ok",
  rejected: "is-bad",
  renew: "is-warn",
};

export function ReviewTag({ review }: { readonly review: ReviewState }) {
  const { t } = useSpeech();
  return <span className={`tag ${LOOK[review]}`}>{t(`review.${review}` as Word)}</span>;
}

interface Valued {
  readonly value: number;
  readonly unit: string;
  readonly qualifier: Qualifier;
}

/** All digits, with the unit in a smaller hand. */
export function FullValue({ of }: { readonly of: Valued }) {
  const { language } = useSpeech();
  const { number, unit } = fullValue(of.value, of.unit, language);
  return (
    <span className="value">
      {signOf(of.qualifier)}
      {number}
      {unit ? <small>{unit}</small> : null}
    </span>
  );
}

export const valueWords = ({ value, unit, qualifier }: Valued, language: Language): string =>
  `${signOf(qualifier)}${shortValue(value, unit, language)}`;

export const periodOr = (period: string | null, language: Language, none: string): string =>
  period === null ? none : periodWords(period, language);

/** How sure the extractor was, as a number and as a bar: 0.97. */
export function Confidence({ value }: { readonly value: number }) {
  const { t } = useSpeech();
  return (
    <span className="confidence" title={t("figure.confidenceHint", { share: percent(value) })}>
      <svg viewBox="0 0 40 6" width="40" height="6" aria-hidden="true" className="meter" preserveAspectRatio="none">
        <rect width={40 * value} height="6" className={value < 0.6 ? "is-warn" : "is-part"} />
      </svg>
      <span>{value.toFixed(2)}</span>
    </span>
  );
}

/** What a mark says to those who cannot see it. */
export function markLabel(figure: Figure, language: Language, none: string): string {
  return [
    figure.indicatorName[language],
    valueWords(figure, language),
    figure.regionName?.[language] ?? none,
    periodOr(figure.period, language, none),
  ].join(" · ");
}

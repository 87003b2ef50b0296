export const VIEWS = ["bars", "lines", "scatter", "table"] as const;
export type View = (typeof VIEWS)[number];

/** What is compared; "" for all. The same names as of the API, so that one address has all forms. */
export interface Asked {
  readonly measure: readonly string[];
  readonly within: string;
  readonly level: string;
  readonly period: string;
  readonly by: string;
  readonly ascending: string;
}

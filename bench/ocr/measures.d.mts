export interface PageTruth {
  readonly lines: readonly { readonly text: string }[];
}
export interface PageMeasure {
  readonly characters: number;
  readonly lineErrors: number;
  readonly pageErrors: number;
  readonly numbers: number;
  readonly right: number;
  readonly wrong: readonly { readonly number: string; readonly line: string; readonly read: string }[];
}
export function plain(text: string): string;
export function distance(a: string, b: string): number;
export function nearest(line: string, text: string): { errors: number; start: number; end: number };
export function comparePage(truth: PageTruth, text: string): PageMeasure;
export function total(results: readonly PageMeasure[]): {
  pages: number;
  byLine: number;
  inOrder: number;
  numbers: number;
  wrong: number;
};

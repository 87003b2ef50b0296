/** How a text's numbers are read. */
export interface QuantityOptions {
  /** The currency of a bare 元. */
  readonly currency?: "CNY" | "TWD" | "HKD";
}
